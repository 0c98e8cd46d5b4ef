import type { SimpleCommand } from '../../shell/model.ts';
import { basename } from '../paths.ts';
import type { StageState } from '../state.ts';
import { type Frame, programOf, type Running } from './frame.ts';

const ofDebian = /^(?:apt|apt-get|apt-cache)$/;
const ofAlpine = /^apk$/;
const ofRedHat = /^(?:dnf|microdnf|yum)$/;

/** What may bring another distribution's package manager along. */
const managerPackage = /^(?:lib)?(?:apt|apk|dnf|yum|microdnf|rpm|dpkg)/;

/** The package managers that an image does not have as it is published. */
const foreignTo = ({ rootImage }: StageState): readonly RegExp[] => {
  switch (rootImage?.family) {
    case 'busybox':
      return [ofDebian, ofAlpine, ofRedHat];
    case 'alpine':
      return [ofDebian, ofRedHat];
    case 'debian':
    case 'ubuntu':
      return [ofAlpine, ofRedHat];
    case 'golang':
      if (rootImage.libc === 'unknown') return [];
      return rootImage.libc === 'musl' ? [ofDebian, ofRedHat] : [ofAlpine, ofRedHat];
    default:
      return [];
  }
};

const isWritten = ({ base, files }: StageState, folder: string): boolean =>
  files.written(folder) || (base.kind === 'stage' && base.stage.written(folder));

/** Whether a program is surely not there when a command names it: the package manager of another distribution. */
export const isForeignManager = (command: SimpleCommand, frame: Frame, { run, state }: Running): boolean => {
  const program = programOf(command, frame);
  if (program === undefined || !foreignTo(state).some((name) => name.test(program))) return false;
  const path = frame.env.get('PATH');
  if (!path?.known || run.mounts.some(({ type }) => type === 'bind')) return false;
  if (state.opaque || state.packagesOpen || [...state.packages].some((name) => managerPackage.test(name))) return false;
  return !path.value.split(':').some((folder) => folder !== '' && basename(folder) !== '' && isWritten(state, folder));
};

import type { SimpleCommand } from '../../shell/model.ts';
import type { Frame, Running } from './frame.ts';
import { wordValue } from './frame.ts';

const installers: ReadonlyMap<string, readonly string[]> = new Map([
  ['apk', ['add']],
  ['apt-get', ['install']],
  ['apt', ['install']],
  ['aptitude', ['install']],
  ['dnf', ['install']],
  ['microdnf', ['install']],
  ['yum', ['install']],
  ['tdnf', ['install']],
  ['zypper', ['install', 'in']],
  ['pacman', ['-S', '-Sy', '-Syu']],
  ['xx-apk', ['add']],
  ['xx-apt-get', ['install']],
  ['xx-apt', ['install']],
]);

const compilers = /^(gcc|g\+\+|cc|clang|build-base|build-essential|musl-dev|alpine-sdk|gcc-[\w.-]+|clang-?\d*)$/;

/** A compiler package brings `cc`; `musl-dev` alone does not. */
const isCompiler = (name: string): boolean => compilers.test(name) && name !== 'musl-dev';

const systemFolders = ['/usr', '/etc', '/lib', '/lib64', '/var', '/bin', '/sbin', '/opt', '/run'];

export const isPackageCommand = (program: string): boolean => installers.has(program);

/** Package managers write system folders and make known tools available; nothing of them lands among the user's files. */
export const tracePackages = (program: string, command: SimpleCommand, frame: Frame, running: Running): void => {
  const { state, mounted } = running;
  for (const folder of systemFolders) mounted.files.blur(folder, 'packages');
  const words = command.words.slice(1).map((word) => wordValue(word, frame));
  const installs = words.some((word) => word.known && (installers.get(program) ?? []).includes(word.value));
  if (!installs) {
    // Removing or upgrading packages may take the compiler away.
    if (words.some((word) => word.known && /^(del|remove|purge|autoremove)$/.test(word.value)))
      state.cCompiler = 'unknown';
    return;
  }
  for (const word of words) {
    if (!word.known) {
      state.packagesOpen = true;
      if (state.cCompiler === 'no') state.cCompiler = 'unknown';
      continue;
    }
    for (const name of word.value.split(/\s+/)) {
      if (name === '' || name.startsWith('-')) continue;
      const bare = name.replace(/[=<>~@:].*$/, '');
      if (installers.get(program)?.includes(bare)) continue;
      if (command.runs === 'always') state.packages.add(bare);
      else state.packagesOpen = true;
      if (isCompiler(bare)) state.cCompiler = command.runs === 'always' ? 'yes' : 'unknown';
    }
  }
};

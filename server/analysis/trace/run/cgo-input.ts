import type { FromInstruction } from '../../dockerfile/model.ts';
import { type CgoInput, type CgoState, effectiveCgo } from '../../go/cgo-state.ts';
import { certain, type Known, knownValue, type Tri, unknown } from '../../known.ts';
import type { GoStep } from '../model.ts';
import { rootFrom } from '../questions.ts';
import type { Running } from './frame.ts';

/** A go command and its environment. */
type Asked = Pick<GoStep, 'command' | 'env'>;

/** The text a variable of the command is set to, before expansion: `$TARGETARCH` says more than "unknown". */
const written = (name: string, goStep: Asked, running: Running): string => {
  // Most commands have none: looking through the stage for each would make many of them slow.
  if (goStep.env.get(name) === undefined) return '';
  const prefix = goStep.command.command.assignments.find((assignment) => assignment.name === name)?.value?.raw;
  const set = (): string | undefined =>
    running.state.stage.instructions
      .flatMap((each) => (each.keyword === 'ENV' || each.keyword === 'ARG' ? each.assignments : []))
      .findLast((assignment) => assignment.name === name)?.value?.raw;
  return (prefix ?? set() ?? '').replace(/["'{}]/g, '');
};

/** The FROM at the bottom of the stage's chain, which names image and platform. */
export const bottomFrom = ({ state }: Running): FromInstruction =>
  (state.base.kind === 'stage' ? rootFrom(state.base.stage).stage : state.stage).from;

const buildsOnBuildPlatform = (running: Running): boolean => {
  const from = bottomFrom(running);
  return from.flags.some(({ name, value }) => name === 'platform' && /BUILDPLATFORM|\$/.test(value?.raw ?? ''));
};

/** `linux` unless GOOS says otherwise: TARGETOS is linux wherever the base image is. */
export const goosOf = (goStep: Asked, running: Running): Known<string> => {
  const value = goStep.env.get('GOOS');
  if (value === undefined) return certain('linux');
  return value.known ? value : /^\$TARGETOS$/.test(written('GOOS', goStep, running)) ? certain('linux') : unknown;
};

/** Whether GOARCH is set to `$TARGETARCH`. */
export const followsTarget = (goStep: Asked, running: Running): boolean =>
  /^\$TARGETARCH$/.test(written('GOARCH', goStep, running));

/** Whether the build is a cross build: TARGETARCH is the builder's own unless FROM pins the build platform. */
const crossOf = (goos: Known<string>, goStep: Asked, running: Running): Tri => {
  if (goos.known && goos.value !== 'linux') return 'yes';
  const arch = goStep.env.get('GOARCH');
  if (arch === undefined || (arch.known && arch.value === '')) return 'no';
  return followsTarget(goStep, running) && !buildsOnBuildPlatform(running) ? 'no' : 'unknown';
};

const cgoOf = (goStep: Asked): CgoInput['cgoEnabled'] => {
  const value = goStep.env.get('CGO_ENABLED');
  if (value === undefined || (value.known && value.value === '')) return 'unset';
  return value.known && (value.value === '0' || value.value === '1') ? value.value : 'unknown';
};

const ccOf = (goStep: Asked): string | undefined => {
  const value = goStep.env.get('CC');
  return value && (value.known ? value.value || undefined : 'unknown');
};

/** What decides whether cgo is on. */
export const cgoInput = (goos: Known<string>, goStep: Asked, running: Running): CgoInput => ({
  goVersion: running.state.rootImage?.go?.version,
  cgoEnabled: cgoOf(goStep),
  compiler: running.state.cCompiler,
  cc: ccOf(goStep),
  cross: crossOf(goos, goStep, running),
  goos: knownValue(goos),
});

/** Whether a go command for Linux has cgo on, and why it is off. */
export const cgoState = (goStep: Asked, running: Running): CgoState => {
  const goos = goosOf(goStep, running);
  if (goStep.command.tool !== 'go' || knownValue(goos) !== 'linux') return 'unknown';
  return effectiveCgo(cgoInput(goos, goStep, running)).state;
};

import { type Message, message, type Tri } from '../known.ts';
import type { GoVersion } from './model.ts';

/** What decides whether cgo is on. */
export interface CgoInput {
  readonly goVersion: GoVersion | undefined;
  readonly cgoEnabled: '0' | '1' | 'unset' | 'unknown';
  /** Whether the default C compiler is on the PATH. */
  readonly compiler: Tri;
  /** The value of CC; undefined when it is not set, `unknown` when it is set to something nobody knows. */
  readonly cc: string | undefined;
  /** Whether GOOS or GOARCH differ from the builder's own. */
  readonly cross: Tri;
  /** Undefined when not known. */
  readonly goos: string | undefined;
}

/** Whether cgo is on, and why it is off. */
export type CgoState = 'on' | 'set-off' | 'off-in-cross-build' | 'off-without-compiler' | 'unknown';

/** From Go 1.20 on cgo is off by default where there is no C compiler (go.dev/doc/go1.20#cgo). */
export const turnsOffByItself = ({ goVersion }: CgoInput): Tri => {
  if (!goVersion) return 'unknown';
  return goVersion.minor >= 20 || goVersion.major > 1 ? 'yes' : 'no';
};

/** Whether cgo is on, in three values and in more words. */
export interface Cgo {
  readonly on: Tri;
  readonly state: CgoState;
  readonly reason: Message | undefined;
}

const cgo = (state: CgoState, template?: string): Cgo => ({
  on: state === 'on' ? 'yes' : state === 'unknown' ? 'unknown' : 'no',
  state,
  reason: template === undefined ? undefined : message(template),
});

const defaultCgo = (input: CgoInput): Cgo => {
  const { cross, cc, compiler } = input;
  if (cross === 'yes') return cgo('off-in-cross-build', 'cgo is off by default in a cross build.');
  if (cross === 'unknown') return cgo('unknown');
  const off = turnsOffByItself(input);
  if (compiler === 'yes') return cgo('on', 'CGO_ENABLED is not set and there is a C compiler, so cgo is on.');
  if (off === 'no' || (cc !== undefined && cc !== 'unknown')) return cgo('on', 'CGO_ENABLED is not set, so cgo is on.');
  if (off === 'yes' && compiler === 'no' && cc === undefined) {
    return cgo('off-without-compiler', 'There is no C compiler, so cgo is off by default since Go 1.20.');
  }
  return cgo('unknown');
};

/** Whether cgo is on, and why. */
export const effectiveCgo = (input: CgoInput): Cgo => {
  if (input.cgoEnabled === '0') return cgo('set-off', 'CGO_ENABLED=0 turns cgo off.');
  if (input.cgoEnabled === '1') return cgo('on', 'CGO_ENABLED=1 turns cgo on.');
  return input.cgoEnabled === 'unknown' ? cgo('unknown') : defaultCgo(input);
};

import type { Libc } from '../images/model.ts';
import { type Message, message, type Tri } from '../known.ts';
import { type CgoInput, effectiveCgo, turnsOffByItself } from './cgo-state.ts';

/** What decides how go build links a program for Linux. */
export interface LinkInput extends CgoInput {
  /** What the import closure reaches with cgo on. */
  readonly reachesNet: Tri;
  readonly reachesUser: Tri;
  /** May be `yes` where it is not known which of the two. */
  readonly reachesNetOrUser: Tri;
  /** `plugin`, `runtime/cgo` or a package with `import "C"` outside the standard library. */
  readonly reachesCgo: Tri;
  /** Of those, `plugin` or `import "C"`: they make the go linker call the external one. */
  readonly linksExternally: Tri;
  /** `no`: go build stops without cgo, as no Go file is left in a package. */
  readonly buildsWithoutCgo: Tri;
  readonly tags: ReadonlySet<string>;
  /** Undefined for the default. */
  readonly buildmode: string | undefined;
  /** -race, -msan or -asan. */
  readonly sanitizer: boolean;
  readonly linkmode: 'internal' | 'external' | 'auto' | undefined;
  /** -extldflags has -static. */
  readonly externalStatic: boolean;
  /** Libc of the builder. */
  readonly libc: Libc;
}

/** Why go build stops: cgo is on without a compiler, C code is left out without cgo, or flags ask for cgo that is off. */
export type BuildStop = 'compiler' | 'code' | 'flags';

export interface LinkVerdict {
  readonly verdict: 'static' | 'glibc' | 'musl' | 'no-build' | 'unknown';
  /** Set for `no-build` only. */
  readonly stop?: BuildStop;
  /** Set for `unknown` only: what it is if the program reaches net, as most do. */
  readonly likely: 'glibc' | 'musl' | undefined;
  readonly reasons: readonly Message[];
}

const verdict = (kind: LinkVerdict['verdict'], template: string, values = {}): LinkVerdict => ({
  verdict: kind,
  likely: undefined,
  reasons: [message(template, values)],
});

const noBuild = (stop: BuildStop, template: string): LinkVerdict => ({ ...verdict('no-build', template), stop });

const unsure: LinkVerdict = { verdict: 'unknown', likely: undefined, reasons: [] };

const both = (left: Tri, right: Tri): Tri =>
  left === 'yes' || right === 'yes' ? 'yes' : left === 'no' && right === 'no' ? 'no' : 'unknown';

/** Whether net or os/user bring C code in: `netgo` and `osusergo` take it from one each. */
const libraryWithTags = ({ tags, reachesNet, reachesUser, reachesNetOrUser }: LinkInput): Tri => {
  const netgo = tags.has('netgo');
  const osusergo = tags.has('osusergo');
  if (netgo && osusergo) return 'no';
  if (netgo) return reachesUser;
  return osusergo ? reachesNet : reachesNetOrUser;
};

/** The libc whose loader a dynamic binary asks for. A C compiler of somebody's own choice may bring another one. */
const libcOf = ({ cc, libc }: LinkInput): 'glibc' | 'musl' | undefined => {
  if (cc !== undefined && /(?:^|\/)(?:\S*-)?musl-(?:gcc|clang)$/.test(cc)) return 'musl';
  if (cc !== undefined && !/^(?:gcc|cc|clang|x86_64-linux-gnu-gcc|aarch64-linux-gnu-gcc)$/.test(cc)) return undefined;
  return libc === 'glibc' || libc === 'musl' ? libc : undefined;
};

const dynamic = (input: LinkInput, template: string): LinkVerdict => {
  const libc = libcOf(input);
  return libc
    ? verdict(libc, template, { libc })
    : { ...unsure, reasons: [message(template, { libc: 'the libc of its builder' })] };
};

/** Most programs have cgo by net or os/user alone: without them there is nothing to guess. */
const likely = (input: LinkInput): LinkVerdict =>
  libraryWithTags(input) === 'no' ? unsure : { ...unsure, likely: libcOf(input) };

const noLibrary: ReadonlySet<string | undefined> = new Set([undefined, 'exe', 'default', 'pie']);

const withoutCgo = (input: LinkInput): LinkVerdict => {
  const { sanitizer, buildmode, linkmode, goVersion, buildsWithoutCgo } = input;
  if (sanitizer) return noBuild('flags', '-race, -msan and -asan need cgo, which is off.');
  if (buildsWithoutCgo === 'no') return noBuild('code', 'A package it imports has no Go files left without cgo.');
  if (linkmode === 'external') {
    return (goVersion?.minor ?? 0) >= 22 ? noBuild('flags', '-linkmode external needs cgo, which is off.') : unsure;
  }
  // Measured on glibc only; the Go linker asks for the loader it finds.
  if (buildmode === 'pie') return dynamic(input, '-buildmode=pie asks for the loader of {libc} even without cgo.');
  return verdict('static', 'Without cgo the binary is static.');
};

/** No compiler where cgo is on and something needs it. Before Go 1.20 net and os/user came precompiled. */
const failsWithoutCompiler = (input: LinkInput, library: Tri): LinkVerdict | undefined => {
  if (input.compiler !== 'no' || input.cc !== undefined) return undefined;
  const old = turnsOffByItself(input);
  const compiles = old === 'yes' && (library === 'yes' || input.reachesCgo === 'yes' || input.sanitizer);
  if (compiles || input.linksExternally === 'yes' || input.linkmode === 'external') {
    return noBuild('compiler', 'cgo is on and there is no C compiler: go build stops.');
  }
  return old === 'unknown' && both(library, input.reachesCgo) !== 'no' ? likely(input) : undefined;
};

const staticallyLinked = (input: LinkInput): boolean =>
  input.externalStatic &&
  (input.linkmode === 'external' || (input.linkmode !== 'internal' && input.linksExternally === 'yes'));

const withCgo = (input: LinkInput): LinkVerdict => {
  const library = libraryWithTags(input);
  const failed = failsWithoutCompiler(input, library);
  if (failed) return failed;
  if (staticallyLinked(input)) return verdict('static', 'The external linker is told to link statically.');
  if (input.sanitizer) return dynamic(input, '-race, -msan and -asan link to {libc}.');
  if (input.buildmode === 'pie') return dynamic(input, '-buildmode=pie asks for the loader of {libc}.');
  if (input.linkmode === 'external') return dynamic(input, 'The external linker links to {libc}.');
  const reached = both(library, input.reachesCgo);
  if (reached === 'no') return verdict('static', 'Nothing it imports uses cgo, so the binary is static.');
  // With -static one import "C" anywhere would make it static.
  if (reached === 'unknown' || (input.externalStatic && input.linksExternally === 'unknown')) return likely(input);
  return input.reachesCgo === 'yes'
    ? dynamic(input, 'It imports a package that uses cgo, so it is linked to {libc}.')
    : dynamic(input, 'It imports net or os/user, which use cgo here, so it is linked to {libc}.');
};

const same = (left: LinkVerdict, right: LinkVerdict): boolean => left.verdict === right.verdict;

/**
 * How go build links a program, from what was measured with Go 1.19 to 1.27 (270 builds) and read in the release notes.
 * Anything that was not measured is `unknown`. `glibc` and `musl` mean that the binary needs that loader to start.
 */
export const linkVerdict = (input: LinkInput): LinkVerdict => {
  if (input.goos !== 'linux' || !noLibrary.has(input.buildmode)) return unsure;
  const { on, reason } = effectiveCgo(input);
  if (on === 'unknown') {
    // Where only the compiler is in doubt, cgo is on exactly when there is one.
    const dynamicOne = withCgo({ ...input, compiler: input.compiler === 'no' ? 'no' : 'yes' });
    const staticOne = withoutCgo(input);
    if (same(dynamicOne, staticOne)) return dynamicOne;
    const libc =
      dynamicOne.verdict === 'glibc' || dynamicOne.verdict === 'musl' ? dynamicOne.verdict : dynamicOne.likely;
    return { ...unsure, likely: input.cross === 'no' && input.compiler !== 'no' ? libc : undefined };
  }
  const decided = on === 'yes' ? withCgo(input) : withoutCgo(input);
  return { ...decided, reasons: [...(reason ? [reason] : []), ...decided.reasons] };
};

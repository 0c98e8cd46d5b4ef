import { effectiveCgo } from '../../go/cgo-state.ts';
import { closureOf } from '../../go/closures.ts';
import type { Closure } from '../../go/imports.ts';
import type { BuildFlags } from '../../go/ldflags.ts';
import { type LinkInput, type LinkVerdict, linkVerdict } from '../../go/link.ts';
import type { ProjectFacts } from '../../go/project-facts.ts';
import { systemLibrariesOf } from '../../go/system-libraries.ts';
import { type Known, knownValue, type Step, step, stepsOf, type Tri, unknown } from '../../known.ts';
import type { CCode } from '../c-code.ts';
import { sourcesByFolder } from '../context-files.ts';
import type { GoBinary, GoStep, Linkage } from '../model.ts';
import { buildFlags } from './build-flags.ts';
import { bottomFrom, cgoInput, followsTarget, goosOf } from './cgo-input.ts';
import type { Frame, Running } from './frame.ts';

type Linked = Pick<
  GoBinary,
  'flags' | 'linkage' | 'withoutCgo' | 'cgoSetInRun' | 'goos' | 'goarch' | 'followsTarget' | 'stripped' | 'needsCgo'
> &
  CCode;

const reached = (closure: Closure | undefined) => ({
  reachesNet: closure?.reachesNet ?? 'unknown',
  reachesUser: closure?.reachesUser ?? 'unknown',
  reachesNetOrUser: closure?.reachesNetOrUser ?? 'unknown',
  reachesCgo: closure?.reachesCgo ?? 'unknown',
  linksExternally: closure?.linksExternally ?? 'unknown',
});

/** On another architecture than the builder's the binary is static; on its own it may not be. */
const nativeLikely = (input: LinkInput, found: LinkVerdict): LinkVerdict => {
  if (found.verdict !== 'unknown' || found.likely || input.cross !== 'unknown') return found;
  const native = linkVerdict({ ...input, cross: 'no' });
  const libc = native.verdict === 'glibc' || native.verdict === 'musl' ? native.verdict : native.likely;
  return { verdict: 'unknown', likely: libc, reasons: native.reasons };
};

const chainStep = (closure: Closure | undefined, goStep: GoStep): readonly Step[] => {
  const chain = closure?.cgoChain ?? closure?.netChain;
  if (!chain || chain.length < 2) return [];
  return [step(goStep.command.command.range, 'Its imports lead there: {chain}.', { chain: chain.join(' → ') })];
};

const stepsFor = (found: LinkVerdict, closure: Closure | undefined, goStep: GoStep, running: Running): Step[] => {
  const { state } = running;
  const image = state.rootImage;
  const from = bottomFrom(running);
  const compiler: readonly Step[] =
    image && state.cCompiler === 'yes' && found.verdict !== 'static'
      ? [step(from.image?.range ?? from.range, 'The stage has a C compiler and {libc}.', { libc: image.libc })]
      : [];
  const cgo = goStep.env.get('CGO_ENABLED');
  const reasons = found.reasons.map((message) => ({ range: goStep.command.command.range, message }));
  const chain = found.verdict === 'static' ? [] : chainStep(closure, goStep);
  return [...compiler, ...(cgo ? stepsOf(cgo) : []), ...reasons, ...chain];
};

const needsCgo = ({ closure, bare }: Closures): Tri => {
  if (!closure) return 'unknown';
  if (closure.cgoModules.length > 0 || bare?.buildsWithoutCgo === 'no' || closure.std.has('plugin')) return 'yes';
  if (closure.reachesCgo === 'yes') return 'unknown';
  return closure.reachesCgo;
};

const strippedOf = ({ ldflags, complete }: BuildFlags): Tri => {
  if (ldflags.stripsSymbols || ldflags.stripsDwarf) return 'yes';
  return complete ? 'no' : 'unknown';
};

/** The closure of a main package with cgo on, and without it. */
interface Closures {
  readonly closure: Closure | undefined;
  readonly bare: Closure | undefined;
}

const cCodeOf = ({ closure, bare }: Closures, input: LinkInput, found: LinkVerdict, decidable: boolean): CCode => ({
  cgo: decidable && input.goos === 'linux' ? effectiveCgo(input).state : 'unknown',
  stop: decidable ? found.stop : undefined,
  stubs: bare?.stubs ?? [],
  cChain: bare?.stopChain ?? bare?.stubChain,
  leftEmpty: bare?.leftEmpty ?? false,
  linksC: closure?.linksExternally ?? 'unknown',
  cModules: closure?.cgoModules ?? [],
  libraries: systemLibrariesOf(closure?.reached ?? [], input.tags),
  tags: decidable ? input.tags : undefined,
});

const inputOf = (
  flags: BuildFlags,
  { closure, bare }: Closures,
  goos: Known<string>,
  goStep: GoStep,
  running: Running,
): LinkInput => ({
  ...cgoInput(goos, goStep, running),
  ...reached(closure),
  buildsWithoutCgo: bare?.buildsWithoutCgo ?? 'unknown',
  tags: flags.tags,
  buildmode: flags.buildmode,
  sanitizer: flags.sanitizer,
  linkmode: flags.ldflags.linkmode,
  externalStatic: flags.ldflags.externalStatic,
  libc: running.state.rootImage?.libc ?? 'unknown',
});

/** Go files without a module are there and nobody read them: they may as well import nothing that matters. */
const isUnread = ({ modules, context }: ProjectFacts): boolean =>
  modules.length === 0 && sourcesByFolder(context).size > 0;

const unsure: Linkage = { verdict: 'unknown', likely: undefined, because: [] };

/** How the binary of a package is linked, with the steps that decide it. */
export const linkageOf = (main: Known<string>, goStep: GoStep, frame: Frame, running: Running): Linked => {
  const flags = buildFlags(goStep, frame);
  const goos = goosOf(goStep, running);
  const goarch = goStep.env.get('GOARCH') ?? unknown;
  const followed = (cgo: boolean): Closure | undefined =>
    main.known ? closureOf(running.walk.project, main.value, flags.tags, cgo) : undefined;
  const closure = followed(true);
  const bare = followed(false);
  const input = inputOf(flags, { closure, bare }, goos, goStep, running);
  const decidable = flags.complete && goStep.command.tool === 'go';
  const judged = nativeLikely(input, linkVerdict(input));
  const found = isUnread(running.walk.project) ? { ...judged, likely: undefined } : judged;
  const off = linkVerdict({ ...input, cgoEnabled: '0' });
  return {
    flags,
    linkage: decidable ? { ...found, because: stepsFor(found, closure, goStep, running) } : unsure,
    withoutCgo: decidable ? off.verdict : 'unknown',
    cgoSetInRun:
      !frame.local.has('CGO_ENABLED') &&
      knownValue(running.state.env.get('CGO_ENABLED') ?? unknown) !==
        knownValue(frame.env.get('CGO_ENABLED') ?? unknown),
    goos,
    goarch,
    followsTarget: followsTarget(goStep, running),
    stripped: strippedOf(flags),
    needsCgo: needsCgo({ closure, bare }),
    ...cCodeOf({ closure, bare }, input, found, decidable),
  };
};

import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import { formatGoVersion } from '../analysis/go/version.ts';
import type { FinalBase, GeneratePlan, Option } from '../protocol.ts';
import { cgoReason } from './cgo.ts';
import { builderImage, finalImage, newestGoLine } from './images.ts';
import { type Layout, layoutOf, mainPackages } from './layout.ts';
import { missingFiles, runtimeFiles } from './needs.ts';

const details: Readonly<Record<FinalBase, string>> = {
  scratch: 'nothing but the program: no shell, no certificates or zones but those copied in',
  'distroless-static': 'certificates, time zones, a user that is not root; no shell; 2 MB',
  'distroless-base': 'glibc, certificates, time zones, a user that is not root; no shell; 21 MB',
  alpine: 'musl, a shell and apk; 8 MB',
  debian: 'glibc, a shell and apt; 79 MB',
};

const baseOf = (id: FinalBase): Option<FinalBase> => ({ id, label: finalImage(id), detail: details[id] });

const basesFor = (cgo: boolean): readonly Option<FinalBase>[] =>
  (cgo
    ? (['distroless-base', 'debian', 'alpine'] as const)
    : (['distroless-static', 'scratch', 'alpine', 'debian', 'distroless-base'] as const)
  ).map(baseOf);

const recommend = (cgo: string | undefined, signals: ProgramSignals): { base: FinalBase; why: string } => {
  if (cgo !== undefined) return { base: 'distroless-base', why: 'the program needs a C library, and no shell' };
  const zones = signals.embedsZones ? 'no' : signals.timeZones;
  const needs = [
    signals.outboundTls === 'no' ? [] : ['certificates'],
    zones === 'no' ? [] : ['time zones'],
    signals.tempFiles === 'no' ? [] : ['/tmp'],
  ].flat();
  if (needs.length === 0) return { base: 'scratch', why: 'a static program that needs nothing else' };
  const surely = signals.outboundTls === 'yes' || zones === 'yes' || signals.tempFiles === 'yes';
  const verb = surely ? 'needs' : 'may need';
  return { base: 'distroless-static', why: `a static program that ${verb} ${needs.join(', ')}: it has them` };
};

const layoutFindings = (layout: Layout): readonly string[] => [
  ...(layout.vendored ? ['vendor/ is used: nothing is downloaded.'] : []),
  ...(layout.workspace
    ? [`go.work: the go.mod of ${layout.modules.length} modules is copied before the download.`]
    : []),
  ...layout.outside.map((folder) => `${folder} lies outside the build context: the build fails until it is copied in.`),
  ...(layout.hasRequires && !layout.vendored && !layout.moduleFiles.some((path) => /go(\.work)?\.sum$/.test(path))
    ? ['There is no go.sum: run go mod tidy, or the build fails.']
    : []),
];

const signalFindings = (facts: ProjectFacts, signals: ProgramSignals): readonly string[] => [
  ...(signals.outboundTls === 'yes' ? ['It opens TLS connections: certificates are needed.'] : []),
  ...(signals.embedsZones ? ['Time zones are inside the program (time/tzdata).'] : []),
  ...(signals.timeZones === 'yes' && !signals.embedsZones ? ['It loads time zones by name.'] : []),
  ...(signals.tempFiles === 'yes' ? ['It makes temporary files: /tmp is needed.'] : []),
  ...(signals.ports[0] === undefined ? [] : [`It listens on port ${signals.ports[0]}.`]),
  ...(signals.embeds.length > 0 ? [`Embedded: ${signals.embeds.join(', ')}.`] : []),
  ...runtimeFiles(facts, signals).map((path) => `${path} is opened while it runs, and copied to /app.`),
  ...missingFiles(facts, signals).map((path) => `${path} is opened while it runs, but is not in the build context.`),
  ...(signals.versionVariable ? [`main.${signals.versionVariable} is set from the build argument VERSION.`] : []),
];

const mainId = (dir: string | undefined): string => dir || '.';

/** The main package at the root, else the one named cmd/…, else the first. */
const preferred = (mains: readonly Option[]): string => {
  const found = mains.find(({ id }) => id === '.') ?? mains.find(({ id }) => id.startsWith('cmd/')) ?? mains[0];
  return found?.id ?? '.';
};

/**
 * What was read of the project in `folder` (absolute) and which choices make sense. `signals` answers for a main package
 * by its folder in the context, `''` for the root. `mains` is empty when there is no program.
 */
export const plan = (
  facts: ProjectFacts,
  signals: (mainDir: string) => ProgramSignals,
  folder: string,
): GeneratePlan => {
  const mains = mainPackages(facts).map(
    ({ dir, importPath }): Option => ({ id: mainId(dir), label: mainId(dir), detail: importPath }),
  );
  const main = preferred(mains);
  const layout = layoutOf(facts, main);
  const read = signals(main === '.' ? '' : main);
  const cgo = cgoReason(facts, layout.main);
  const { base, why } = recommend(cgo, read);
  const goLines = [...layout.modules.map(({ mod }) => mod.go), layout.workspace ? facts.workspace?.go : undefined];
  const line = newestGoLine(goLines.map((each) => each?.version));
  return {
    folder,
    mains,
    bases: basesFor(cgo !== undefined),
    recommended: {
      main,
      base,
      cgo: cgo !== undefined,
      port: read.ports[0],
      cache: 'mounts',
      crossPlatform: false,
      comments: true,
    },
    findings: [
      `${line ? `go.mod asks for Go ${formatGoVersion(line)}` : 'go.mod names no Go version'}: ${builderImage(line, cgo !== undefined, base)}.`,
      `${finalImage(base)}: ${why}.`,
      cgo === undefined ? 'No C code was found: cgo is off.' : `${cgo} needs C: cgo is on.`,
      ...layoutFindings(layout),
      ...signalFindings(facts, read),
    ],
    existing: ['Dockerfile', '.dockerignore'].filter((name) => facts.context.files.has(name)),
  };
};

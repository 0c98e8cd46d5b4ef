import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import { formatGoVersion } from '../analysis/go/version.ts';
import type { FinalBase, GeneratePlan, Option } from '../protocol.ts';
import { type CgoNeed, cgoNeed, looksUpUsers } from './cgo.ts';
import { builderImage, finalImage, newestGoLine } from './images.ts';
import { type Layout, layoutOf, mainPackages } from './layout.ts';
import { missingFiles, runtimeFiles } from './needs.ts';

const details: Readonly<Record<FinalBase, string>> = {
  scratch: 'nothing but the program: no shell, no certificates or zones but those copied in',
  'distroless-static': 'certificates, time zones, a user that is not root; no shell',
  'distroless-base': 'glibc, certificates, time zones, a user that is not root; no shell',
  alpine: 'musl, a shell and apk',
  debian: 'glibc, a shell and apt',
};

const basesFor = (cgo: CgoNeed | undefined): readonly Option<FinalBase>[] =>
  (cgo
    ? (['distroless-base', 'debian', 'alpine'] as const)
    : (['distroless-static', 'scratch', 'alpine', 'debian', 'distroless-base'] as const)
  ).map((id) => ({ id, label: finalImage(id, cgo?.cxx), detail: details[id] }));

const recommend = (
  cgo: CgoNeed | undefined,
  signals: ProgramSignals,
  users: boolean,
): { base: FinalBase; why: string } => {
  if (cgo) return { base: 'distroless-base', why: 'the program needs a C library, and no shell' };
  const zones = signals.embedsZones ? 'no' : signals.timeZones;
  const needs = [
    signals.outboundTls === 'no' ? [] : ['certificates'],
    zones === 'no' ? [] : ['time zones'],
    signals.tempFiles === 'no' ? [] : ['/tmp'],
    users ? ['its user in /etc/passwd'] : [],
  ].flat();
  if (needs.length === 0) return { base: 'scratch', why: 'a static program that needs nothing else' };
  const surely = signals.outboundTls === 'yes' || zones === 'yes' || signals.tempFiles === 'yes' || users;
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

const cgoFindings = (cgo: CgoNeed | undefined): readonly string[] => {
  if (!cgo) return ['No C code was found: cgo is off.'];
  const { importPath, library } = cgo;
  return [
    `${importPath} needs C: cgo is on.`,
    ...(library ? [`${library} is in no image of these: install it in both stages, or the build fails.`] : []),
  ];
};

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
  const cgo = cgoNeed(facts, layout.main);
  const { base, why } = recommend(cgo, read, looksUpUsers(facts, layout.main));
  const goLines = [...layout.modules.map(({ mod }) => mod.go), layout.workspace ? facts.workspace?.go : undefined];
  const line = newestGoLine(goLines.map((each) => each?.version));
  return {
    folder,
    mains,
    bases: basesFor(cgo),
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
      `${finalImage(base, cgo?.cxx)}: ${why}.`,
      ...cgoFindings(cgo),
      ...layoutFindings(layout),
      ...signalFindings(facts, read),
    ],
    existing: ['Dockerfile', '.dockerignore'].filter((name) => facts.context.files.has(name)),
  };
};

import { importClosure } from '../analysis/go/imports.ts';
import type { Reading } from '../analysis/go/reading.ts';
import { formatGoVersion } from '../analysis/go/version.ts';
import type { FinalBase } from '../protocol.ts';
import { askedPlatforms, callerFindings } from './callers.ts';
import { cgoNeed, linux } from './cgo.ts';
import { newestGoLine } from './images.ts';
import { dirOf, type Layout } from './layout.ts';
import { missingFiles, runtimeFiles } from './needs.ts';
import { privateModules } from './private-modules.ts';
import { builderOf } from './recipe-of.ts';
import { systemPackages } from './system-packages.ts';
import { missingEmbeds, webStage } from './web.ts';

const layoutFindings = (layout: Layout): readonly string[] => [
  ...(layout.vendored ? ['vendor/ is used: nothing is downloaded.'] : []),
  ...(layout.workspace
    ? [`go.work: the go.mod of ${layout.modules.length} modules is copied before the download.`]
    : []),
  ...layout.outside.map(
    ({ folder }) => `${folder} lies outside the build context: the build needs --build-context for it.`,
  ),
  ...(layout.hasRequires && !layout.vendored && !layout.moduleFiles.some((path) => /go(\.work)?\.sum$/.test(path))
    ? ['There is no go.sum: run go mod tidy, or the build fails.']
    : []),
];

const privateFindings = (reading: Reading, layout: Layout): readonly string[] => {
  const { sure, perhaps } = privateModules(reading, layout);
  if (sure.length > 0) return [`Private: ${sure.join(', ')}. The build reads a secret to fetch them.`];
  return perhaps.length > 0 ? [`Perhaps private: ${perhaps.join(', ')}. Credentials can be mounted for them.`] : [];
};

const cgoFindings = (reading: Reading, layout: Layout, base: FinalBase): readonly string[] => {
  const cgo = cgoNeed(reading.facts, layout.main);
  if (!cgo) return ['No C code was found: cgo is off.'];
  const { importPath, library } = cgo;
  const { build, unknown } = systemPackages(reading, layout.main, { cgo: true, base });
  const missing = [...(library !== undefined && build.length === 0 ? [library] : []), ...unknown];
  return [
    `${importPath} needs C: cgo is on.`,
    ...(askedPlatforms(reading.facts).length > 1
      ? ['Each platform is compiled on itself, which the builder emulates (QEMU): C needs a compiler for each.']
      : []),
    ...(build.length > 0 ? [`Installed for it: ${build.join(', ')}.`] : []),
    ...missing.map((name) => `${name} is in no image of these: install it in both stages, or the build fails.`),
  ];
};

const signalFindings = (reading: Reading, main: string): readonly string[] => {
  const { facts } = reading;
  const signals = reading.signals(dirOf(main));
  return [
    ...(signals.outboundTls === 'yes' ? ['It opens TLS connections: certificates are needed.'] : []),
    ...(signals.embedsZones ? ['Time zones are inside the program (time/tzdata).'] : []),
    ...(signals.timeZones === 'yes' && !signals.embedsZones ? ['It loads time zones by name.'] : []),
    ...(signals.tempFiles === 'yes' ? ['It makes temporary files: /tmp is needed.'] : []),
    ...(signals.ports[0] === undefined ? [] : [`It listens on port ${signals.ports[0]}.`]),
    ...(signals.embeds.length > 0 ? [`Embedded: ${signals.embeds.join(', ')}.`] : []),
    ...runtimeFiles(facts, signals).map((path) => `${path} is opened while it runs, and copied to /app.`),
    ...missingFiles(facts, signals).map((path) => `${path} is opened while it runs, but is not in the build context.`),
    ...(signals.versionVariable ? [`${signals.versionVariable} is set from the build argument VERSION.`] : []),
  ];
};

const mostNamed = 3;

const someOf = (names: readonly string[]): string =>
  names.length <= mostNamed
    ? names.join(', ')
    : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`;

/** Packages of the modules that are built here, imported and not there: generated, most likely. */
const missingPackages = ({ facts }: Reading, { main, modules }: Layout): readonly string[] => {
  if (!main) return [];
  const { unseen } = importClosure(facts, main.importPath, linux);
  const within = (path: string, module: string | undefined): boolean =>
    module !== undefined && (path === module || path.startsWith(`${module}/`));
  const required = modules.flatMap(({ mod }) => mod.requires.map(({ path }) => path));
  return [...unseen].filter(
    (path) => modules.some(({ mod }) => within(path, mod.path)) && !required.some((module) => within(path, module)),
  );
};

const madeFindings = (reading: Reading, layout: Layout, main: string): readonly string[] => {
  const web = webStage(reading, main);
  const missing = web ? [] : missingEmbeds(reading, main);
  const { generates } = reading.signals(dirOf(main));
  const packages = missingPackages(reading, layout);
  return [
    ...(web ? [`${web.output} is embedded and made by ${web.manager}: a Node stage builds it.`] : []),
    ...missing.map((path) => `${path} is embedded but is not there: make it first, or the build fails.`),
    ...(generates.length > 0
      ? [`go generate makes code in ${someOf(generates.map((dir) => dir || '.'))}: what it makes has to be there.`]
      : []),
    ...(packages.length > 0
      ? [`Imported, but without a source here: ${someOf(packages)}. Make it first, or the build fails.`]
      : []),
  ];
};

const ignoreFindings = ({ facts }: Reading, layout: Layout): readonly string[] => {
  const hidden = layout.moduleFiles.filter((path) => facts.context.isIgnored(path));
  return hidden.map(
    (path) => `${path} is hidden by ${facts.context.ignoreFile ?? '.dockerignore'}: it is shown again.`,
  );
};

/** One line each: what was read, and what it leads to. */
export const findingsOf = (reading: Reading, layout: Layout, main: string, base: FinalBase): readonly string[] => {
  const cgo = cgoNeed(reading.facts, layout.main) !== undefined;
  const lines = [
    ...layout.modules.map(({ mod }) => mod.go),
    layout.workspace ? reading.facts.workspace?.go : undefined,
  ];
  const line = newestGoLine(lines.map((each) => each?.version));
  const asks = line ? `go.mod asks for Go ${formatGoVersion(line)}` : 'go.mod names no Go version';
  return [
    `${asks}: ${builderOf(reading, layout, { cgo, base })}.`,
    ...cgoFindings(reading, layout, base),
    ...layoutFindings(layout),
    ...privateFindings(reading, layout),
    ...signalFindings(reading, main),
    ...madeFindings(reading, layout, main),
    ...ignoreFindings(reading, layout),
    ...callerFindings(reading.facts),
  ];
};

import type { Reading } from '../analysis/go/reading.ts';
import type { GenerateChoices, GeneratePlan, Option } from '../protocol.ts';
import { basesFor } from './bases.ts';
import { askedPlatforms } from './callers.ts';
import { cgoNeed } from './cgo.ts';
import { findingsOf } from './findings.ts';
import { finalImage } from './images.ts';
import { dirOf, layoutOf, mainPackages } from './layout.ts';
import { besideOffers, credentialsFor, extrasFor, usualCredentials, usualExtras } from './offers.ts';
import { privateModules } from './private-modules.ts';
import { recommend } from './recommend.ts';
import { systemPackages } from './system-packages.ts';

const mainId = (dir: string | undefined): string => dir || '.';

/** Programs of the people who work on it: nobody ships them unless asked. */
const aside =
  /(?:^|\/)(?:examples?|samples?|demos?|tests?|testdata|e2e|hack|tools?|scripts?|ci|build|docs?|internal|benchmarks?)(?:\/|$)/;

/** The module's name, by which its main program is usually called. */
const ownName = (importPath: string, id: string): string =>
  importPath
    .slice(0, importPath.length - (id === '.' ? 0 : id.length))
    .split('/')
    .findLast((part) => part !== '' && !/^v\d+$/.test(part)) ?? '';

/** The last word of the repository's address, else of the folder. */
const repositoryName = ({ surroundings }: Reading, folder: string): string =>
  (surroundings.source ?? folder).split(/[/\\+]/).at(-1) ?? '';

/** The main package at the root, else the one called like the module, else cmd/…, else the first; those aside come last. */
const preferred = (mains: readonly Option[], repository: string): string => {
  const rank = ({ id, detail }: Option): number => {
    if (aside.test(id)) return 6;
    if (id === '.') return 0;
    const last = id.split('/').at(-1) ?? '';
    if (last === ownName(detail, id) || last === repository) return 1;
    if (last === `${repository}d` || last === `${repository}-server` || last === 'server') return 2;
    // What a cluster runs, before the commands beside it.
    if (/(?:^|-)(?:controller|operator|manager)$/.test(last)) return 3;
    return id.startsWith('cmd/') ? 4 : 5;
  };
  const [first] = mains.toSorted((a, b) => rank(a) - rank(b));
  return first?.id ?? '.';
};

/** Whoever has only examples and tools to run is imported by others. */
const libraryFindings = (mains: readonly Option[]): readonly string[] =>
  mains.length > 0 && mains.every(({ id }) => aside.test(id))
    ? ['Every main package is an example or a tool: it looks like a library.']
    : [];

const writable = ['Dockerfile', '.dockerignore', 'compose.yaml', 'docker-bake.hcl', '.github/workflows/image.yml'];

/**
 * What was read of the project in `folder` (absolute) and which choices make sense for the program in `asked`, or for the
 * likeliest one. `mains` is empty when there is no program.
 */
export const plan = (reading: Reading, folder: string, asked?: string): GeneratePlan => {
  const { facts } = reading;
  const mains = mainPackages(facts).map(
    ({ dir, importPath }): Option => ({ id: mainId(dir), label: mainId(dir), detail: importPath }),
  );
  const main =
    asked !== undefined && mains.some(({ id }) => id === asked)
      ? asked
      : preferred(mains, repositoryName(reading, folder));
  const layout = layoutOf(facts, main);
  const cgo = cgoNeed(facts, layout.main);
  const { base, why } = recommend(reading, layout, main);
  const linked = systemPackages(reading, layout.main, { cgo: true, base: 'debian' }).run.length > 0;
  const extras = extrasFor(reading, main);
  const recommended: GenerateChoices = {
    main,
    others: [],
    base,
    cgo: cgo !== undefined,
    port: reading.signals(dirOf(main)).ports[0],
    cache: 'mounts',
    platforms: askedPlatforms(facts),
    credentials: usualCredentials(privateModules(reading, layout)),
    extras: usualExtras(extras),
    beside: [],
    scanner: 'grype',
    comments: true,
    language: 'en',
  };
  return {
    folder,
    mains,
    bases: basesFor(cgo, linked),
    extras,
    beside: besideOffers,
    credentials: credentialsFor(reading, layout),
    recommended,
    why: `${finalImage(base)}: ${why}.`,
    findings: [`${finalImage(base)}: ${why}.`, ...libraryFindings(mains), ...findingsOf(reading, layout, main, base)],
    existing: writable.filter((name) => facts.context.files.has(name)),
  };
};

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GoPackage, ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import type { Tri } from '../analysis/known.ts';
import { limited } from './limit.ts';
import { speaksOutward } from './outward.ts';
import { inside } from './paths.ts';
import { type SourceSignals, sourceSignals } from './source-signals.ts';

interface Closure {
  readonly packages: readonly GoPackage[];
  readonly imports: ReadonlySet<string>;
  /** False when a package other than the standard library's has no sources here. */
  readonly whole: boolean;
}

const isStandard = (importPath: string): boolean => !importPath.split('/')[0]?.includes('.');

const closureOf = ({ packages }: ProjectFacts, main: GoPackage): Closure => {
  const found = [main];
  const imports = new Set<string>([main.importPath]);
  let whole = true;
  for (const known of found) {
    for (const importPath of known.files.flatMap((file) => file.imports)) {
      if (imports.has(importPath)) continue;
      imports.add(importPath);
      const next = packages.get(importPath);
      if (next) found.push(next);
      else if (!isStandard(importPath)) whole = false;
    }
  }
  return { packages: found, imports, whole };
};

const readOwn = async (root: string, { packages }: Closure, main: GoPackage): Promise<readonly SourceSignals[]> => {
  const run = limited(16);
  const read = async (known: GoPackage, dir: string, name: string): Promise<SourceSignals> => {
    const text = await readFile(join(root, dir, name), 'utf8').catch(() => '');
    return sourceSignals(text, known === main);
  };
  const all = packages.flatMap((known) => {
    const { dir, files } = known;
    return dir === undefined ? [] : files.map(({ name }) => run(() => read(known, dir, name)));
  });
  return Promise.all(all);
};

const usesOthers = ({ packages }: Closure): boolean => packages.some(({ dir }) => dir === undefined);

/** Own sources were read; what the sources of other modules do with an import is not known. */
const verdict = (own: boolean, closure: Closure, needs: readonly string[]): Tri => {
  if (own) return 'yes';
  const possible = !closure.whole || (usesOthers(closure) && needs.some((path) => closure.imports.has(path)));
  return possible ? 'unknown' : 'no';
};

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

const nothingKnown: ProgramSignals = {
  outboundTls: 'unknown',
  timeZones: 'unknown',
  embedsZones: false,
  tempFiles: 'unknown',
  ports: [],
  embeds: [],
  versionVariable: undefined,
  relativeFiles: [],
};

/**
 * Reads the sources of the program in `mainDir` (relative to the context folder) and of the own packages it imports. Test
 * files do not count, build tags are not looked at. Without a main package there everything is unknown. Never rejects.
 */
export const readSignals = async (
  facts: ProjectFacts,
  contextFolder: string,
  mainDir: string,
): Promise<ProgramSignals> => {
  const main = [...facts.packages.values()].find(({ dir }) => dir === mainDir);
  if (!main) return nothingKnown;
  const closure = closureOf(facts, main);
  const sources = await readOwn(contextFolder, closure, main);
  const callsOut = sources.some((source) => source.callsOut) || [...closure.imports].some(speaksOutward);
  const embeds = closure.packages.flatMap(({ dir, files }) =>
    dir === undefined ? [] : files.flatMap((file) => file.embeds.map((path) => inside(dir, path.replace(/^all:/, '')))),
  );
  return {
    outboundTls: verdict(callsOut, closure, ['net/http', 'crypto/tls']),
    timeZones: verdict(
      sources.some(({ loadsZones }) => loadsZones),
      closure,
      ['time'],
    ),
    embedsZones: closure.imports.has('time/tzdata'),
    tempFiles: verdict(
      sources.some(({ makesTempFiles }) => makesTempFiles),
      closure,
      ['os', 'io/ioutil'],
    ),
    ports: unique(sources.flatMap(({ ports }) => ports)),
    embeds: unique(embeds),
    versionVariable: sources.map(({ versionVariable }) => versionVariable).find((name) => name !== undefined),
    relativeFiles: unique(sources.flatMap(({ relativeFiles }) => relativeFiles)),
  };
};

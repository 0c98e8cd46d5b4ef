import { fileIsBuilt } from '../analysis/go/build-constraints.ts';
import { importClosure } from '../analysis/go/imports.ts';
import type { GoPackage } from '../analysis/go/project-facts.ts';
import type { Reading } from '../analysis/go/reading.ts';
import { systemLibrariesOf } from '../analysis/go/system-libraries.ts';
import { debianReleases } from '../analysis/images/end-of-life.ts';
import type { GenerateChoices } from '../protocol.ts';
import { cLibrary } from './c-libraries.ts';
import { cgoNeed, linux } from './cgo.ts';

/** Packages of the distribution that the images stand on. */
export interface SystemPackages {
  readonly build: readonly string[];
  readonly run: readonly string[];
  /** Names after `-l` or of pkg-config that no table has. */
  readonly unknown: readonly string[];
}

const none: SystemPackages = { build: [], run: [], unknown: [] };

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

const suite = debianReleases[0]?.codename === 'bookworm' ? 'bookworm' : 'trixie';

/** Names that the files of an own package link with. */
const linkedBy = (known: GoPackage | undefined): readonly string[] =>
  known?.dir === undefined
    ? []
    : known.files.filter((file) => fileIsBuilt(file, linux)).flatMap(({ libraries = [] }) => libraries);

/** What the C code of a program is compiled with and linked with, in the images of the choices. */
export const systemPackages = (
  { facts }: Reading,
  main: GoPackage | undefined,
  { cgo, base }: Pick<GenerateChoices, 'cgo' | 'base'>,
): SystemPackages => {
  const need = cgo ? cgoNeed(facts, main) : undefined;
  if (!need || !main) return none;
  const { reached } = importClosure(facts, main.importPath, linux);
  const own = unique([...reached].flatMap((path) => linkedBy(facts.packages.get(path))));
  const alpine = base === 'alpine';
  const ofModules = systemLibrariesOf(reached, new Set()).map((each) => (alpine ? each.alpine : each.debian[suite]));
  const ofOwn = own.flatMap((name) => cLibrary(name)?.[alpine ? 'alpine' : 'debian'] ?? []);
  const all = [...ofModules, ...ofOwn];
  return {
    build: unique(all.flatMap(({ build }) => build)),
    run: unique([...(need.cxx && alpine ? ['libstdc++'] : []), ...all.flatMap(({ run }) => run)]),
    unknown: own.filter((name) => cLibrary(name) === undefined),
  };
};

import { embeddedFiles } from '../../go/embedded-files.ts';
import type { BuildFlags } from '../../go/ldflags.ts';
import { type ProgramCode, type ProgramPackage, programCode } from '../../go/program-code.ts';
import type { Known } from '../../known.ts';
import { isSureContext } from '../context-files.ts';
import type { MissingInput } from '../missing-input.ts';
import type { GoStep } from '../model.ts';
import { join } from '../paths.ts';
import type { Running } from './frame.ts';

const inside = (dir: string, name: string): string => (dir === '' ? name : `${dir}/${name}`);

/** The packages of the module that is built, with the folders they have or would have in the stage. */
interface Place {
  readonly program: ProgramCode;
  /** Where the stage has a path of the build context that lies in the module. */
  readonly at: (path: string) => string;
  readonly isAbsent: (path: string) => boolean;
}

const placeOf = (program: ProgramCode, { module, moduleRoot }: GoStep, running: Running): Place | undefined => {
  if (!module || moduleRoot === undefined) return undefined;
  const at = (path: string): string => join(moduleRoot, module.dir === '' ? path : path.slice(module.dir.length));
  return { program, at, isAbsent: (path) => running.mounted.files.lookup(at(path)).state === 'absent' };
};

const sourcesOf = ({ known, files }: ProgramPackage): readonly string[] =>
  files.map(({ name }) => inside(known.dir ?? '', name));

/** A file that is in the stage, or will be with what is missing, and imports the package. */
const importerOf = (path: string, lost: ReadonlySet<string>, { program, isAbsent }: Place): string | undefined =>
  program.packages
    .flatMap(({ known, files }) =>
      files.flatMap(({ name, imports }) => (imports.includes(path) ? [inside(known.dir ?? '', name)] : [])),
    )
    .find((file) => lost.has(file) || !isAbsent(file));

/** The packages of which no source is there, in the order in which the imports reach them. */
const missingPackages = (packages: readonly ProgramPackage[], place: Place): readonly MissingInput[] => {
  const lost = new Set<string>();
  return packages.flatMap((each): readonly MissingInput[] => {
    const files = sourcesOf(each);
    const { importPath: name, dir: source = '' } = each.known;
    const askedBy = files.every(place.isAbsent) ? importerOf(name, lost, place) : undefined;
    if (askedBy === undefined) return [];
    for (const file of files) lost.add(file);
    return [{ kind: 'package', name, askedBy, place: place.at(source), source, files }];
  });
};

const missingEmbeds = (
  { known: { dir = '' }, files }: ProgramPackage,
  place: Place,
  running: Running,
): readonly MissingInput[] => {
  const { context } = running.walk.project;
  return files.flatMap(({ name: file, embeds }) =>
    embeds.flatMap((name): readonly MissingInput[] => {
      const found = place.isAbsent(inside(dir, file)) ? undefined : embeddedFiles(context, dir, name);
      // What no file stands for is made before the build: by another stage, or by hand.
      if (!found || found.length === 0 || !found.every(place.isAbsent)) return [];
      const source = inside(dir, name.replace(/^all:/, ''));
      return [{ kind: 'embed', name, askedBy: inside(dir, file), place: place.at(source), source, files: found }];
    }),
  );
};

/** What the build of a program of the context's own reads and does not find. */
export const missingInputs = (
  main: Known<string>,
  { tags, complete }: BuildFlags,
  goStep: GoStep,
  running: Running,
): readonly MissingInput[] => {
  const { project } = running.walk;
  const { command, module } = goStep;
  if (!main.known || !complete || !module || !isSureContext(project.context)) return [];
  if (command.flags.some(({ name }) => name === 'overlay' || name === 'modfile')) return [];
  const program = programCode(project, main.value, { tags, cgo: true });
  const place = program?.main && placeOf(program, goStep, running);
  // Without its own sources, another rule speaks.
  if (!program?.main || !place || !sourcesOf(program.main).some((path) => !place.isAbsent(path))) return [];
  const own = program.packages.filter(
    ({ known }) => known.dir !== undefined && known.module === module.mod.path && known.dir.startsWith(module.dir),
  );
  return [...missingPackages(own, place), ...own.flatMap((each) => missingEmbeds(each, place, running))];
};

import type { ProgramCode, ProgramUse } from './program-code.ts';
import type { GoUse } from './project-facts.ts';

/** A file, folder or pattern that a program opens by a relative path. */
export interface OpenedPath {
  /** As written, a `file://` taken off. */
  readonly path: string;
  /** True for what may be missing: it is only asked after (`os.Stat`), or the program goes on without it. */
  readonly asked: boolean;
  readonly because: ProgramUse;
}

const qualified: Readonly<Record<string, readonly string[]>> = {
  os: ['Open', 'ReadFile', 'ReadDir', 'DirFS', 'OpenRoot', 'Stat'],
  'io/ioutil': ['ReadFile', 'ReadDir'],
  'net/http': ['Dir', 'ServeFile'],
  'html/template': ['ParseFiles', 'ParseGlob'],
  'text/template': ['ParseFiles', 'ParseGlob'],
};

/** Methods of templates and of gin, echo and fiber: all literals are paths, or those from a position on. */
const methods: Readonly<Record<string, number>> = {
  ParseFiles: 0,
  ParseGlob: 0,
  LoadHTMLGlob: 0,
  LoadHTMLFiles: 0,
  Static: 1,
  StaticFile: 1,
};

const texts = (use: GoUse, from = 0): readonly string[] =>
  use.arguments.slice(from).filter((each) => typeof each === 'string');

const pathsOf = (use: GoUse): readonly string[] => {
  if (use.kind !== 'call') return [];
  if (use.from === 'github.com/golang-migrate/migrate') {
    return texts(use).flatMap((text) => /^file:\/\/(?!\/)(.+)$/.exec(text)?.[1] ?? []);
  }
  if (qualified[use.from]?.includes(use.name)) return texts(use);
  const from = use.from === '' ? methods[use.name] : undefined;
  return from === undefined ? [] : texts(use, from);
};

const isRelative = (path: string): boolean => path !== '' && !/^[/~]|^[A-Za-z]:|:\/\//.test(path);

/** What the program opens by relative paths that are written out, in the order met. */
export const openedPaths = ({ uses }: ProgramCode): readonly OpenedPath[] =>
  uses.flatMap((because) =>
    pathsOf(because.use)
      .filter(isRelative)
      .map((path) => ({ path, asked: because.use.name === 'Stat' || because.use.tolerated === true, because })),
  );

/** Whether the program changes its working directory, so that nobody knows what a relative path means. */
export const changesFolder = ({ uses }: ProgramCode): boolean =>
  uses.some(({ use }) => use.from === 'os' && use.name === 'Chdir');

/** Patterns of `//go:embed`, each with the folder of its package (a path of the context). */
export const embedPatterns = ({
  packages,
}: ProgramCode): readonly { readonly dir: string; readonly pattern: string }[] =>
  packages.flatMap(({ known: { dir }, files }) =>
    dir === undefined ? [] : files.flatMap(({ embeds }) => embeds.map((pattern) => ({ dir, pattern }))),
  );

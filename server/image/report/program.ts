import type { ImageConfig } from '../archive/manifest.ts';
import type { ElfFacts } from '../binary/inspect.ts';
import { platformFits } from '../binary/machines.ts';
import { find, type Node } from '../filesystem/tree.ts';
import { compareVersions, glibcOf } from './glibc.ts';
import { type LoaderPaths, resolveLibraries } from './libraries.ts';
import type { ProgramReport } from './model.ts';
import { uidOf } from './users.ts';

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The program of ENTRYPOINT, else of CMD, and what surely keeps it from starting; undefined when the image names none. */
export function reportProgram(root: Node, config: ImageConfig, paths: LoaderPaths): ProgramReport | undefined {
  const argument = config.entrypoint[0] ?? config.cmd[0];
  if (argument === undefined) return undefined;
  const found = locate(root, argument, config);
  if (!found) return { argument, path: undefined, kind: 'missing', problems: [missing(argument)] };
  const { path, node } = found;
  if (node.children)
    return { argument, path, kind: 'other', problems: [`exec: "${argument}": is a directory: permission denied`] };
  const facts = node.content?.facts;
  const refused = mayRun(root, node, config.user)
    ? []
    : [`exec: "${argument}": permission denied (mode ${node.mode.toString(8)}, owner ${node.uid})`];
  if (facts?.kind === 'elf') {
    const problems = [...refused, ...elfProblems(root, path, facts, config.platform, paths)];
    return { argument, path, kind: facts.go ? 'go' : 'elf', problems };
  }
  if (facts?.kind === 'script') {
    return { argument, path, kind: 'script', problems: [...refused, ...scriptProblems(root, argument, facts.line)] };
  }
  const foreign =
    facts?.kind === 'foreign' ? [`exec ${argument}: exec format error (it is a program for ${facts.system})`] : [];
  return { argument, path, kind: 'other', problems: [...refused, ...foreign] };
}

/** False only when it is sure: nobody's groups are known. */
function mayRun(root: Node, { mode, uid }: Node, user: string): boolean {
  if ((mode & 0o111) === 0) return false;
  const [name = ''] = user.split(':');
  const own = /^\d+$/.test(name) ? Number(name) : uidOf(root, name);
  if (own === undefined || own === 0 || (mode & 0o011) !== 0) return true;
  return own === uid;
}

function missing(argument: string): string {
  return argument.includes('/')
    ? `exec: "${argument}": stat ${argument}: no such file or directory`
    : `exec: "${argument}": executable file not found in $PATH`;
}

/** What exec finds under a name: itself, below the working directory, or in a folder of the image's PATH. */
function locate(root: Node, name: string, { env, workdir }: ImageConfig): ReturnType<typeof find> {
  if (name.startsWith('/')) return find(root, name);
  const from = workdir === '' ? '/' : workdir;
  if (name.includes('/')) return find(root, `${from}/${name}`);
  const path = env.find((one) => one.startsWith('PATH='))?.slice('PATH='.length) ?? defaultPath;
  for (const folder of path.split(':')) {
    const found = find(root, `${folder.startsWith('/') ? folder : `${from}/${folder}`}/${name}`);
    if (found && !found.node.children && (found.node.mode & 0o111) !== 0) return found;
  }
  return undefined;
}

function elfProblems(
  root: Node,
  path: string,
  facts: ElfFacts,
  platform: string,
  paths: LoaderPaths,
): readonly string[] {
  if (facts.type === 'other') return [`exec ${path}: exec format error (it is an object file)`];
  if (platformFits(platform, facts.goarch) === false) {
    return [`exec ${path}: exec format error (it is for ${facts.goarch ?? facts.machine}, the image for ${platform})`];
  }
  if (facts.interpreter === undefined) return [];
  if (!find(root, facts.interpreter)) {
    return [`exec ${path}: no such file or directory (its loader ${facts.interpreter} is not in the image)`];
  }
  const libraries = resolveLibraries(root, path, facts, paths);
  const isMusl = facts.interpreter.includes('ld-musl');
  const absent = libraries.filter((library) => library.path === undefined);
  if (absent.length > 0) {
    return absent.map(({ name }) =>
      isMusl
        ? `Error loading shared library ${name}: No such file or directory (needed by ${path})`
        : `error while loading shared libraries: ${name}: cannot open shared object file: No such file or directory`,
    );
  }
  const glibc = glibcOf(root, facts, libraries);
  if (glibc?.found === undefined || compareVersions(glibc.needed, glibc.found) <= 0) return [];
  return [`${path}: version \`GLIBC_${glibc.needed}' not found (the image has ${glibc.found})`];
}

function scriptProblems(root: Node, argument: string, line: string): readonly string[] {
  const interpreter = line.trimStart().split(/[ \t]/, 1)[0] ?? '';
  if (interpreter === '') return [`exec ${argument}: exec format error (its first line names no program)`];
  if (find(root, interpreter)) return [];
  return [
    `exec ${argument}: no such file or directory (its first line asks for ${JSON.stringify(interpreter)}, which is not there)`,
  ];
}

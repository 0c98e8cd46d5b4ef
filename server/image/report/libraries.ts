import type { ElfFacts } from '../binary/inspect.ts';
import { find, type Node } from '../filesystem/tree.ts';
import type { LibraryReport } from './binary-model.ts';

/** Where the loader of an image looks, beside what the program itself says. */
export interface LoaderPaths {
  readonly glibc: readonly string[];
  readonly musl: readonly string[];
  /** LD_LIBRARY_PATH of the image. */
  readonly environment: readonly string[];
}

/** Folders compiled into Debian's and Alpine's loaders; a folder that is not there does no harm. */
const triplets = ['x86_64', 'aarch64', 'i386', 'arm', 'powerpc64le', 's390x', 'riscv64', 'loongarch64'].map(
  (machine) => `${machine}-linux-gnu${machine === 'arm' ? 'eabihf' : ''}`,
);
const builtIn = {
  glibc: [
    ...triplets.flatMap((triplet) => [`/lib/${triplet}`, `/usr/lib/${triplet}`]),
    '/lib64',
    '/usr/lib64',
    '/lib',
    '/usr/lib',
  ],
  musl: ['/lib', '/usr/local/lib', '/usr/lib'],
} as const;

/** Reads ld.so.conf and what musl has in its place. `env`: `NAME=value` of the image. */
export function loaderPaths(root: Node, env: readonly string[]): LoaderPaths {
  const text = (path: string): string | undefined => textAt(root, path);
  const musl = [...(find(root, '/etc')?.node.children?.keys() ?? [])].find((name) => /^ld-musl-.*\.path$/.test(name));
  const muslText = musl === undefined ? undefined : text(`/etc/${musl}`);
  const library = env.find((one) => one.startsWith('LD_LIBRARY_PATH='))?.slice('LD_LIBRARY_PATH='.length);
  return {
    glibc: [...configured(root, text('/etc/ld.so.conf') ?? ''), ...builtIn.glibc],
    musl: muslText === undefined ? builtIn.musl : muslText.split(/[\n:]/).filter((folder) => folder !== ''),
    environment: (library ?? '').split(/[:;]/).filter((folder) => folder.startsWith('/')),
  };
}

/** The text of a file that is kept; undefined when it is not there. */
export function textAt(root: Node, path: string): string | undefined {
  const facts = find(root, path)?.node.content?.facts;
  return facts?.kind === 'text' ? facts.text : undefined;
}

/** Folders in ld.so.conf; its includes are always of one folder in practice. */
function configured(root: Node, text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (words[0] !== 'include') return words.filter((word) => word.startsWith('/'));
    const folder = /^(\/.*)\/\*\.conf$/.exec(words[1] ?? '')?.[1];
    if (folder === undefined) return [];
    const names = [...(find(root, folder)?.node.children?.keys() ?? [])]
      .filter((name) => name.endsWith('.conf'))
      .sort();
    return names.flatMap((name) =>
      (textAt(root, `${folder}/${name}`) ?? '').split('\n').filter((each) => each.startsWith('/')),
    );
  });
}

/** All libraries a program needs, breadth first as the loader looks for them, and where it finds each. */
export function resolveLibraries(
  root: Node,
  path: string,
  program: ElfFacts,
  paths: LoaderPaths,
): readonly LibraryReport[] {
  const isMusl = /\/ld-musl-/.test(program.interpreter ?? '');
  const found = new Map<string, LibraryReport>();
  const waiting = [{ path, facts: program }];
  for (let next = waiting.shift(); next && found.size < 1000; next = waiting.shift()) {
    const own = ownFolders(next.path, next.facts);
    for (const name of next.facts.dynamic?.needed ?? []) {
      if (found.has(name)) continue;
      if (isMusl && isInMusl(name)) {
        found.set(name, { name, path: find(root, program.interpreter ?? '')?.path });
        continue;
      }
      const folders = [...own.before, ...paths.environment, ...own.after, ...(isMusl ? paths.musl : paths.glibc)];
      const library = name.includes('/') ? matching(root, name, program) : firstMatching(root, folders, name, program);
      found.set(name, { name, path: library?.path });
      if (library) waiting.push(library);
    }
  }
  return [...found.values()];
}

/** musl is one file: it answers for these names itself. */
const isInMusl = (name: string): boolean => /^lib(c|pthread|rt|m|dl|util|xnet)\./.test(name);

/** RPATH is looked at before the environment, RUNPATH after it. */
function ownFolders(path: string, { dynamic }: ElfFacts): { before: readonly string[]; after: readonly string[] } {
  const origin = path.slice(0, path.lastIndexOf('/')) || '/';
  const folders = (text: string | undefined): readonly string[] =>
    (text ?? '').split(':').flatMap((folder) => {
      const expanded = folder.replaceAll(/\$(ORIGIN|\{ORIGIN\})/g, origin);
      return expanded.startsWith('/') ? [expanded] : [];
    });
  const runpath = dynamic?.runpath;
  return { before: runpath === undefined ? folders(dynamic?.rpath) : [], after: folders(runpath) };
}

interface Library {
  readonly path: string;
  readonly facts: ElfFacts;
}

function firstMatching(root: Node, folders: readonly string[], name: string, program: ElfFacts): Library | undefined {
  for (const folder of folders) {
    const library = matching(root, `${folder}/${name}`, program);
    if (library) return library;
  }
  return undefined;
}

/** The loader passes over libraries for another machine. */
function matching(root: Node, path: string, { machine, bits }: ElfFacts): Library | undefined {
  const found = find(root, path);
  const facts = found?.node.content?.facts;
  if (!found || facts?.kind !== 'elf' || facts.machine !== machine || facts.bits !== bits) return undefined;
  return { path: found.path, facts };
}

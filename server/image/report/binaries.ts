import type { ElfFacts, GoFacts } from '../binary/inspect.ts';
import { platformFits } from '../binary/machines.ts';
import { eachNode, find, type Node } from '../filesystem/tree.ts';
import type { BinaryReport } from './binary-model.ts';
import { glibcOf } from './glibc.ts';
import { type LoaderPaths, resolveLibraries } from './libraries.ts';
import type { SizeNode } from './model.ts';
import { sum } from './size-tree.ts';

/** Where a Go binary lies. */
interface Place {
  readonly path: string;
  readonly size: number;
  readonly layer: number;
  readonly facts: ElfFacts & { readonly go: GoFacts };
}

/** Go binaries of the final file system, hard links once; those of Go toolchains are apart. */
export function goPlaces(root: Node): { readonly programs: readonly Place[]; readonly toolchains: readonly string[] } {
  const programs: Place[] = [];
  const toolchains: string[] = [];
  const seen = new Set<unknown>();
  eachNode(root, (path, { type, content }) => {
    const facts = content?.facts;
    if (type !== 'file' || !content || facts?.kind !== 'elf' || !facts.go || seen.has(content)) return;
    seen.add(content);
    if (facts.go.toolchain) toolchains.push(path);
    else programs.push({ path, size: content.size, layer: content.layer, facts: { ...facts, go: facts.go } });
  });
  programs.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
  return { programs, toolchains };
}

/** All that is known of one Go binary in its image. */
export function reportBinary(place: Place, root: Node, paths: LoaderPaths, platform: string): BinaryReport {
  const { path, size, layer, facts } = place;
  const { go } = facts;
  const libraries = resolveLibraries(root, path, facts, paths);
  const { interpreter } = facts;
  const glibc = glibcOf(root, facts, libraries);
  return {
    path,
    size,
    layer,
    bits: facts.bits,
    machine: facts.machine,
    goarch: facts.goarch,
    fitsPlatform: platformFits(platform, facts.goarch),
    static: interpreter === undefined && libraries.length === 0,
    ...(interpreter === undefined ? {} : { interpreter: { name: interpreter, path: find(root, interpreter)?.path } }),
    libraries,
    pie: facts.pie,
    stripped: go.stripped,
    withoutDebug: go.withoutDebug,
    upx: go.upx,
    ...(glibc ? { glibc } : {}),
    go: go.info,
    strippable: go.strippable,
    tree: go.sections.length === 0 ? undefined : binaryTree(place),
    modules: go.modules,
    ...(go.sha256 === undefined ? {} : { sha256: go.sha256 }),
  };
}

/** Sections; the code by module and package; what belongs to no section is the rest. */
function binaryTree({ path, size, facts: { go } }: Place): SizeNode {
  const sections = go.sections.map((section): SizeNode => {
    if (section.name !== '.text' || !go.modules) return { ...section, kind: 'section' };
    const modules = go.modules.map(
      (module): SizeNode => ({
        name: module.path,
        kind: 'module',
        size: module.size,
        children: module.packages.map((one): SizeNode => ({ name: one.path, kind: 'package', size: one.size })),
      }),
    );
    return { ...section, kind: 'section', children: withRest(modules, section.size) };
  });
  const sorted = sections.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  return { name: path, kind: 'binary', size, children: withRest(sorted, size) };
}

/** Nothing is added when the parts are more than the whole: the file is damaged. */
const withRest = (parts: readonly SizeNode[], whole: number): readonly SizeNode[] => {
  const rest = whole - sum(parts);
  return rest > 0 ? [...parts, { name: '', kind: 'rest', size: rest }] : parts;
};

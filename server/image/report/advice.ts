import { type FileSystem, find } from '../filesystem/tree.ts';
import type { BinaryReport } from './binary-model.ts';
import { folderSize } from './facts.ts';
import type { Advice, ImageFacts, LayerReport, WastedFile } from './model.ts';
import { sum } from './size-tree.ts';

/** What advice is made from. */
export interface Measured {
  readonly size: number;
  readonly files: FileSystem;
  readonly layers: readonly LayerReport[];
  readonly wastedFiles: readonly WastedFile[];
  readonly binaries: readonly BinaryReport[];
  readonly facts: ImageFacts;
}

/** A fix of the Dockerfile for what an advice says. */
export interface OfferedFix {
  readonly rule: string;
  readonly fix: string | undefined;
  readonly line: number;
}

/** Advice with the rules that may have a fix for it, the best first. */
type Draft = Omit<Advice, 'rule' | 'fix'> & { readonly rules: readonly string[] };

/** What would make the image smaller: largest saving first, nothing below 1 %. `offered`: what rules say of the Dockerfile. */
export function adviseOn(measured: Measured, offered: readonly OfferedFix[]): readonly Advice[] {
  const drafts = [
    ...toolchains(measured),
    ...leftovers(measured),
    ...wasted(measured),
    ...symbols(measured),
    ...twins(measured),
    ...unusedBase(measured),
  ];
  return drafts
    .filter(({ saving }) => saving >= measured.size / 100 && saving > 0)
    .sort((a, b) => b.saving - a.saving || (a.title < b.title ? -1 : 1))
    .map(({ rules, ...advice }) => {
      const offer = offered.find(({ rule }) => rules.includes(rule));
      if (!offer) return advice;
      const { rule, fix, line } = offer;
      return { ...advice, rule, line: advice.line ?? line, ...(fix === undefined ? {} : { fix }) };
    });
}

function toolchains({ facts }: Measured): readonly Draft[] {
  const size = sum(facts.toolchains);
  if (size === 0) return [];
  const paths = facts.toolchains.map(({ path }) => path).join(', ');
  return [
    {
      id: 'toolchain',
      title: 'Build in one stage and ship another: the compiler stays behind',
      because: `No Go program needs ${paths} to run.`,
      saving: size,
      basis: 'exact',
      rules: ['prefer-multi-stage'],
    },
  ];
}

const leftoverFolders = [
  { path: '/go/pkg/mod', what: 'the module cache', rules: ['prefer-multi-stage', 'prefer-cache-mounts'] },
  { path: '/root/go/pkg/mod', what: 'the module cache', rules: ['prefer-multi-stage', 'prefer-cache-mounts'] },
  { path: '/root/.cache/go-build', what: 'the build cache', rules: ['prefer-multi-stage', 'prefer-cache-mounts'] },
  { path: '/var/lib/apt/lists', what: 'package lists', rules: ['no-apt-lists'] },
  { path: '/var/cache/apt', what: 'downloaded packages', rules: ['no-apt-lists'] },
  { path: '/var/cache/apk', what: 'the package cache', rules: ['no-apk-cache'] },
  { path: '/usr/share/doc', what: 'documentation', rules: [] },
  { path: '/usr/share/man', what: 'manual pages', rules: [] },
  { path: '/usr/share/locale', what: 'translations of programs', rules: [] },
] as const;

function leftovers({ files }: Measured): readonly Draft[] {
  return leftoverFolders.map(({ path, what, rules }) => ({
    id: `leftover:${path}`,
    title: `Leave ${what} out of the image`,
    because: `Nothing reads ${path} when the container runs.`,
    saving: find(files.root, path, true)?.node.children ? folderSize(files.root, path) : 0,
    basis: 'exact' as const,
    rules,
  }));
}

/** One advice per layer that hides bytes of lower ones. */
function wasted({ wastedFiles, layers }: Measured): readonly Draft[] {
  const hiders = [...new Set(wastedFiles.map(({ by }) => by))];
  return hiders.map((by) => {
    const hidden = wastedFiles.filter((file) => file.by === by);
    const layer = layers[by];
    const copies = hidden.filter(({ how }) => how === 'overwritten');
    const rewrites = sum(copies) * 2 > sum(hidden);
    const culprit = layer?.createdBy ? `\`${firstLine(layer.createdBy)}\`` : `Layer ${by + 1}`;
    const [largest] = hidden;
    const example = largest ? `, ${largest.path} among them` : '';
    return {
      id: `wasted:${by}`,
      title: rewrites
        ? 'Set owner and mode where the file is copied, and write each file once'
        : 'Delete files in the instruction that makes them',
      because: `${culprit} ${rewrites ? 'replaces' : 'deletes'} ${hidden.length} ${hidden.length === 1 ? 'file' : 'files'} of lower layers${example}; their bytes stay in the image.`,
      saving: sum(hidden),
      basis: 'exact' as const,
      ...(layer?.line === undefined ? {} : { line: layer.line }),
      rules: rewrites ? ['no-duplicate-layer'] : ['no-deleted-files', 'no-apt-lists', 'no-apk-cache'],
    };
  });
}

export function firstLine(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function symbols({ binaries }: Measured): readonly Draft[] {
  return binaries.map(({ path, strippable }) => ({
    id: `strip:${path}`,
    title: `Link ${path} with -ldflags=-s`,
    because: 'Symbols and debugging information are for debuggers; panics print the same stack without them.',
    saving: strippable,
    basis: 'estimated' as const,
    rules: ['prefer-stripped-binary'],
  }));
}

/** Programs with the same bytes at two paths. */
function twins({ binaries }: Measured): readonly Draft[] {
  const first = new Map<string, BinaryReport>();
  return binaries.flatMap((binary) => {
    if (binary.sha256 === undefined) return [];
    const other = first.get(binary.sha256);
    first.set(binary.sha256, other ?? binary);
    if (!other) return [];
    return [
      {
        id: `twin:${binary.path}`,
        title: `Make ${binary.path} a link to ${other.path}`,
        because: 'Both have the same bytes.',
        saving: binary.size,
        basis: 'exact' as const,
        rules: [],
      },
    ];
  });
}

const libc = ['c', 'm', 'dl', 'rt', 'pthread', 'resolv', 'util', 'anl'];

/** Distroless images with a libc, smallest first, and the libraries they have; bytes of the Debian 13 ones in the lab. */
const glibcBases = [
  { name: 'base', size: 22_400_000, has: new Set(libc) },
  { name: 'cc', size: 25_200_000, has: new Set([...libc, 'gcc_s', 'stdc++']) },
] as const;

/** Certificates, time zones, passwd. */
const staticBase = { name: 'static', size: 2_300_000 } as const;

/** The smallest distroless image with everything that the program needs. */
function smallestBase({
  static: isStatic,
  glibc,
  libraries,
}: BinaryReport): { name: string; size: number } | undefined {
  if (isStatic) return staticBase;
  if (!glibc) return undefined;
  const needed = libraries.filter(({ name }) => !name.startsWith('ld-linux'));
  return glibcBases.find(({ has }) => needed.every(({ name }) => has.has(/^lib(.*)\.so\.\d+$/.exec(name)?.[1] ?? '')));
}

/** A program that is started directly needs no system below it but its libraries. */
function unusedBase({ facts, binaries, layers, size }: Measured): readonly Draft[] {
  const started = binaries.find(({ path }) => path === facts.program?.path);
  const base = layers.filter(({ fromBase }) => fromBase === true);
  if (!started || base.length === 0 || facts.toolchains.length > 0 || facts.shell === undefined) return [];
  const fits = smallestBase(started);
  if (!fits) return [];
  const needs = started.static ? 'is static and needs no libc' : 'needs its libraries alone';
  return [
    {
      id: 'base',
      title: `Take gcr.io/distroless/${fits.name} as the last base image`,
      because: `${started.path} ${needs} and no shell, unless it starts other programs.`,
      saving: Math.min(sum(base), size - started.size) - fits.size,
      basis: 'estimated',
      rules: ['prefer-small-base'],
    },
  ];
}

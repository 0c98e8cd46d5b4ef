import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { BinaryReport, GoModuleRef, GoReport } from '../../../server/image/report/binary-model.ts';
import { mustRun, run } from '../process.ts';

/** Every statement of the report about a program's own bytes that readelf, file, go version -m, go tool nm or sha256 contradict. */
export const binaryMistakes = async (report: BinaryReport, file: string): Promise<readonly string[]> => [
  ...(await headerMistakes(report, file)),
  ...(await linkMistakes(report, file)),
  ...(await sectionMistakes(report, file)),
  ...(await buildInfoMistakes(report, file)),
  ...(await codeMistakes(report, file)),
  ...compare('size', report.size, (await stat(file)).size),
  ...(report.sha256 === undefined
    ? []
    : compare(
        'sha256',
        report.sha256,
        createHash('sha256')
          .update(await readFile(file))
          .digest('hex'),
      )),
];

/** One sentence when the report and the tool do not say the same. */
export const compare = (about: string, ours: unknown, theirs: unknown): readonly string[] => {
  const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return one === other ? [] : [`${about}: we say ${one}, it is ${other}`];
};

const headerMistakes = async (
  { bits, machine, pie, stripped, withoutDebug, static: isStatic, tree }: BinaryReport,
  file: string,
) => {
  const head = await mustRun('readelf', ['-hW', file]);
  const value = (name: string): string => new RegExp(`^\\s*${name}:\\s*(.*)$`, 'm').exec(head)?.[1]?.trim() ?? '';
  const words = await mustRun('file', ['-b', file]);
  const zdebug = tree?.children?.some(({ name }) => name.startsWith('.zdebug'));
  return [
    ...compare('class', `ELF${bits}`, value('Class')),
    ...compare('machine', machine, value('Machine')),
    ...compare('PIE (file)', pie, /pie executable|static-pie/.test(words)),
    ...compare('stripped (file)', stripped, !words.includes('not stripped')),
    // Before Go 1.19 the linker compressed it into sections that file does not know.
    ...(zdebug ? [] : compare('debug information (file)', !withoutDebug, words.includes('with debug_info'))),
    ...compare('static (file)', isStatic, /statically linked|static-pie linked/.test(words)),
  ];
};

const linkMistakes = async ({ interpreter, libraries }: BinaryReport, file: string) => {
  const segments = await mustRun('readelf', ['-lW', file]);
  const dynamic = await mustRun('readelf', ['-dW', file]);
  const needed = [...dynamic.matchAll(/\(NEEDED\)\s+Shared library: \[(.*)\]/g)].map(([, name = '']) => name);
  const asked = /\[Requesting program interpreter: (.*)\]/.exec(segments)?.[1];
  // The report goes on with what the libraries need; the program's own come first.
  const own = libraries.map(({ name }) => name).slice(0, needed.length);
  return [...compare('interpreter', interpreter?.name, asked), ...compare('needed libraries', own, needed)];
};

const sectionMistakes = async ({ tree, strippable }: BinaryReport, file: string) => {
  const table = await mustRun('readelf', ['-SW', file]);
  const rows = [...table.matchAll(/^\s*\[\s*\d+\]\s(\S+)\s+(\S+)\s+[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)\s/gm)];
  const sizes = rows
    .filter(([, , type, size]) => type !== 'NOBITS' && type !== 'NULL' && Number.parseInt(size ?? '0', 16) > 0)
    .map(([, name = '', , size = '0']) => [name, Number.parseInt(size, 16)] as const);
  const ours = (tree?.children ?? [])
    .filter(({ kind }) => kind === 'section')
    .map(({ name, size }) => [name, size] as const);
  const sorted = (list: readonly (readonly [string, number])[]) => list.map(([name, size]) => `${name} ${size}`).sort();
  const symbols = sizes.filter(([name]) => /^\.(symtab|strtab|z?debug_.*|gdb_index)$/.test(name));
  return [
    ...compare('sections', sorted(ours), sorted(sizes)),
    ...compare(
      'strippable',
      strippable,
      symbols.reduce((sum, [, size]) => sum + size, 0),
    ),
  ];
};

/** The lines of `go version -m`, from a report. */
const lines = ({ version, path, main, modules, settings }: GoReport): readonly string[] => {
  const module = (key: string, { path: name, version: of, sum, replacedBy }: GoModuleRef): readonly string[] => {
    const own = [key, name, of, ...(replacedBy ? [] : [sum])].join('\t').trimEnd();
    return replacedBy ? [own, ...module('=>', replacedBy)] : [own];
  };
  return [
    version,
    ...(path === '' ? [] : [`path\t${path}`]),
    ...(main ? module('mod', main) : []),
    ...modules.flatMap((one) => module('dep', one)),
    ...settings.map(({ key, value }) => `build\t${key}=${value}`),
  ];
};

const buildInfoMistakes = async ({ go }: BinaryReport, file: string) => {
  const said = await run('go', ['version', '-m', file]);
  if (said.code !== 0 || !/: go/.test(said.stdout)) return compare('build information', go === undefined, true);
  const [first = '', ...rest] = said.stdout.trimEnd().split('\n');
  const theirs = [first.slice(first.lastIndexOf(': ') + 2), ...rest.map((line) => line.trim()).filter(Boolean)];
  const unquoted = theirs.map((line) => line.replaceAll(/\\?"/g, ''));
  return compare(
    'build information',
    (go ? lines(go) : []).map((line) => line.trimEnd().replaceAll('"', '')),
    unquoted,
  );
};

/** Bytes by which functions are filled up; the linker aligns them to at most 64. */
const padding = 64;

const codeMistakes = async ({ modules, stripped, tree, go }: BinaryReport, file: string) => {
  if (!modules || stripped) return [];
  const nm = await mustRun('go', ['tool', 'nm', '-size', '-type', file]);
  const theirs = new Map<string, { size: number; functions: number }>();
  for (const [, size = '0', name = ''] of nm.matchAll(/^\s*[0-9a-f]+\s+(\d+)\s+[Tt]\s+(.*)$/gm)) {
    const path = packageOf(name, go);
    const before = theirs.get(path) ?? { size: 0, functions: 0 };
    theirs.set(path, { size: before.size + Number(size), functions: before.functions + 1 });
  }
  const ours = modules.flatMap((module) => module.packages);
  const text = tree?.children?.find(({ name }) => name === '.text')?.size ?? 0;
  const total = ours.reduce((sum, { size }) => sum + size, 0);
  return [
    ...(total > text ? [`code: ${total} bytes of functions in ${text} bytes of .text`] : []),
    ...ours.flatMap(({ path, size }) => {
      const there = theirs.get(path);
      if (!there) return [`code of ${path}: we say ${size}, nm has no such package`];
      // nm cannot tell C functions from those that the compiler makes up.
      const more = Math.max(size - there.size, path === '(generated)' ? 0 : Number.NEGATIVE_INFINITY);
      return more >= 0 && more <= there.functions * padding
        ? []
        : [`code of ${path}: we say ${size}, nm says ${there.size}`];
    }),
  ];
};

/** Written apart from the server's: from the text of a symbol. */
const packageOf = (symbol: string, go: GoReport | undefined): string => {
  const plain = symbol.split(/[[(]/, 1)[0] ?? '';
  const slash = plain.lastIndexOf('/');
  const dot = plain.indexOf('.', slash + 1);
  const path = dot === -1 ? '' : plain.slice(0, dot).replaceAll('%2e', '.');
  if (path === '' || /^(type|go)(:|$)/.test(path)) return '(generated)';
  return path === 'main' ? (go?.path ?? 'main') : path;
};

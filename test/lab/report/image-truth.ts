import { lstat, mkdir, readlink, rm } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import type { ReadImage } from '../../../server/image/archive/read-archive.ts';
import { eachNode } from '../../../server/image/filesystem/tree.ts';
import type { ImageReport } from '../../../server/image/report/model.ts';
import { type Engine, imageSize } from '../engine.ts';
import { mustRun, run } from '../process.ts';
import { binaryMistakes, compare } from './binary-truth.ts';

/** What engines put into every container. */
const mounted = /^\/(dev|proc|sys)(\/|$)|^\/(\.dockerenv|etc\/(hostname|hosts|resolv\.conf|mtab))$/;

/** Unpacks an image as a container sees it. */
export const exportImage = async (engine: Engine, tag: string, root: string): Promise<void> => {
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  const container = await mustRun(engine.program, ['create', tag, 'none']);
  try {
    const tar = `${root}.tar`;
    await mustRun(engine.program, ['export', '--output', tar, container]);
    await mustRun('tar', ['-xf', tar, '-C', root]);
    await rm(tar);
  } finally {
    await run(engine.program, ['rm', '--force', container]);
  }
};

/** The paths and sizes of all files and links, against those of the exported container. */
export const fileMistakes = async ({ files }: ReadImage, root: string): Promise<readonly string[]> => {
  const ours = new Map<string, string>();
  eachNode(files.root, (path, { type, content, mode }) => {
    if (!mounted.test(path) && content)
      ours.set(path, `${type} ${content.size} ${type === 'file' ? mode.toString(8) : ''}`);
  });
  const listed = await mustRun('find', [
    root,
    '(',
    '-type',
    'f',
    '-o',
    '-type',
    'l',
    ')',
    '-printf',
    '%P\\0%y\\0%s\\0%m\\n',
  ]);
  const theirs = new Map<string, string>();
  for (const line of listed.split('\n').filter(Boolean)) {
    const [path = '', type, size, mode] = line.split('\0');
    if (mounted.test(`/${path}`)) continue;
    theirs.set(`/${path}`, type === 'l' ? `symlink ${size} ` : `file ${size} ${mode}`);
  }
  const wrong = [...new Set([...ours.keys(), ...theirs.keys()])].filter((path) => ours.get(path) !== theirs.get(path));
  return wrong
    .slice(0, 5)
    .map((path) => `${path}: we say ${ours.get(path) ?? 'nothing'}, it is ${theirs.get(path) ?? 'not there'}`);
};

/**
 * Size and layers as docker's overlay2 tells them. For a layer that the legacy builder or docker import made it counts the
 * lengths of symbolic links, as we do; for one of BuildKit it leaves them away.
 */
export const engineMistakes = async (
  engine: Engine,
  tag: string,
  { layers }: ReadImage,
  report: ImageReport,
): Promise<readonly string[]> => {
  const driver = await run(engine.program, ['info', '--format', '{{.Driver}}']);
  if (driver.stdout.trim() !== 'overlay2') return [];
  const args = ['history', '--no-trunc', '--human=false', '--format', '{{.Size}}', tag];
  const sizes = (await mustRun(engine.program, args)).split('\n').reverse().map(Number);
  const links = layers.map(({ entries }) =>
    entries.reduce((sum, { type, size }) => (type === 'symlink' ? sum + size : sum), 0),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const ours = report.history.map(({ size, layer }, index) => {
    const without = size - (links[layer ?? -1] ?? 0);
    return sizes[index] === without ? without : size;
  });
  return [
    ...compare('history (docker history)', ours, sizes),
    ...compare('size (docker image inspect)', total, await imageSize(engine, tag)),
  ];
};

/** Whether a path leads to something, links followed as if the folder were the root. */
const leads = async (root: string, path: string, hops = 0): Promise<boolean> => {
  if (hops > 40) return false;
  const parts = path.split('/').filter(Boolean);
  for (const [index] of parts.entries()) {
    const here = `/${parts.slice(0, index + 1).join('/')}`;
    const found = await lstat(join(root, here)).catch(() => undefined);
    if (!found) return false;
    if (!found.isSymbolicLink()) continue;
    const target = posix.resolve(posix.dirname(here), await readlink(join(root, here)));
    return leads(root, posix.join(target, ...parts.slice(index + 1)), hops + 1);
  }
  return true;
};

/** Facts of the image, against the exported container. */
export const factMistakes = async ({ facts }: ImageReport, root: string): Promise<readonly string[]> => {
  const setuid = await mustRun('find', [root, '-type', 'f', '-perm', '/6000', '-perm', '/111', '-printf', '/%P\\n']);
  const shown = [facts.shell, facts.certificates, facts.zones, facts.program?.path].filter(
    (path) => path !== undefined,
  );
  const missing: string[] = [];
  for (const path of shown) if (!(await leads(root, path))) missing.push(`${path} is not there`);
  const shell = (await leads(root, '/bin/sh')) || (await leads(root, '/bin/bash'));
  return [
    ...compare('set-uid files', facts.setuid, setuid.split('\n').filter(Boolean).sort()),
    ...compare('a shell', facts.shell !== undefined, shell),
    ...compare(
      'certificates',
      facts.certificates !== undefined,
      await leads(root, '/etc/ssl/certs/ca-certificates.crt'),
    ),
    ...compare('time zones', facts.zones !== undefined, await leads(root, '/usr/share/zoneinfo/Europe')),
    ...missing,
  ];
};

/** Each Go binary, and what the image's own loader says of its libraries. */
export const programMistakes = async (report: ImageReport, root: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const binary of report.binaries) {
    const file = resolve(root, `.${binary.path}`);
    const wrong = [...(await binaryMistakes(binary, file)), ...(await loaderMistakes(binary, root))];
    found.push(...wrong.map((each) => `${binary.path}: ${each}`));
  }
  return found;
};

const loaderMistakes = async (binary: ImageReport['binaries'][number], root: string): Promise<readonly string[]> => {
  const { interpreter, libraries, path } = binary;
  if (!interpreter) return [];
  const there = (await run('chroot', [root, interpreter.name, '--version'])).code !== 127;
  if (interpreter.path === undefined || !there)
    return compare(`loader ${interpreter.name}`, interpreter.path !== undefined, there);
  const list = await run('chroot', [root, interpreter.name, '--list', path]);
  const said = list.stdout + list.stderr;
  const missing = libraries.filter((library) => library.path === undefined).map(({ name }) => name);
  const theirMissing = [...said.matchAll(/(?:\s(\S+) => not found|shared library (\S+?):)/g)].map(
    ([, glibc, musl]) => glibc ?? musl,
  );
  const found = libraries.flatMap(({ name, path: at }) => (at === undefined ? [] : [name]));
  const unnamed = found.filter((name) => !said.includes(name) && !said.includes('ld-musl'));
  return [
    ...compare('missing libraries (loader)', missing, [...new Set(theirMissing)]),
    ...unnamed.map((name) => `the loader does not list ${name}`),
  ];
};

/** Whether it starts: what we say surely fails has to fail in these words, and everything else may not fail so. */
export const startMistakes = async (
  engine: Engine,
  tag: string,
  { facts }: ImageReport,
): Promise<readonly string[]> => {
  const name = `${tag.replaceAll(/\W/g, '-')}-truth`;
  const args = ['run', '--rm', '--name', name, '--network=none', tag];
  const ended = await run(engine.program, args, { timeout: 5000 });
  await run(engine.program, ['rm', '--force', name]);
  const said = ended.stdout + ended.stderr;
  const refused =
    /exec format error|no such file or directory|permission denied|not found in \$PATH|loading shared librar|`GLIBC_/i.exec(
      said
        .split('\n')
        .filter((line) => /exec|loading shared|GLIBC_|stat /i.test(line))
        .join('\n'),
    )?.[0];
  const problem = facts.program?.problems[0];
  if (problem === undefined) return refused && ended.code !== 0 ? [`we say it starts, the engine: ${said.trim()}`] : [];
  if (ended.code === 0) return [`we say ${problem}; it ran`];
  return refused && problem.toLowerCase().includes(refused.toLowerCase())
    ? []
    : [`we say ${problem}; the engine: ${said.trim()}`];
};

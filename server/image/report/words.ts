import { formatBytes, formatDuration } from '../format.ts';
import type { BinaryReport } from './binary-model.ts';
import type { ImageReport } from './model.ts';

/** What a Go binary is, in words. */
export function traits(binary: BinaryReport): readonly string[] {
  const { bits, machine, interpreter, libraries, glibc, go } = binary;
  const missing = libraries.filter((library) => library.path === undefined);
  const setting = (key: string): string | undefined => go?.settings.find((one) => one.key === key)?.value;
  const revision = setting('vcs.revision')?.slice(0, 12);
  const cgo = setting('CGO_ENABLED');
  const all: readonly (string | false | undefined)[] = [
    `${bits}-bit ${machine}`,
    binary.static ? 'static' : `dynamic: ${interpreter?.name ?? 'no loader'}`,
    interpreter && interpreter.path === undefined && 'its loader is not in the image',
    missing.length > 0 && `missing: ${missing.map(({ name }) => name).join(' ')}`,
    glibc && `needs glibc ${glibc.needed}, ${glibc.found ?? 'none'} is there`,
    binary.pie && 'PIE',
    binary.stripped ? 'stripped' : 'with symbols',
    binary.upx && 'packed by UPX',
    setting('-trimpath') === 'true' && '-trimpath',
    cgo !== undefined && `CGO_ENABLED=${cgo}`,
    revision && `revision ${revision}`,
    binary.fitsPlatform === false && 'not for the platform of the image',
  ];
  return all.filter((one) => typeof one === 'string');
}

/** What the image has and lacks: a name and a value for each line. */
export function factRows({ facts, wasted, oddities }: ImageReport): readonly (readonly [string, string])[] {
  const { program, secrets, toolchains, setuid, packageManagers } = facts;
  const user =
    facts.user === ''
      ? 'root (none is set)'
      : facts.user + { yes: ' (root)', no: '', unknown: ' (not in /etc/passwd)' }[facts.root];
  const there = (value: string | undefined): string => value ?? 'none';
  const rows: (readonly [string, string])[] = [
    ['User', user],
    [
      'Starts',
      program
        ? `${program.argument}${program.path && program.path !== program.argument ? ` (${program.path})` : ''}`
        : 'nothing: no ENTRYPOINT and no CMD',
    ],
    ...(program?.problems ?? []).map((problem) => ['Does not start', problem] as const),
    ['System', there(facts.system)],
    ['libc', there(facts.libc)],
    ['Shell', there(facts.shell)],
    ['CA certificates', there(facts.certificates)],
    ['Time zones', there(facts.zones)],
  ];
  if (packageManagers.length > 0) rows.push(['Package managers', packageManagers.join(', ')]);
  if (setuid.length > 0) rows.push(['Set-uid files', listed(setuid)]);
  for (const { path, size } of toolchains) rows.push(['Compiler left inside', `${path} (${formatBytes(size)})`]);
  for (const { path, deleted } of secrets) {
    rows.push(['May hold a secret', deleted ? `${path} (deleted, and still in its layer)` : path]);
  }
  if (wasted > 0) rows.push(['Hidden by later layers', formatBytes(wasted)]);
  for (const oddity of oddities) rows.push(['Odd', oddity]);
  return rows;
}

const mostListed = 6;

const listed = (all: readonly string[]): string =>
  all.length <= mostListed
    ? all.join(', ')
    : `${all.slice(0, mostListed).join(', ')} and ${all.length - mostListed} more`;

/** How a run of the image went: a name and a value for each line. */
export function startRows({ start }: ImageReport): readonly (readonly [string, string])[] {
  if (!start) return [];
  const { outcome, code, milliseconds, listening, memory, output, explanation } = start;
  const after = `after ${formatDuration(milliseconds)}`;
  const words = {
    running: `still running ${after}`,
    exited: `ended with ${code ?? 'a signal'} ${after}`,
    refused: `was not started (${code ?? 'a signal'})`,
  };
  return [
    ['Without network, rights and writes', words[outcome]],
    ...(explanation === undefined ? [] : [['Because', explanation] as const]),
    ...(listening ? [['Listens', `on port ${listening.port} after ${listening.milliseconds} ms`] as const] : []),
    ...(memory === undefined ? [] : [['Memory', formatBytes(memory)] as const]),
    ...output.map((line) => ['Said', line] as const),
  ];
}

/** How the reader of a report gets more of it. */
export interface SupplyHints {
  readonly packages: string;
  readonly scan: string;
}

const terminalHints: SupplyHints = { packages: '--sbom FILE lists them', scan: '--scan runs it' };

/** The bill of materials and other people's tools: a name and a value for each line. */
export function supplyRows(
  { supplyChain }: ImageReport,
  hints: SupplyHints = terminalHints,
): readonly (readonly [string, string])[] {
  if (!supplyChain) return [];
  return [
    ['Packages', `${supplyChain.packages} (${hints.packages})`],
    ...supplyChain.tools.flatMap(({ tool, state, summary, worst = [] }) => [
      [tool, state === 'available' ? `${summary} (${hints.scan})` : summary] as const,
      ...worst.map((line) => ['', line] as const),
    ]),
  ];
}

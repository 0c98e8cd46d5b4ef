import type { Engine, Environment } from './engine-model.ts';
import { runProgram } from './process.ts';
import { programsNamed } from './programs.ts';
import type { ToolReport } from './report/run-model.ts';

/** What a tool is asked to look at: an image of an engine, or an archive. */
export type Scanned = { readonly engine: Engine; readonly reference: string } | { readonly archive: string };

interface Tool {
  readonly tool: ToolReport['tool'];
  readonly get: string;
  /** Undefined for one that is only of use with a registry. */
  readonly args?: (scanned: Scanned) => readonly string[];
  /** A key that its output always has. */
  readonly key?: string;
  /** One line from what it printed. */
  readonly summary?: (output: unknown) => string;
}

const sourceOf = (scanned: Scanned): string =>
  'archive' in scanned
    ? `docker-archive:${scanned.archive}`
    : `${scanned.engine.kind === 'podman' ? 'podman' : 'docker'}:${scanned.reference}`;

const tools: readonly Tool[] = [
  {
    tool: 'syft',
    get: 'go install github.com/anchore/syft/cmd/syft@latest',
    args: (scanned) => ['scan', sourceOf(scanned), '--output', 'syft-json', '--quiet'],
    key: 'artifacts',
    summary: (output) => counted(list(output, 'artifacts').length, 'package'),
  },
  {
    tool: 'grype',
    get: 'go install github.com/anchore/grype/cmd/grype@latest',
    args: (scanned) => [sourceOf(scanned), '--output', 'json', '--quiet'],
    key: 'matches',
    summary: (output) => {
      const matches = list(output, 'matches');
      return vulnerabilities(matches.map((match) => text(field(field(match, 'vulnerability'), 'severity'))));
    },
  },
  {
    tool: 'trivy',
    get: 'https://trivy.dev/latest/getting-started/installation/',
    args: (scanned) => [
      'image',
      '--format',
      'json',
      '--quiet',
      ...('archive' in scanned
        ? ['--input', scanned.archive]
        : ['--image-src', scanned.engine.kind, scanned.reference]),
    ],
    key: 'SchemaVersion',
    summary: (output) => {
      const found = list(output, 'Results').flatMap((result) => list(result, 'Vulnerabilities'));
      return vulnerabilities(found.map((one) => text(field(one, 'Severity'))));
    },
  },
  { tool: 'govulncheck', get: 'go install golang.org/x/vuln/cmd/govulncheck@latest' },
  { tool: 'cosign', get: 'go install github.com/sigstore/cosign/v3/cmd/cosign@latest' },
];

/** Which tools of other people are on the PATH, in a fixed order. Starts nothing. */
export function toolsThere(environment: Environment): readonly ToolReport[] {
  return tools.map(({ tool, get, args }): ToolReport => {
    const [program] = programsNamed(tool, environment);
    if (program === undefined) return { tool, state: 'missing', summary: `not on the PATH: ${get}` };
    return { tool, state: 'available', summary: args ? '--scan runs it' : program };
  });
}

/** Runs those that look into images and summarises what they say; they may use the network. Rejects after an abort. */
export async function runTools(
  scanned: Scanned,
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly ToolReport[]> {
  const reports: ToolReport[] = [];
  for (const [index, there] of toolsThere(environment).entries()) {
    const tool = tools[index];
    const [program] = programsNamed(there.tool, environment);
    const ran =
      program !== undefined && tool?.args ? await runTool(program, tool, scanned, environment, signal) : there;
    reports.push(ran);
  }
  return reports;
}

/** Bytes of a tool's output; a large image has some megabytes. */
const longestOutput = 128 * 1024 * 1024;

async function runTool(
  program: string,
  { tool, args, key, summary }: Tool,
  scanned: Scanned,
  environment: Environment,
  signal: AbortSignal,
): Promise<ToolReport> {
  const pieces: string[] = [];
  let length = 0;
  let errors = '';
  const end = await runProgram(program, args?.(scanned) ?? [], {
    environment,
    signal,
    onStdout: (piece) => {
      length += piece.length;
      if (length <= longestOutput) pieces.push(piece);
    },
    onStderr: (piece) => {
      errors = (errors + piece).slice(-4000);
    },
  });
  signal.throwIfAborted();
  const output = parsed(pieces.join(''));
  // Some end with another code when they find something: what they print says whether they worked.
  if (summary && key !== undefined && field(output, key) !== undefined) {
    return { tool, state: 'ran', summary: summary(output) };
  }
  const last = errors.trim().split('\n').at(-1);
  return { tool, state: 'failed', summary: last || `ended with ${end.code ?? 'a signal'}` };
}

function vulnerabilities(severities: readonly string[]): string {
  if (severities.length === 0) return 'no known vulnerabilities';
  const order = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];
  const counts = order.flatMap((severity) => {
    const count = severities.filter((one) => one.toLowerCase() === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${counted(severities.length, 'known vulnerability', 'known vulnerabilities')}: ${counts.join(', ')}`;
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

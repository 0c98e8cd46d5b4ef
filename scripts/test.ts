import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { failuresIn } from './failures.ts';

/** One runner of `npm test`: a program, and how to read how many of its tests passed. */
interface Runner {
  readonly name: string;
  readonly command: readonly string[];
  /** `check`: its exit status is one test. `mocha`: its closing lines. `counted`: a line `N passed, N failed, N skipped`. */
  readonly kind: 'check' | 'mocha' | 'counted';
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = resolve(import.meta.dirname, '..');
const bin = (name: string): string => resolve(root, 'node_modules/.bin', name);
const tsx = (file: string, ...rest: readonly string[]): readonly string[] => [
  process.execPath,
  '--import',
  'tsx',
  resolve(root, file),
  ...rest,
];

const unitTests = 'test/{analysis,rules,generate,image,lsp,cli,project,repo}/**/*.test.ts';

const runners: readonly Runner[] = [
  { name: 'types', command: [bin('tsc'), '-b'], kind: 'check' },
  { name: 'format, lint and boundaries', command: [bin('biome'), 'ci', '--error-on-warnings', '.'], kind: 'check' },
  { name: 'unused code', command: [bin('knip')], kind: 'check' },
  { name: 'generated files are fresh', command: tsx('scripts/docs.ts'), kind: 'check' },
  { name: 'bundle', command: tsx('scripts/bundle.ts'), kind: 'check' },
  { name: 'unit', command: [bin('mocha'), '--no-color', unitTests], kind: 'mocha' },
  { name: 'fuzzing', command: tsx('test/fuzz/main.ts', '--minutes', '2', '--seed', '20261126'), kind: 'counted' },
  { name: 'container engine', command: tsx('test/engines/main.ts'), kind: 'counted' },
  { name: 'lab', command: tsx('test/lab/main.ts'), kind: 'counted' },
  { name: 'VS Code', command: tsx('test/vscode/main.ts'), kind: 'counted' },
  // They compare with VS Code's own grammar, which the runner before has fetched.
  { name: 'grammar', command: [bin('mocha'), '--no-color', 'test/syntaxes/**/*.test.ts'], kind: 'mocha' },
];

let running: ChildProcess | undefined;

interface Ended {
  readonly code: number;
  /** What it printed on standard output. */
  readonly output: string;
  /** The same, and between it what it printed on standard error. */
  readonly all: string;
}

/** Runs one program, shows what it prints as it comes, and returns it. */
const run = (command: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    const [program = '', ...rest] = command;
    const child = spawn(program, rest, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let output = '';
    let all = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      all += data.toString();
      process.stdout.write(data);
    });
    child.stderr.on('data', (data: Buffer) => {
      all += data.toString();
      process.stderr.write(data);
    });
    child.on('error', (error) => {
      const said = `${program} did not start: ${error.message}`;
      console.error(said);
      done({ code: 1, output, all: said });
    });
    child.on('close', (code) => done({ code: code ?? 1, output, all }));
  });

const numberBefore = (output: string, word: string): number =>
  Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);

const mochaCounts = (output: string): Counts => ({
  passed: numberBefore(output, 'passing'),
  failed: numberBefore(output, 'failing'),
  skipped: numberBefore(output, 'pending'),
});

const closingLine = (output: string): Counts | undefined => {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3]) };
};

/** A runner that fails without a failed test, or that ran nothing, counts as one failure. */
const countsOf = (kind: Runner['kind'], code: number, output: string): Counts => {
  const broken = { passed: 0, failed: 1, skipped: 0 };
  if (kind === 'check') return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : broken;
  const text = stripVTControlCharacters(output);
  const counts = kind === 'mocha' ? mochaCounts(text) : closingLine(text);
  if (!counts || counts.passed + counts.failed + counts.skipped === 0) return broken;
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
};

const main = async (): Promise<void> => {
  const only = process.argv.slice(2);
  const unknown = only.filter((name) => !runners.some((runner) => runner.name === name));
  if (unknown.length > 0) {
    console.error(`no tests named ${unknown.join(', ')}: ${runners.map(({ name }) => `"${name}"`).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const rows: { name: string; counts: Counts; seconds: number; failures: readonly string[] }[] = [];
  for (const { name, command, kind } of runners) {
    if (only.length > 0 && !only.includes(name)) continue;
    console.log(`\n── ${name} ──`);
    const start = Date.now();
    const { code, output, all } = await run(command);
    const counts = countsOf(kind, code, output);
    const failures = counts.failed > 0 ? failuresIn(stripVTControlCharacters(all)) : [];
    rows.push({ name, counts, seconds: (Date.now() - start) / 1000, failures });
  }
  const sum = (key: keyof Counts): number => rows.reduce((total, { counts }) => total + counts[key], 0);
  for (const { name, failures } of rows) {
    if (failures.length > 0) console.log(`\n── what failed in ${name} ──\n${failures.join('\n')}`);
  }
  console.log('');
  for (const { name, counts, seconds } of rows) {
    const { passed, failed, skipped } = counts;
    console.log(`${name.padEnd(28)} ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(0)} s`);
  }
  const skippedInCi = process.env.CI === 'true' && sum('skipped') > 0;
  if (skippedInCi) console.log('CI=true: a skipped test is an error. The reasons are printed above.');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 || skippedInCi ? 1 : 0;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    running?.kill(signal);
    process.exit(130);
  });
}

await main();

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { allBenches } from './bench.ts';
import type { Bench } from './bench-model.ts';
import { makeProgram, start, type TestProgram } from './program.ts';
import type { Scenario } from './scenario-parts.ts';
import { removeBuilt, scenarios } from './scenarios.ts';

// Builds with the real engines of this machine; FROM scratch, so no network is needed. Prints the engine table.
// Arguments: parts of names of engines and scenarios that are wanted. `1 GB` is done on request: a large image.

/** Empty when all is as it has to be. */
async function reasonOf(bench: Bench, { run }: Scenario, program: TestProgram): Promise<string> {
  // Blanks and letters beyond ASCII in every path.
  const root = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile engine ü '));
  const folder = path.join(root, 'case');
  mkdirSync(folder);
  program.into(folder);
  try {
    await run(bench, folder);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await removeBuilt(bench, folder).catch(() => undefined);
    rmSync(root, { recursive: true, force: true });
  }
}

const width = Math.max(...scenarios.map(({ name }) => name.length)) + 2;

function line(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(34) + cells.map((cell) => cell.padEnd(width)).join(''));
}

async function main(words: readonly string[]): Promise<void> {
  const wanted = (name: string, all: readonly { readonly name: string }[]): boolean => {
    const about = words.filter((word) => all.some((one) => one.name.includes(word)));
    return about.length === 0 || about.some((word) => name.includes(word));
  };
  if (start('go', ['version']).status !== 0) {
    console.log('skipped: Go is not on the PATH; install it from https://go.dev/dl or run .ci/run');
    console.log(`0 passed, 0 failed, ${scenarios.length} skipped`);
    return;
  }
  const program = makeProgram();
  const { benches, missing, remove } = await allBenches();
  const chosen = scenarios.filter(
    ({ name, onRequest }) => wanted(name, scenarios) && (!onRequest || words.includes(name)),
  );
  const lacking = missing.filter(({ name }) => wanted(name, [...benches, ...missing]));
  const problems: string[] = [];
  let passed = 0;
  try {
    line(
      '',
      chosen.map(({ name }) => name),
    );
    for (const bench of benches.filter(({ name }) => wanted(name, [...benches, ...missing]))) {
      const cells: string[] = [];
      for (const scenario of chosen) {
        const reason = await reasonOf(bench, scenario, program);
        cells.push(reason ? 'FAILED' : 'ok');
        if (reason) problems.push(`FAILED  ${bench.name}: ${scenario.name}\n${reason}`);
        else passed += 1;
      }
      line(bench.name, cells);
    }
    for (const { name, reason } of lacking) line(name, [`skipped: ${reason}`]);
  } finally {
    program.remove();
    await remove();
  }
  for (const problem of problems) console.log(problem);
  console.log(`${passed} passed, ${problems.length} failed, ${lacking.length * chosen.length} skipped`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

await main(process.argv.slice(2));

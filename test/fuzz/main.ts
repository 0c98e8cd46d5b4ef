import { parseArgs } from 'node:util';
import { type Fuzzer, fuzzers } from './fuzzers.ts';
import { watch } from './watch.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const minutes = Number(values.minutes ?? 2);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const chosen = fuzzers.filter(({ name }) => values.only === undefined || name.includes(values.only));
if (!(minutes > 0) || !Number.isInteger(seed) || chosen.length === 0) {
  console.error('usage: npm run fuzz -- [--minutes N] [--seed S] [--only NAME]');
  process.exit(2);
}

/** Runs one fuzzer for its share of the time; prints what failed, made as small as it gets, and how to see it again. */
function run({ name, check }: Fuzzer, milliseconds: number): boolean {
  const watched = watch(`✗ ${name} hangs: npm run fuzz -- --seed ${seed} --only '${name}'`, milliseconds + 120_000);
  const result = check({
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: milliseconds,
    markInterruptAsFailure: false,
  });
  watched.stop();
  if (!result.failed) {
    console.log(`✓ ${name}: ${result.numRuns} inputs`);
    return true;
  }
  console.log(`✗ ${name}: input ${result.numRuns}, made smaller ${result.numShrinks} times`);
  console.log(`  npm run fuzz -- --seed ${result.seed} --only '${name}' --minutes ${minutes}`);
  for (const part of result.counterexample as readonly unknown[]) {
    if (typeof part === 'string') console.log(`  ${JSON.stringify(part)}`);
  }
  console.log(`  ${String(result.errorInstance)}`);
  return false;
}

console.log(`seed ${seed}, ${minutes} minutes`);
const share = (minutes * 60_000) / chosen.reduce((sum, { weight }) => sum + weight, 0);
const passed = chosen.map((fuzzer) => run(fuzzer, share * fuzzer.weight)).filter((each) => each).length;
console.log(`${passed} passed, ${chosen.length - passed} failed, 0 skipped`);
process.exitCode = passed === chosen.length ? 0 : 1;

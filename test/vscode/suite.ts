import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import type MochaClass from 'mocha';
import { flowsOf } from './flows/index.ts';
import { type TestResult, testMark } from './host/test-mark.ts';
import { picture } from './screen.ts';
import { windowKind } from './window-kind.ts';

/** What VS Code calls inside the extension host. Throws when a test fails, which makes the run fail. */
export async function run(): Promise<void> {
  // Mocha is an ES module; this file becomes CommonJS for VS Code.
  const { default: Mocha } = await import('mocha');
  if (process.env.UI_DRIVER) Mocha.reporters.Base.consoleLog = (...words) => console.log(testMark + format(...words));
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const flow of flowsOf[windowKind()]) flow();
  const result = await runMocha(mocha);
  const file = process.env.GO_DOCKERFILE_TEST_RESULT;
  if (file) writeFileSync(file, JSON.stringify(result));
  if (result.failed || !result.passed) throw new Error(`${result.failed} failed, ${result.passed} passed`);
}

function runMocha(mocha: MochaClass): Promise<TestResult> {
  return new Promise((resolve) => {
    let passed = 0;
    const skipped: string[] = [];
    const runner = mocha.run((failed) => resolve({ passed, failed, skipped }));
    runner.on('pass', () => {
      passed += 1;
    });
    // Not awaited by mocha, which goes on; the picture still shows what was on screen.
    runner.on('fail', (test) => void picture(`failed ${test.title}`.replaceAll(/\W+/g, '-')).catch(() => undefined));
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
  });
}

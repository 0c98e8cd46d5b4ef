import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleAll, projectRoot } from '../../scripts/bundle.ts';
import { findChromium } from '../../scripts/vscode-host/browser.ts';
import { bundleTests } from './bundle-tests.ts';
import { copyFixtures } from './fixtures.ts';
import { localGolangImage } from './golang-image.ts';
import type { TestResult } from './host/test-mark.ts';
import { copyPictures } from './pictures.ts';
import { checkStart } from './start-check.ts';
import { findVsCode } from './vscode-program.ts';
import { type WindowKind, windowKinds } from './window-kind.ts';

const screenshots = path.join(projectRoot, 'out', 'screenshots');

/** Runs the flows of one window in a VS Code of its own, on a fresh copy of the fixtures. */
async function runWindow(kind: WindowKind, program: string, suite: string): Promise<TestResult> {
  console.log(`\nVS Code window: ${kind}`);
  const fixtures = copyFixtures();
  const resultFile = path.join(projectRoot, 'out', 'vscode-tests', `${kind}.json`);
  rmSync(resultFile, { force: true });
  const target = kind === 'two-folders' ? fixtures.workspace : fixtures.folder;
  try {
    await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: suite,
      launchArgs: [target, '--disable-extensions'],
      extensionTestsEnv: {
        GO_DOCKERFILE_TEST_WINDOW: kind,
        GO_DOCKERFILE_TEST_RESULT: resultFile,
        GO_DOCKERFILE_SCREENSHOTS: screenshots,
        GO_DOCKERFILE_TEST_GOLANG: await localGolangImage(),
      },
    });
  } catch (error) {
    console.error(String(error));
    // The tests themselves failed, or VS Code ended before they could say so.
    const result = existsSync(resultFile) ? readResult(resultFile) : nothing;
    return { ...result, failed: Math.max(1, result.failed) };
  } finally {
    fixtures.remove();
  }
  return readResult(resultFile);
}

const nothing: TestResult = { passed: 0, failed: 0, skipped: [] };
const readResult = (file: string): TestResult => JSON.parse(readFileSync(file, 'utf8'));

/** `[--pictures] [WINDOW…]`: all windows, or the named ones. */
async function main(words: readonly string[]): Promise<void> {
  const wantsPictures = words.includes('--pictures');
  const { suite, webHost } = await bundleTests();
  await bundleAll(true);
  const programFor = await findVsCode(webHost, wantsPictures);
  mkdirSync(screenshots, { recursive: true });
  const results: TestResult[] = [];
  for (const kind of windowKinds.filter((name) => words.includes(name) || !words.some((word) => isKind(word)))) {
    const program = programFor(kind);
    if ('path' in program) results.push(await runWindow(kind, program.path, suite));
    else results.push({ ...nothing, skipped: [`VS Code window ${kind}: ${program.missing}`] });
  }
  const chromium = findChromium();
  if (process.platform === 'linux' && chromium && !words.some(isKind)) results.push(await runStart(chromium));
  for (const reason of results.flatMap(({ skipped }) => skipped)) console.log(`skipped: ${reason}`);
  if (wantsPictures) copyPictures(screenshots);
  process.exitCode = report(results) ? 0 : 1;
}

/** `npm start` counts as one test. */
async function runStart(chromium: string): Promise<TestResult> {
  console.log('\nnpm start');
  try {
    await checkStart(chromium, path.join(screenshots, 'start.png'));
    console.log('  ✔ shows the example with diagnostics and lens, and ends with Ctrl-C');
    return { ...nothing, passed: 1 };
  } catch (error) {
    console.error(error);
    return { ...nothing, failed: 1 };
  }
}

const isKind = (word: string): boolean => windowKinds.some((kind) => kind === word);

/** Prints the counts; whether the run counts as passed. */
function report(results: readonly TestResult[]): boolean {
  const sum = (count: (result: TestResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  const [passed, failed] = [sum((result) => result.passed), sum((result) => result.failed)];
  const skipped = sum((result) => result.skipped.length);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 && !(process.env.CI === 'true' && skipped > 0);
}

await main(process.argv.slice(2));

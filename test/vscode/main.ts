import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleAll, projectRoot } from '../../scripts/bundle.ts';
import { bundleTests } from './bundle-tests.ts';
import { copyFixtures } from './fixtures.ts';
import { localGolangImage } from './golang-image.ts';
import type { TestResult } from './host/test-mark.ts';
import { copyPictures } from './pictures.ts';
import { findVsCode } from './vscode-program.ts';
import { type WindowKind, windowKinds } from './window-kind.ts';

const screenshots = path.join(projectRoot, 'out', 'screenshots');

/** Runs the suite in one VS Code window per kind, on a fresh copy of the fixtures. */
async function runWindow(kind: WindowKind, program: string, suite: string): Promise<TestResult> {
  console.log(`\nVS Code window: ${kind}`);
  const fixtures = copyFixtures();
  const resultFile = path.join(projectRoot, 'out', 'vscode-tests', `${kind}.json`);
  rmSync(resultFile, { force: true });
  const trust = kind === 'restricted' ? [] : ['--disable-workspace-trust'];
  const target = kind === 'two-folders' ? path.join(fixtures.folder, 'two.code-workspace') : fixtures.folder;
  try {
    await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: suite,
      launchArgs: [target, '--disable-extensions', ...trust],
      extensionTestsEnv: {
        GO_DOCKERFILE_TEST_WINDOW: kind,
        GO_DOCKERFILE_TEST_RESULT: resultFile,
        GO_DOCKERFILE_SCREENSHOTS: screenshots,
        GO_DOCKERFILE_TEST_GOLANG: await localGolangImage(),
      },
    });
  } catch (error) {
    console.error(String(error));
    if (!existsSync(resultFile)) return { passed: 0, failed: 1, skipped: [] };
  } finally {
    fixtures.remove();
  }
  return JSON.parse(readFileSync(resultFile, 'utf8'));
}

async function main(): Promise<boolean> {
  const { suite, webHost } = await bundleTests();
  await bundleAll(true);
  const program = await findVsCode(webHost, process.argv.includes('--pictures'));
  if ('missing' in program) {
    console.log(`skipped: the tests in VS Code: ${program.missing}`);
    console.log('0 passed, 0 failed, 1 skipped');
    return process.env.CI !== 'true';
  }
  rmSync(screenshots, { recursive: true, force: true });
  mkdirSync(screenshots, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const chosen = windowKinds.filter((kind) => !process.env.ONLY_WINDOW || process.env.ONLY_WINDOW === kind);
  for (const kind of chosen) {
    const result = await runWindow(kind, program.path, suite);
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped.length;
    for (const title of result.skipped) console.log(`skipped: ${title}`);
  }
  if (process.argv.includes('--pictures')) copyPictures(screenshots);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && !(process.env.CI === 'true' && total.skipped > 0);
}

process.exitCode = (await main()) ? 0 : 1;

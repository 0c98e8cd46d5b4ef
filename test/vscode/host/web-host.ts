import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { findChromium } from '../../../scripts/vscode-host/browser.ts';
import { startVsCodeServer } from '../../../scripts/vscode-host/server.ts';
import { interrupted } from '../../../scripts/vscode-host/signals.ts';
import { type CodeArguments, parseArguments, workbenchUrl } from './arguments.ts';
import { startDriver } from './driver.ts';
import { openBrowser, type TestListener, testPage } from './workbench.ts';

/**
 * A stand-in for the `code` program where no desktop VS Code is: takes the arguments of @vscode/test-electron, runs VS
 * Code's own server with its workbench in headless Chromium, and exits with the tests' status.
 * VSCODE_WEB_ROOT and VSCODE_WEB_NODE name the server and its Node; VSCODE_WEB_VERBOSE=1 shows every log line.
 */
async function main(): Promise<number> {
  const code = parseArguments(process.argv.slice(2));
  const chromium = findChromium();
  const [root, node] = [process.env.VSCODE_WEB_ROOT, process.env.VSCODE_WEB_NODE];
  if (!chromium || !root || !node) throw new Error('CHROMIUM, VSCODE_WEB_ROOT and VSCODE_WEB_NODE are needed');
  const data = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-vscode-'));
  let page: Page | undefined;
  const driver = await startDriver(() => page);
  const options = { data, workspaceTrust: code.workspaceTrust, token: undefined, env: { UI_DRIVER: driver.url } };
  const server = await startVsCodeServer({ root, node }, options);
  const browser = await openBrowser(chromium);
  const stop = async (): Promise<void> => {
    driver.close();
    await browser.close();
    await server.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  };
  const cancelled = interrupted().then(() => 130);
  const died = once(server.process, 'exit').then(() => 3);
  try {
    const open = (created: Page): void => {
      page = created;
    };
    return await Promise.race([runTests(code, browser, server.port, open), cancelled, died]);
  } finally {
    await stop();
  }
}

async function runTests(
  code: CodeArguments,
  browser: Parameters<typeof testPage>[0],
  port: number,
  open: (page: Page) => void,
): Promise<number> {
  const held: string[] = [];
  const verbose = process.env.VSCODE_WEB_VERBOSE !== undefined;
  let ended: TestListener['ended'] = () => undefined;
  const status = new Promise<number>((resolve) => {
    ended = resolve;
  });
  const page = await testPage(browser, code, port, {
    testLine: (text) => console.log(text),
    logLine: (text) => (verbose ? console.log(text) : isNoise(text) || held.push(text)),
    ended,
  });
  open(page);
  await page.goto(workbenchUrl(port, code.target), { waitUntil: 'domcontentloaded' });
  const limit = setTimeout(ended, 400_000, 124);
  const result = await status;
  clearTimeout(limit);
  if (result === 124) await page.screenshot({ path: 'out/screenshots/timeout.png' });
  if (result !== 0) console.error(held.slice(-20).join('\n'));
  return result;
}

/** What the server says about parts it lacks because no install script ran; nothing here needs them. */
const isNoise = (text: string): boolean =>
  text.startsWith('[info]') || ['spdlog', 'watchdog', 'Service Worker'].some((part) => text.includes(part));

process.exit(await main());

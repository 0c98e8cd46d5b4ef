import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '../../scripts/bundle.ts';
import { openBrowser } from './host/workbench.ts';

const limit = 60_000;

/**
 * `npm start` as a user meets it: the packed .vsix in VS Code's server, the example's Dockerfile with diagnostics and
 * lens in a browser, no answer without the token, and nothing left after Ctrl-C. Throws with what is wrong.
 */
export async function checkStart(chromium: string, screenshot: string): Promise<void> {
  const words = ['--import', 'tsx', path.join('scripts', 'start.ts'), '--browser'];
  const child = spawn(process.execPath, words, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const address = await addressOf(child);
    await lookAt(chromium, address, screenshot);
    const stranger = await fetch(address.replace(/tkn=\w+/, 'tkn=none'));
    if (stranger.status !== 403) throw new Error(`without the token the server answers ${stranger.status}`);
    child.kill('SIGINT');
    await ended;
    const answers = await fetch(address).then(
      () => true,
      () => false,
    );
    if (answers) throw new Error('the server outlives Ctrl-C');
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of stdout ?? []) {
    output += String(chunk);
    const address = /http:\/\/127\.0\.0\.1:\S+(?=\s)/.exec(output)?.[0];
    if (address) return address;
  }
  throw new Error(`npm start printed no address: ${output}`);
}

async function lookAt(chromium: string, address: string, screenshot: string): Promise<void> {
  const browser = await openBrowser(chromium);
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
    await page.goto(address);
    await page.locator('.codelens-decoration', { hasText: 'Build' }).first().waitFor({ timeout: limit });
    await page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ timeout: limit });
    await page.screenshot({ path: screenshot });
  } finally {
    await browser.close();
  }
}

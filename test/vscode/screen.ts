import assert from 'node:assert/strict';
import { screenshotPath, until } from './editor.ts';
import type { DriverAnswer, DriverRequest, Target } from './host/driver.ts';

/** Whether a browser stands around the tests; on a desktop VS Code there are no keys, clicks and pictures. */
export const hasScreen = (): boolean => process.env.UI_DRIVER !== undefined;

/** A test that needs keys or the mouse, which a desktop VS Code does not give us: there it is skipped, and says so. */
export const itOnScreen = (title: string, test: () => Promise<void>): Mocha.Test =>
  hasScreen() ? it(title, test) : it.skip(`${title} (a desktop VS Code has no keys and mouse for tests)`, test);

/** Does it in the browser; nothing at all without one. Fails with the browser's words. */
export async function onScreen(request: DriverRequest): Promise<readonly string[]> {
  const url = process.env.UI_DRIVER;
  if (!url) return [];
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(request) });
  const answer: DriverAnswer = JSON.parse(await response.text());
  assert.equal(answer.error, undefined);
  return answer.texts ?? [];
}

/** Takes a picture as soon as every target is visible. */
export async function picture(name: string, ...targets: readonly Target[]): Promise<void> {
  for (const target of targets) await onScreen({ do: 'wait', ...target });
  await onScreen({ do: 'shot', path: screenshotPath(name) });
}

/** The texts of all code lenses on screen, once one of them fits; the empty list without a browser. */
export async function lensText(pattern: RegExp, seconds = 20): Promise<string> {
  if (!hasScreen()) return '';
  return until(
    `a lens like ${pattern}`,
    async () => {
      const texts = await onScreen({ do: 'texts', selector: '.codelens-decoration' });
      return texts.map((text) => text.replaceAll('\u00a0', ' ')).find((text) => pattern.test(text));
    },
    seconds,
  );
}

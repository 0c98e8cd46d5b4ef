import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** An element of the workbench: the first match of the selector, with this text when given. */
export interface Target {
  readonly selector: string;
  readonly hasText?: string;
  /** In the webview that is shown, instead of the workbench. */
  readonly webview?: boolean;
}

/** What a test asks the browser around it to do. `path` is absolute. */
export type DriverRequest =
  | { readonly do: 'shot'; readonly path: string }
  | { readonly do: 'press'; readonly key: string }
  | { readonly do: 'type'; readonly text: string }
  | ({ readonly do: 'click' | 'hover' | 'wait' | 'gone' } & Target)
  | { readonly do: 'texts'; readonly selector: string };

export type DriverAnswer = { readonly texts?: readonly string[]; readonly error?: string };

/** Lets the tests, which run in the extension host, use keys and the mouse and take pictures, over HTTP on loopback. */
export interface Driver {
  readonly url: string;
  readonly close: () => void;
}

/** `page` is asked for at every request, as it opens after the driver. */
export async function startDriver(page: () => Page | undefined): Promise<Driver> {
  const server = createServer(async (request, response) => {
    try {
      const current = page();
      if (!current) throw new Error('the page is not open yet');
      response.end(JSON.stringify(await perform(current, await readRequest(request))));
    } catch (error) {
      response.end(JSON.stringify({ error: String(error) } satisfies DriverAnswer));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

async function readRequest(request: IncomingMessage): Promise<DriverRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function perform(page: Page, request: DriverRequest): Promise<DriverAnswer> {
  if (request.do === 'texts') return { texts: await page.locator(request.selector).allInnerTexts() };
  if (request.do === 'shot') await shoot(page, request.path);
  else if (request.do === 'press') await page.keyboard.press(request.key);
  else if (request.do === 'type') await page.keyboard.type(request.text);
  else await point(locate(page, request), request.do);
  return {};
}

async function shoot(page: Page, file: string): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, caret: 'initial' });
}

/** VS Code puts the page of a webview in a frame of a frame. */
const webviewOf = (page: Page): FrameLocator =>
  page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

function locate(page: Page, { selector, hasText, webview }: Target): Locator {
  const all = (webview ? webviewOf(page) : page).locator(selector);
  return (hasText === undefined ? all : all.filter({ hasText })).first();
}

async function point(locator: Locator, what: 'click' | 'hover' | 'wait' | 'gone'): Promise<void> {
  const timeout = 15_000;
  if (what === 'click') await locator.click({ timeout });
  else if (what === 'hover') await locator.hover({ timeout });
  else await locator.waitFor({ timeout, state: what === 'wait' ? 'visible' : 'hidden' });
}

import { format } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { CodeArguments } from './arguments.ts';
import { testMark } from './test-mark.ts';

/** Defaults of the workbench; the user's and the workspace's settings stay empty, so `inspect()` shows what a test sets. */
const settings = {
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  // Text that tests can read, instead of a canvas.
  'terminal.integrated.gpuAcceleration': 'off',
  // No half-faded menus on pictures.
  'workbench.reduceMotion': 'on',
};

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Opens headless Chromium. Rejects when the program cannot be started. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [...quiet, '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  });

/** What the workbench tells while the tests run. */
export interface TestListener {
  /** A line for the person who runs the tests. */
  readonly testLine: (text: string) => void;
  /** Anything else that VS Code or an extension logs. */
  readonly logLine: (text: string) => void;
  /** The tests ended with this exit status. */
  readonly ended: (status: number) => void;
}

/** A page in which VS Code will load the extension and run its tests as soon as it goes to the workbench's address. */
export async function testPage(
  browser: Browser,
  { extension, tests }: CodeArguments,
  port: number,
  listener: TestListener,
): Promise<Page> {
  const deviceScaleFactor = Number(process.env.VSCODE_WEB_SCALE ?? 1);
  const viewport = { width: 1200, height: 760 };
  const context = await browser.newContext({ viewport, deviceScaleFactor, colorScheme: 'dark', locale: 'en-US' });
  const page = await context.newPage();
  // In a test run VS Code calls these two functions of the page, as its own automation does.
  await page.exposeFunction('codeAutomationExit', (status: number) => listener.ended(status));
  await page.exposeFunction('codeAutomationLog', (kind: string, words: unknown[]) => {
    const text = format(...words);
    if (text.startsWith(testMark)) listener.testLine(text.slice(testMark.length));
    else listener.logLine(`[${kind}] ${text}`);
  });
  page.on('crash', () => listener.ended(3));
  const remote = (file: string) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path: file });
  const development = { extensions: [remote(extension)], extensionTestsPath: remote(tests) };
  await page.addInitScript(adjustWorkbench, { settings, development });
  return page;
}

/**
 * Runs in the page, after its HTML is parsed and before the workbench's deferred script: built servers ignore the
 * extension in the address, and a document that a route handler fulfils may not open web sockets to loopback.
 */
function adjustWorkbench(adjustments: { readonly settings: object; readonly development: object }): void {
  // This function is sent to the browser as text, whose globals the test's types do not know.
  const { document } = globalThis as unknown as { document: BrowserDocument };
  document.addEventListener('readystatechange', () => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (document.readyState !== 'interactive' || !meta) return;
    const configuration = JSON.parse(meta.getAttribute('data-settings'));
    configuration.configurationDefaults = { ...configuration.configurationDefaults, ...adjustments.settings };
    configuration.developmentOptions = { ...configuration.developmentOptions, ...adjustments.development };
    // No look-ups at the gallery.
    delete configuration.productConfiguration?.extensionsGallery;
    meta.setAttribute('data-settings', JSON.stringify(configuration));
  });
}

interface BrowserDocument {
  readonly readyState: string;
  addEventListener(event: string, listener: () => void): void;
  getElementById(id: string): {
    getAttribute(name: string): string;
    setAttribute(name: string, value: string): void;
  } | null;
}

import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { findChromium } from '../../scripts/vscode-host/browser.ts';
import { ensureVsCodeServer } from '../../scripts/vscode-host/install.ts';
import type { WindowKind } from './window-kind.ts';

/** The program to test in, or why there is none and the line that would help. */
export type VsCodeProgram = { readonly path: string } | { readonly missing: string };

const downloadLimit = 15_000;

/** Which program runs which window. */
export type VsCodePrograms = (kind: WindowKind) => VsCodeProgram;

/**
 * The desktop VS Code named by VSCODE_EXECUTABLE, else a downloaded one where a display is, else our stand-in `webHost`
 * on VS Code's server from npm in Chromium. Only the stand-in takes pictures and opens a window without trust, because
 * @vscode/test-electron switches trust off on the desktop.
 */
export async function findVsCode(webHost: string, wantsPictures: boolean): Promise<VsCodePrograms> {
  const inBrowser = await browserProgram(webHost);
  const desktop = wantsPictures ? undefined : await desktopProgram();
  return (kind) => (desktop && kind !== 'restricted' ? { path: desktop } : inBrowser);
}

async function browserProgram(webHost: string): Promise<VsCodeProgram> {
  if (process.platform !== 'linux')
    return { missing: 'VS Code in a browser needs Linux; enable with: docker run or WSL' };
  if (!findChromium()) return { missing: 'no browser; enable with: apt-get install chromium' };
  const { root, node } = await ensureVsCodeServer();
  process.env.VSCODE_WEB_ROOT = root;
  process.env.VSCODE_WEB_NODE = node;
  return { path: webHost };
}

async function desktopProgram(): Promise<string | undefined> {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named) return named;
  // Without a display a downloaded VS Code could not open its window.
  if (process.platform === 'linux' && !process.env.DISPLAY) return undefined;
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', timeout: downloadLimit });
  } catch (error) {
    const [reason] = String(error).split('\n');
    console.log(`no desktop VS Code here (${reason})`);
    return undefined;
  }
}

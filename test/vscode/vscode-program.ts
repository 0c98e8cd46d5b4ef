import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { findChromium } from '../../scripts/vscode-host/browser.ts';
import { ensureVsCodeServer } from '../../scripts/vscode-host/install.ts';

/** The program to test in, or why there is none and the line that would help. */
export type VsCodeProgram = { readonly path: string } | { readonly missing: string };

const downloadLimit = 15_000;

/**
 * The desktop VS Code named by VSCODE_EXECUTABLE, else a downloaded one where a display is, else our stand-in `webHost`
 * on VS Code's server from npm in Chromium. Only the last can take the pictures.
 */
export async function findVsCode(webHost: string, wantsPictures: boolean): Promise<VsCodeProgram> {
  const linux = process.platform === 'linux';
  if (!wantsPictures) {
    const named = process.env.VSCODE_EXECUTABLE;
    if (named) return { path: named };
    const desktop = !linux || process.env.DISPLAY ? await downloadDesktop() : undefined;
    if (desktop) return { path: desktop };
  }
  if (!linux) return { missing: 'no desktop VS Code; enable with: export VSCODE_EXECUTABLE=/path/to/code' };
  if (!findChromium()) return { missing: 'no browser; enable with: apt-get install chromium' };
  const { root, node } = await ensureVsCodeServer();
  process.env.VSCODE_WEB_ROOT = root;
  process.env.VSCODE_WEB_NODE = node;
  return { path: webHost };
}

/** Undefined when it cannot be had, for example without a network. */
async function downloadDesktop(): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', timeout: downloadLimit });
  } catch (error) {
    const [reason] = String(error).split('\n');
    console.log(`no desktop VS Code here (${reason})`);
    return undefined;
  }
}

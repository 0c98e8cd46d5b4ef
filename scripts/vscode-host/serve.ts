import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageExtension } from '../package.ts';
import { ensureVsCodeServer } from './install.ts';
import type { Opening } from './opening.ts';
import { installVsix, type ServerOptions, startVsCodeServer } from './server.ts';
import { interrupted } from './signals.ts';

/** Defaults that keep a fresh window quiet; the user can change them in the window. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'chat.disableAIFeatures': true,
};

/**
 * Packs the extension, installs it into VS Code's server from npm, and prints the address of the workbench, which only
 * answers on this machine and to who knows the token. Resolves after Ctrl-C. Rejects off Linux: no server there.
 */
export async function serveInBrowser(opening: Opening, port: number): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('No VS Code found: put `code` on the PATH or set VSCODE_EXECUTABLE.');
  const [server, vsix] = [await ensureVsCodeServer(), await packageExtension()];
  const token = randomBytes(16).toString('hex');
  const data = path.join(opening.scratch, 'server');
  const extensions = path.join(data, 'extensions');
  const machine = path.join(data, 'data', 'Machine');
  mkdirSync(machine, { recursive: true });
  writeFileSync(path.join(machine, 'settings.json'), JSON.stringify(settings));
  const options: ServerOptions = { data, extensions, token, port, workspaceTrust: !opening.isExample };
  await installVsix(server, options, vsix);
  const end = interrupted();
  const running = await startVsCodeServer(server, options);
  console.log(
    `\nOpen in any browser on this machine:\n  ${address(running.port, token, opening.folder)}\n\nCtrl-C ends it.`,
  );
  try {
    await Promise.race([end, once(running.process, 'exit')]);
  } finally {
    await running.stop();
  }
}

/** The Dockerfile is opened with the folder when there is one. */
function address(port: number, token: string, folder: string): string {
  const query = new URLSearchParams({ tkn: token, folder });
  const dockerfile = path.join(folder, 'Dockerfile');
  const file = `vscode-remote://127.0.0.1:${port}${dockerfile}`;
  if (existsSync(dockerfile)) query.set('payload', JSON.stringify([['openFile', file]]));
  return `http://127.0.0.1:${port}/?${query}`;
}

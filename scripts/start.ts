import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleAll, projectRoot } from './bundle.ts';
import { findDesktop } from './vscode-host/browser.ts';
import { startDesktop } from './vscode-host/desktop.ts';
import type { Opening } from './vscode-host/opening.ts';
import { serveInBrowser } from './vscode-host/serve.ts';

/**
 * `npm start [-- --folder DIR] [--browser] [--port N]`: VS Code with this extension on a copy of the example, until
 * Ctrl-C; `--browser` even where a desktop VS Code is.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { folder: { type: 'string' }, port: { type: 'string' }, browser: { type: 'boolean' } },
  });
  const scratch = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-start-')));
  const example = path.join(scratch, 'hello-web');
  // npm runs scripts in the package's folder; INIT_CWD is where the user stands.
  const folder = values.folder && path.resolve(process.env.INIT_CWD ?? process.cwd(), values.folder);
  try {
    if (!folder) cpSync(path.join(projectRoot, 'examples', 'hello-web'), example, { recursive: true });
    const opening: Opening = { folder: folder ?? example, isExample: !folder, scratch };
    const desktop = values.browser ? undefined : findDesktop();
    if (desktop) await bundleAll(false);
    if (desktop) await startDesktop(desktop, opening);
    else await serveInBrowser(opening, Number(values.port ?? 0));
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

await main();

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../bundle.ts';
import type { Opening } from './opening.ts';
import { interrupted } from './signals.ts';

/** Opens the folder in a desktop VS Code that loads the extension from this checkout; resolves when its window closes. */
export async function startDesktop(code: string, { folder, isExample, scratch }: Opening): Promise<void> {
  const dockerfile = path.join(folder, 'Dockerfile');
  const words = ['--new-window', '--wait', `--extensionDevelopmentPath=${projectRoot}`];
  words.push(`--user-data-dir=${path.join(scratch, 'user')}`, ...(isExample ? ['--disable-workspace-trust'] : []));
  words.push(folder, ...(existsSync(dockerfile) ? [dockerfile] : []));
  // On Windows `code` is a script of cmd, which Node starts only through the shell.
  const windowsScript = process.platform === 'win32' && code.endsWith('.cmd');
  const child = windowsScript
    ? spawn('cmd.exe', ['/d', '/c', code, ...words], { stdio: 'inherit' })
    : spawn(code, words, { stdio: 'inherit' });
  console.log('VS Code is open; Ctrl-C or closing its window ends it.');
  const stop = (): void => void child.kill('SIGTERM');
  void interrupted().then(stop);
  await once(child, 'exit');
}

// Plain JavaScript, because it runs before anything is installed: brings node_modules up to date with the lock file,
// then runs a TypeScript file with tsx. Usage: node scripts/with-setup.mjs FILE [ARGUMENTS]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} is too old: Go Dockerfile needs Node 20.19 or newer (https://nodejs.org).`,
  );
  process.exit(2);
}

const stamp = join(root, 'node_modules', '.go-dockerfile-setup');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(process.platform + process.arch)
  .digest('hex');

// Not `npm ci`: it refuses a lock file without an entry for every platform's optional binary, and a mirror of the
// registry may lack some. With --no-save the lock file decides the versions and stays as it is.
const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing dependencies …');
  const windows = process.platform === 'win32';
  const npm = spawnSync(windows ? 'npm.cmd' : 'npm', install, {
    cwd: root,
    stdio: 'inherit',
    shell: windows, // npm is a .cmd file there; the arguments are constants
  });
  if (npm.status !== 0) {
    console.error('npm install failed: see above. A reachable npm registry is needed the first time.');
    process.exit(npm.status ?? 1);
  }
  writeFileSync(stamp, lock);
}

const [file = '', ...rest] = process.argv.slice(2);
const child = spawn(process.execPath, ['--import', 'tsx', join(root, file), ...rest], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

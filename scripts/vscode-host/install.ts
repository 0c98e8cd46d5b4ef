import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../bundle.ts';

const run = promisify(execFile);

/** Ignored by git; holds what is fetched from npm only when it is needed, because it is large. */
const folder = path.join(projectRoot, 'out', 'vscode-host');
const modules = path.join(folder, 'node_modules');

/** VS Code's server and the Node that runs it, both absolute paths. */
export interface VsCodeServer {
  readonly root: string;
  readonly node: string;
}

/** The lowest Node that VS Code's server and vsce run on. */
const newestNeeded = 22;

/** Our own Node when it is new enough, else one from npm (Linux). Throws when npm cannot fetch it. */
export async function ensureModernNode(): Promise<string> {
  if (Number(process.versions.node.split('.')[0]) >= newestNeeded) return process.execPath;
  const name = `node-linux-${process.arch}`;
  await ensurePackages([`${name}@24`]);
  return path.join(modules, name, 'bin', 'node');
}

/** vsce's entry script. Throws when npm cannot fetch it. */
export async function ensureVsce(): Promise<string> {
  await ensurePackages(['@vscode/vsce@4.1.0']);
  return path.join(modules, '@vscode', 'vsce', 'vsce');
}

/** VS Code's own server out of the npm package code-server: about 800 MB and 25 s the first time. Linux only. */
export async function ensureVsCodeServer(): Promise<VsCodeServer> {
  const node = await ensureModernNode();
  await ensurePackages(['code-server@4.139.1']);
  const root = path.join(modules, 'code-server', 'lib', 'vscode');
  // The package leaves its own dependencies to an install script, which we do not run; they are pinned by its shrinkwrap.
  if (!existsSync(path.join(root, 'installed'))) {
    await npm(root, ['install', '--omit=dev']);
    writeFileSync(path.join(root, 'installed'), '');
  }
  return { root, node };
}

async function ensurePackages(packages: readonly string[]): Promise<void> {
  const missing = packages.filter((name) => !existsSync(path.join(modules, name.slice(0, name.lastIndexOf('@')))));
  if (!missing.length) return;
  mkdirSync(folder, { recursive: true });
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}\n');
  console.log(`Fetching ${missing.join(', ')} from npm (once)`);
  await npm(folder, ['install', ...missing]);
}

async function npm(cwd: string, words: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false', '--loglevel=error'];
  // npm is a script of cmd on Windows; there only vsce comes this way, through npm's own entry.
  const entry = process.env.npm_execpath;
  const [program, first] = entry ? [process.execPath, [entry]] : ['npm', []];
  await run(program, [...first, ...words, ...quiet], { cwd, maxBuffer: 1 << 26 });
}

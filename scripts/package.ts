import { execFile } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleAll, projectRoot } from './bundle.ts';
import { ensureModernNode, ensureVsce } from './vscode-host/install.ts';

const run = promisify(execFile);
const limit = 1_000_000;

/** Bundles and packs the extension; the absolute path of the .vsix. Throws when vsce complains or it is over 1 MB. */
export async function packageExtension(): Promise<string> {
  const [node, vsce] = [await ensureModernNode(), await ensureVsce()];
  await bundleAll(false);
  const file = path.join(projectRoot, 'out', 'go-dockerfile.vsix');
  mkdirSync(path.dirname(file), { recursive: true });
  // Everything is in the bundles, so the dependencies stay out.
  await run(node, [vsce, 'package', '--no-dependencies', '--out', file], { cwd: projectRoot });
  const { size } = statSync(file);
  if (size > limit) throw new Error(`${file} has ${size} bytes, the limit is ${limit}`);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = await packageExtension();
  console.log(`${path.relative(projectRoot, file)}: ${(statSync(file).size / 1000).toFixed(0)} kB`);
}

import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { bundleAll, projectRoot } from '../bundle.ts';
import { packageExtension } from '../package.ts';
import { bytes, type Row } from './table.ts';

/** Bundles, and packs where vsce can be had, then lists the sizes. */
export async function measureSizes(): Promise<readonly Row[]> {
  const packed = await packageExtension().catch((error: unknown) => {
    console.error(`no .vsix: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  if (packed === undefined) await bundleAll(false);
  const dist = path.join(projectRoot, 'dist');
  const bundles = readdirSync(dist).map((name) => path.join(dist, name));
  const files = [...bundles, ...(packed === undefined ? [] : [packed])];
  return files
    .filter((file) => existsSync(file) && statSync(file).size > 1000)
    .map((file): Row => [`size of ${path.relative(projectRoot, file)}`, bytes(statSync(file).size), '', '']);
}

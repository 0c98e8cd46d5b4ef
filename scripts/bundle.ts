import { chmodSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** The folder of package.json, absolute. */
export const projectRoot = path.resolve(import.meta.dirname, '..');

interface Bundle {
  readonly entry: string;
  readonly file: string;
  readonly executable?: boolean;
}

const bundles: readonly Bundle[] = [
  { entry: 'client/extension.ts', file: 'dist/client.cjs' },
  { entry: 'server/lsp/main.ts', file: 'dist/server.cjs' },
  { entry: 'server/cli/main.ts', file: 'dist/cli.cjs', executable: true },
];

function optionsOf(bundle: Bundle, development: boolean): BuildOptions {
  return {
    absWorkingDir: projectRoot,
    entryPoints: [bundle.entry],
    outfile: bundle.file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // VS Code 1.91 runs extensions on Node 20.9.
    target: 'node20.9',
    // Some language libraries are UMD in `main`, which hides their requires from a bundler.
    mainFields: ['module', 'main'],
    external: ['vscode'],
    minify: !development,
    sourcemap: development,
    legalComments: 'none',
    logLevel: 'warning',
    ...(bundle.executable ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  };
}

/** Writes dist/client.cjs, dist/server.cjs and dist/cli.cjs. Throws when a source does not build. */
export async function bundleAll(development: boolean): Promise<void> {
  rmSync(path.join(projectRoot, 'dist'), { recursive: true, force: true });
  const present = bundles.filter((bundle) => existsSync(path.join(projectRoot, bundle.entry)));
  await Promise.all(present.map((bundle) => build(optionsOf(bundle, development))));
  for (const bundle of present) if (bundle.executable) chmodSync(path.join(projectRoot, bundle.file), 0o755);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundleAll(process.argv.includes('--dev'));

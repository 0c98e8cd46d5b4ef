import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** The folder of package.json, absolute. */
export const projectRoot = path.resolve(import.meta.dirname, '..');

interface Bundle {
  readonly entry: string;
  readonly file: string;
}

const bundles: readonly Bundle[] = [
  { entry: 'client/extension.ts', file: 'dist/client.cjs' },
  { entry: 'server/entries.ts', file: 'dist/programs.cjs' },
];

/** What is started: a line that calls an export of `dist/programs.cjs`. */
const programs = {
  'dist/server.cjs': `require('./programs.cjs').lsp();\n`,
  'dist/cli.cjs': `#!/usr/bin/env node\nrequire('./programs.cjs').cli();\n`,
} as const;

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
  };
}

/** Writes dist/: the bundles and the programs. Throws when a source does not build. */
export async function bundleAll(development: boolean): Promise<void> {
  rmSync(path.join(projectRoot, 'dist'), { recursive: true, force: true });
  await Promise.all(bundles.map((bundle) => build(optionsOf(bundle, development))));
  for (const [file, text] of Object.entries(programs))
    writeFileSync(path.join(projectRoot, file), text, { mode: 0o755 });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundleAll(process.argv.includes('--dev'));

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

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

/** Libraries as large as all rules that not every run needs: files of their own, read when they are first asked for. */
const libraries: ReadonlyMap<string, string> = new Map([
  ['codemirror-lang-hcl', 'hcl.cjs'],
  ['dockerfile-language-service', 'syntax.cjs'],
  ['vscode-languageserver/node', 'protocol.cjs'],
  ['yaml', 'yaml.cjs'],
  ['zstddec/stream', 'zstd.cjs'],
]);

const apart: Plugin = {
  name: 'libraries apart',
  setup({ onResolve }) {
    onResolve({ filter: /^[a-z]/ }, ({ path: name }) => {
      const file = libraries.get(name);
      return file === undefined ? undefined : { path: `./${file}`, external: true };
    });
  },
};

/** Node 22.1 and newer keep what they compiled for the next start. */
const cached = `require('node:module').enableCompileCache?.();\n`;

/** What is started: lines that call an export of `dist/programs.cjs`. */
const programs = {
  'dist/server.cjs': `${cached}require('./programs.cjs').lsp();\n`,
  'dist/cli.cjs': `#!/usr/bin/env node\n${cached}require('./programs.cjs').cli();\n`,
} as const;

function commonOptions(development: boolean): BuildOptions {
  return {
    absWorkingDir: projectRoot,
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

function ofSources({ entry, file }: Bundle, development: boolean): BuildOptions {
  const isClient = entry.startsWith('client/');
  return { ...commonOptions(development), entryPoints: [entry], outfile: file, plugins: isClient ? [] : [apart] };
}

function ofLibrary([name, file]: readonly [string, string], development: boolean): BuildOptions {
  const stdin = { contents: `export * from '${name}';`, resolveDir: projectRoot };
  return { ...commonOptions(development), stdin, outfile: `dist/${file}` };
}

/** Writes dist/: the bundles and the programs. Throws when a source does not build. */
export async function bundleAll(development: boolean): Promise<void> {
  rmSync(path.join(projectRoot, 'dist'), { recursive: true, force: true });
  const all = [
    ...bundles.map((bundle) => ofSources(bundle, development)),
    ...[...libraries].map((library) => ofLibrary(library, development)),
  ];
  await Promise.all(all.map((options) => build(options)));
  for (const [file, text] of Object.entries(programs))
    writeFileSync(path.join(projectRoot, file), text, { mode: 0o755 });
}

/**
 * Builds a script as what we ship is built, which tsx does not: it wraps every function that it names. Answers with the
 * file, absolute; libraries named `external` stay as they are installed. Throws when a source does not build.
 */
export async function bundleScript(entry: string, external: readonly string[]): Promise<string> {
  const outfile = path.join(projectRoot, 'out', 'scripts', `${path.basename(entry, '.ts')}.cjs`);
  const common = commonOptions(false);
  await build({ ...common, entryPoints: [entry], outfile, external: [...external] });
  return outfile;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundleAll(process.argv.includes('--dev'));

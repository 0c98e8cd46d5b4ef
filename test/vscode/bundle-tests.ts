import { chmodSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../../scripts/bundle.ts';

/** Absolute paths of what was made. */
export interface TestBundles {
  readonly suite: string;
  readonly webHost: string;
}

/** Bundles the suite (VS Code loads CommonJS) and the stand-in for `code` (which must be a program). */
export async function bundleTests(): Promise<TestBundles> {
  const folder = path.join(projectRoot, 'out', 'vscode-tests');
  const [suite, webHost] = [path.join(folder, 'suite.cjs'), path.join(folder, 'web-host.mjs')];
  const common = { absWorkingDir: projectRoot, bundle: true, platform: 'node', logLevel: 'warning' } as const;
  await build({
    ...common,
    entryPoints: ['test/vscode/suite.ts'],
    outfile: suite,
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
  await build({
    ...common,
    entryPoints: ['test/vscode/host/web-host.ts'],
    outfile: webHost,
    format: 'esm',
    packages: 'external',
    banner: { js: `#!${process.execPath}` },
  });
  chmodSync(webHost, 0o755);
  return { suite, webHost };
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

type Import = readonly [folder: string, module: string];

const forbidden: readonly Import[] = [
  ['server/analysis', 'node:fs'],
  ['server/analysis', 'vscode'],
  ['server/analysis', 'vscode-languageserver/node'],
  ['server/analysis', '../lsp/server.ts'],
  ['server/analysis', '../project/projects.ts'],
  ['server/analysis/dockerfile', '../../image/build.ts'],
  ['server/analysis/rules', './pin-base-image.ts'],
  ['server/analysis/rules', 'node:path'],
  ['server/analysis/rules', 'dockerfile-ast'],
  ['server/generate', 'node:fs'],
  ['server/generate', '../image/build.ts'],
  ['server/project', '../lsp/server.ts'],
  ['server/image', 'vscode-languageserver/node'],
  ['server/lsp', '../cli/main.ts'],
  ['server/cli', '../lsp/server.ts'],
  ['client', '../server/analysis/analyze.ts'],
  ['client', '../server/lsp/server.ts'],
];

const allowed: readonly Import[] = [
  ['server/analysis/rules', '../trace/questions.ts'],
  ['server/analysis', 'unbash'],
  ['server/project', 'node:fs'],
  ['server/lsp', '../analysis/analyze.ts'],
  ['client', '../server/protocol.ts'],
  ['client', 'vscode'],
];

/** Lints one file for each import in a copy of the tree's shape; gives the files in which a boundary was crossed. */
const crossings = (imports: readonly Import[]): ReadonlySet<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'go-dockerfile-boundaries-'));
  try {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [index, [place, module]] of imports.entries()) {
      const file = join(folder, place, `case-${index}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { thing } from '${module}';\n\nexport const other = thing;\n`);
    }
    const biome = resolve(root, 'node_modules/.bin/biome');
    const { stdout } = spawnSync(biome, ['lint', '--reporter=github', '--max-diagnostics=none', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const lines = stdout.split('\n').filter((line) => /noRestrictedImports|noNodejsModules/.test(line));
    return new Set(lines.flatMap((line) => /case-\d+/.exec(line)?.[0] ?? []));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('boundaries', () => {
  it('are checked: every forbidden import is found', () => {
    const found = crossings(forbidden);
    assert.deepEqual(
      forbidden.filter((_, index) => !found.has(`case-${index}`)),
      [],
    );
  });

  it('let through what the table allows', () => {
    const found = crossings(allowed);
    assert.deepEqual(
      allowed.filter((_, index) => found.has(`case-${index}`)),
      [],
    );
  });
});

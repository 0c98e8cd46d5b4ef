import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What Biome says of a file with this text at this place; nothing is written. */
const lint = (path: string, text: string): string => {
  const { stdout, stderr } = spawnSync(
    resolve(root, 'node_modules/.bin/biome'),
    ['lint', `--stdin-file-path=${path}`],
    { cwd: root, input: text, encoding: 'utf8' },
  );
  return stdout + stderr;
};

const forbidden: readonly (readonly [path: string, module: string])[] = [
  ['server/analysis/x.ts', 'node:fs'],
  ['server/analysis/x.ts', 'vscode'],
  ['server/analysis/x.ts', 'vscode-languageserver/node'],
  ['server/analysis/x.ts', '../lsp/server.ts'],
  ['server/analysis/x.ts', '../project/projects.ts'],
  ['server/analysis/dockerfile/x.ts', '../../image/build.ts'],
  ['server/analysis/rules/x.ts', './pin-base-image.ts'],
  ['server/analysis/rules/x.ts', 'node:path'],
  ['server/analysis/rules/x.ts', 'dockerfile-ast'],
  ['server/generate/x.ts', 'node:fs'],
  ['server/generate/x.ts', '../image/build.ts'],
  ['server/project/x.ts', '../lsp/server.ts'],
  ['server/image/x.ts', 'vscode-languageserver/node'],
  ['server/lsp/x.ts', '../cli/main.ts'],
  ['server/cli/x.ts', '../lsp/server.ts'],
  ['client/x.ts', '../server/analysis/analyze.ts'],
  ['client/x.ts', '../server/lsp/server.ts'],
];

const allowed: readonly (readonly [path: string, module: string])[] = [
  ['server/analysis/rules/x.ts', '../trace/questions.ts'],
  ['server/analysis/x.ts', 'unbash'],
  ['server/project/x.ts', 'node:fs'],
  ['server/lsp/x.ts', '../analysis/analyze.ts'],
  ['client/x.ts', '../server/protocol.ts'],
  ['client/x.ts', 'vscode'],
];

const importing = (module: string): string => `import { thing } from '${module}';\n\nexport const other = thing;\n`;

describe('boundaries', () => {
  for (const [path, module] of forbidden) {
    it(`${path} may not import ${module}`, () => {
      assert.match(lint(path, importing(module)), /noRestrictedImports|noNodejsModules/);
    });
  }
  for (const [path, module] of allowed) {
    it(`${path} may import ${module}`, () => {
      assert.doesNotMatch(lint(path, importing(module)), /noRestrictedImports|noNodejsModules/);
    });
  }
});

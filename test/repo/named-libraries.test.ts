import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

/** The user named them, with the folder where each works: not up for change, also where own code would be quicker. */
const named = {
  'vscode-languageclient': 'client',
  'vscode-languageserver': 'server/lsp',
  'dockerfile-language-service': 'server/lsp',
  'dockerfile-ast': 'server/analysis/dockerfile',
} as const;

describe('the libraries that the user named', () => {
  for (const [library, folder] of Object.entries(named)) {
    it(`${library} is shipped and does its work in ${folder}`, () => {
      assert.ok(Object.hasOwn(manifest.dependencies, library), 'named by the user: it stays among the dependencies');
      const texts = readdirSync(folder)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(path.join(folder, name), 'utf8'));
      assert.ok(
        texts.some((text) => text.includes(`from '${library}`) || text.includes(`import('${library}`)),
        'named by the user: it does the work there',
      );
    });
  }
});

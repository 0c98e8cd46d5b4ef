import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Range } from 'vscode-languageserver/node';
import { openProjects } from '../../server/lsp/projects.ts';
import { inFolder } from '../project/folder.ts';
import { startClient } from './client.ts';
import { testRooms } from './rooms.ts';
import { clean, rangeOf } from './samples.ts';

const compose = 'services:\n  web:\n    build: .\n    mem_limit: 64m\n';
const files = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'compose.yaml': compose,
  Dockerfile: clean,
};
const title = 'Set GOMEMLIMIT in compose.yaml, to nine tenths of the limit';

describe('a compose file', () => {
  it('is mended from the Dockerfile and in itself, unless it has unsaved changes; it is no Dockerfile', () =>
    inFolder(files, async (folder) => {
      const client = await startClient({ ...testRooms(), projects: openProjects() });
      const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
      const [uri, composeUri] = [uriOf('Dockerfile'), uriOf('compose.yaml')];
      const offered = async (at: string, range: Range): Promise<CodeAction | undefined> =>
        (await client.actions(at, range)).find((action) => action.title === title);
      const command = rangeOf(clean, 'ENTRYPOINT');
      await client.open(uri, clean);
      const [change] = (await offered(uri, command))?.edit?.documentChanges ?? [];
      assert.ok(change && 'edits' in change);
      const start = { line: 2, character: 0 };
      const newText = '    environment:\n      GOMEMLIMIT: 57MiB\n';
      assert.deepEqual(
        [change.textDocument.uri, change.edits],
        [composeUri, [{ range: { start, end: start }, newText }]],
      );
      await client.open(composeUri, compose);
      assert.deepEqual(await client.diagnostics(composeUri), []);
      assert.ok(await offered(composeUri, rangeOf(compose, '64m')));
      await client.change(composeUri, 2, `# mine\n${compose}`);
      assert.equal(await offered(uri, command), undefined);
      await client.stop();
    }));
});

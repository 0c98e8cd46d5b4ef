import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { openProjects } from '../../server/lsp/projects.ts';
import { type FixAllOutcome, serverCommands } from '../../server/protocol.ts';
import { inFolder } from '../project/folder.ts';
import { startClient } from './client.ts';
import { testRooms } from './rooms.ts';
import { broken, clean, project } from './samples.ts';

describe('commands', () => {
  it('refuse arguments of another shape with a sentence', async () => {
    const client = await startClient(testRooms());
    await assert.rejects(client.execute(serverCommands.build, {}), /needs \{ uri \}/);
    await assert.rejects(client.execute(serverCommands.generate, { folder: '/x' }), /needs \{ choices \}/);
    await assert.rejects(client.execute('docker.command.convertToUppercase', {}), /no command docker/);
    await client.stop();
  });

  it('are ours alone', async () => {
    const client = await startClient(testRooms());
    const { commands } = client.initialized.capabilities.executeCommandProvider ?? {};
    assert.deepEqual(commands, Object.values(serverCommands));
    await client.stop();
  });

  it('plan and generate', async () => {
    const client = await startClient(testRooms());
    await assert.rejects(client.execute(serverCommands.plan, { folder: '/empty' }), /nothing in \/empty/);
    const choices = { main: './cmd/api', base: 'alpine' };
    const files = await client.execute(serverCommands.generate, { folder: '/project', choices });
    assert.deepEqual(files, { dockerfile: '# /project', dockerignore: './cmd/api', beside: [] });
    const wrong = { main: '.', base: 'alpin' };
    await assert.rejects(
      client.execute(serverCommands.generate, { folder: '/project', choices: wrong }),
      /base cannot be "alpin"/,
    );
    await client.stop();
  });

  it('improve an open Dockerfile in its build context', async () => {
    const rooms = testRooms(['/project']);
    rooms.setFacts(project);
    const client = await startClient(rooms);
    const uri = 'file:///project/Dockerfile';
    await client.open(uri, clean);
    const made = await client.execute(serverCommands.improve, { uri });
    assert.deepEqual(made, { dockerfile: `${clean}# better\n`, notKept: [] });
    const unknown = await client.execute<object>(serverCommands.improve, { uri: 'file:///elsewhere/Dockerfile' });
    assert.ok('reason' in unknown);
    await client.stop();
  });

  it('make one edit of all safe fixes, in project files as well', () =>
    inFolder(
      {
        'go.mod': 'module example.com/app\n\ngo 1.25\n',
        'main.go': 'package main\n\nfunc main() {}\n',
        '.dockerignore': 'bin\ngo.mod\n*.go\n',
        Dockerfile: broken,
      },
      async (folder) => {
        const client = await startClient({ ...testRooms(), projects: openProjects() });
        const [uri, ignore] = ['Dockerfile', '.dockerignore'].map(
          (name) => pathToFileURL(path.join(folder, name)).href,
        );
        assert.ok(uri && ignore);
        const fixAll = (): Promise<FixAllOutcome<WorkspaceEdit>> => client.execute(serverCommands.fixAll, { uri });
        await client.open(uri, broken);
        const { edit, files } = await fixAll();
        assert.deepEqual(files, ['.dockerignore']);
        const texts = await Promise.all([ignore, uri].map((file) => textAfter(edit, file)));
        assert.deepEqual(texts, ['bin\n', clean]);
        await client.open(ignore, 'bin\ngo.mod\n*.go\n# mine\n');
        const unsaved = await fixAll();
        assert.deepEqual([unsaved.files, unsaved.edit?.documentChanges?.length], [[], 1]);
        await client.stop();
      },
    ));
});

async function textAfter(edit: WorkspaceEdit | undefined, uri: string): Promise<string> {
  const text = await readFile(fileURLToPath(uri), 'utf8');
  const edits = (edit?.documentChanges ?? []).flatMap((change) =>
    'edits' in change && change.textDocument.uri === uri ? change.edits.filter((one) => 'newText' in one) : [],
  );
  return TextDocument.applyEdits(TextDocument.create(uri, '', 0, text), edits);
}

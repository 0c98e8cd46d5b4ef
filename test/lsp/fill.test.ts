import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver/node';
import { clientCommands, type GeneratePlan } from '../../server/protocol.ts';
import { startClient, type TestClient } from './client.ts';
import { testRooms } from './rooms.ts';
import { clean, project } from './samples.ts';

const uri = 'file:///project/Dockerfile';

const started = async (options = {}): Promise<TestClient> => {
  const rooms = testRooms(['/project']);
  rooms.setFacts(project);
  const plan = { why: 'scratch: static binary.' } as GeneratePlan;
  const files = { dockerfile: 'FROM scratch\n', dockerignore: '', beside: [] };
  const improve = () => Promise.resolve({ reason: 'no' });
  const generator = { plan: () => Promise.resolve(plan), generate: () => Promise.resolve(files), improve };
  return startClient({ ...rooms, generator }, options);
};

const complete = (client: TestClient, line: number, character: number): Promise<readonly CompletionItem[]> =>
  client.connection.sendRequest('textDocument/completion', { textDocument: { uri }, position: { line, character } });

describe('an empty Dockerfile', () => {
  it('has a lens that opens the wizard for the project around it', async () => {
    const client = await started();
    await client.open(uri, '# syntax=docker/dockerfile:1\n\n');
    const [lens] = await client.lenses(uri);
    assert.equal(lens?.command?.title, 'Fill from this Go project');
    assert.equal(lens?.command?.command, clientCommands.generate);
    assert.deepEqual(lens?.command?.arguments, [uri]);
    await client.stop();
  });

  it('is completed with the whole recommended text, which replaces what was typed', async () => {
    const client = await started({ options: {} });
    await client.open(uri, '# mine\nFR');
    assert.deepEqual(await client.lenses(uri), []);
    const [item] = await complete(client, 1, 2);
    assert.equal(item?.label, 'Fill from this Go project');
    assert.equal(item?.detail, 'scratch: static binary.');
    assert.deepEqual(item?.textEdit, {
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } },
      newText: 'FROM scratch\n',
    });
    assert.match(item?.filterText ?? '', /^FR /);
    await client.stop();
  });

  it('is none when it has an instruction, or no program is near', async () => {
    const client = await started();
    await client.open(uri, clean);
    assert.deepEqual(await complete(client, 1, 0), []);
    await client.stop();
    const empty = testRooms(['/project']);
    const other = await startClient(empty);
    await other.open(uri, '');
    assert.deepEqual(await complete(other, 0, 0), []);
    assert.deepEqual(await other.lenses(uri), []);
    await other.stop();
  });
});

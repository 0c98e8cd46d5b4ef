import assert from 'node:assert/strict';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { clientCommands } from '../../server/protocol.ts';
import { everything, startClient, type TestClient } from './client.ts';
import { testRooms } from './rooms.ts';
import { broken, clean, project, rangeOf } from './samples.ts';

const uri = 'file:///project/Dockerfile';

async function startWith(text: string, options: Parameters<typeof startClient>[1] = {}): Promise<TestClient> {
  const rooms = testRooms();
  rooms.setFacts(project);
  const client = await startClient(rooms, options);
  await client.open(uri, text);
  return client;
}

const editsOf = (action: CodeAction | undefined): readonly TextEdit[] => {
  const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  return (change?.edits ?? []) as TextEdit[];
};

const applied = (text: string, action: CodeAction | undefined): string =>
  TextDocument.applyEdits(TextDocument.create(uri, 'dockerfile', 1, text), [...editsOf(action)]);

describe('code actions', () => {
  it('offer fix, ignoring and documentation, in this order', async () => {
    const client = await startWith(broken);
    const [diagnostic] = await client.diagnostics(uri);
    assert.ok(diagnostic);
    const actions = await client.actions(uri, diagnostic.range, undefined, [diagnostic]);
    assert.equal(applied(broken, actions[0]), clean);
    assert.deepEqual(
      actions.map(({ isPreferred }) => isPreferred === true),
      actions.map((_, index) => index === 0),
    );
    assert.ok(
      actions.every(({ kind, diagnostics }) => kind === 'quickfix' && diagnostics?.[0]?.code === diagnostic.code),
    );
    const [ignore, documentation] = actions.slice(-2);
    assert.equal(ignore?.title, 'Ignore copy-built-file here');
    assert.match(applied(broken, ignore), /\n# go-dockerfile ignore=copy-built-file\nCOPY --from/);
    assert.deepEqual(documentation?.command?.command, clientCommands.showDocumentation);
    assert.deepEqual(documentation?.command?.arguments, ['copy-built-file']);
    await client.stop();
  });

  it('are silent away from a finding', async () => {
    const client = await startWith(broken);
    assert.deepEqual(await client.actions(uri, rangeOf(broken, 'WORKDIR')), []);
    await client.stop();
  });

  it('show no documentation where the client has no command for it', async () => {
    const client = await startWith(broken, { options: {} });
    const actions = await client.actions(uri, rangeOf(broken, '/out/server'));
    assert.ok(actions.length > 0);
    assert.ok(actions.every(({ command }) => command === undefined));
    await client.stop();
  });

  it('fix everything only when asked by name', async () => {
    const client = await startWith(broken);
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const unasked = await client.actions(uri, whole);
    assert.ok(unasked.every(({ kind }) => kind === 'quickfix'));
    for (const only of ['source', 'source.fixAll', 'source.fixAll.goDockerfile']) {
      const actions = await client.actions(uri, whole, [only]);
      assert.deepEqual(
        actions.map(({ kind }) => kind),
        ['source.fixAll.goDockerfile'],
      );
      assert.equal(applied(broken, actions[0]), clean);
      assert.deepEqual(
        editsOf(actions[0]).map(({ range }) => range.start.line),
        [8],
      );
    }
    assert.deepEqual(await client.actions(uri, whole, ['source.organizeImports']), []);
    await client.stop();
  });

  it('offer no fix-all when nothing can be fixed', async () => {
    const client = await startWith(clean);
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    assert.deepEqual(await client.actions(uri, whole, ['source.fixAll']), []);
    await client.stop();
  });

  it('are versioned where the client can check that, plain elsewhere', async () => {
    const client = await startWith(broken);
    const [versioned] = await client.actions(uri, rangeOf(broken, '/out/server'));
    assert.deepEqual(
      versioned?.edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
      [{ uri, version: 1 }],
    );
    await client.stop();
    const simple = await startWith(broken, { capabilities: { textDocument: everything.textDocument ?? {} } });
    const [plain] = await simple.actions(uri, rangeOf(broken, '/out/server'));
    assert.deepEqual(Object.keys(plain?.edit?.changes ?? {}), [uri]);
    await simple.stop();
  });
});

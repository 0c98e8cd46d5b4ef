import assert from 'node:assert/strict';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { documentationUrl } from '../../server/analysis/documentation.ts';
import { notifications } from '../../server/protocol.ts';
import { everything, startClient, type TestClient } from './client.ts';
import { testRooms } from './rooms.ts';
import { broken, clean, notGo, project, rangeOf } from './samples.ts';

const uri = 'file:///project/Dockerfile';

const roomsWithProject = (): ReturnType<typeof testRooms> => {
  const rooms = testRooms();
  rooms.setFacts(project);
  return rooms;
};

describe('diagnostics', () => {
  it('names source, rule, page and the steps behind the verdict', async () => {
    const client = await startClient(roomsWithProject());
    await client.open(uri, broken);
    const [diagnostic, ...others] = await client.diagnostics(uri);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.source, 'go-dockerfile');
    assert.equal(diagnostic.code, 'copy-built-file');
    assert.deepEqual(diagnostic.range, rangeOf(broken, '/out/server'));
    assert.equal(diagnostic.codeDescription?.href, documentationUrl('copy-built-file'));
    assert.equal(diagnostic.relatedInformation?.[0]?.location.range.start.line, 5);
    assert.deepEqual(diagnostic.data.rule, 'copy-built-file');
    await client.stop();
  });

  it('answers unchanged while nothing changed, and follows edits', async () => {
    const client = await startClient(roomsWithProject());
    await client.open(uri, broken);
    const first = await client.pull(uri);
    assert.equal(first.kind, 'full');
    const again = await client.pull(uri, first.resultId);
    assert.equal(again.kind, 'unchanged');
    await client.change(uri, 2, '/out/app', rangeOf(broken, '/out/server'));
    const third = await client.pull(uri, first.resultId);
    assert.deepEqual(third.kind === 'full' && third.items, []);
    await client.stop();
  });

  it('is silent about Dockerfiles without Go and about ignore files', async () => {
    const client = await startClient(roomsWithProject());
    const ignore = 'file:///project/Dockerfile.dockerignore';
    await client.open(uri, notGo);
    await client.open(ignore, broken);
    assert.deepEqual([...(await client.diagnostics(uri)), ...(await client.diagnostics(ignore))], []);
    await client.stop();
  });

  it('leaves out what the client cannot show', async () => {
    const capabilities = { textDocument: { diagnostic: {} } };
    const client = await startClient(roomsWithProject(), { capabilities });
    await client.open(uri, broken);
    const [diagnostic] = await client.diagnostics(uri);
    assert.equal(diagnostic?.codeDescription, undefined);
    assert.equal(diagnostic?.relatedInformation, undefined);
    await client.stop();
  });

  it('is pushed to clients that cannot pull, and taken back when the file is closed', async () => {
    const client = await startClient(roomsWithProject(), { capabilities: {} });
    const pushed = (): Promise<PublishDiagnosticsParams> => client.next('textDocument/publishDiagnostics');
    const opened = pushed();
    await client.open(uri, broken);
    assert.deepEqual(
      (await opened).diagnostics.map(({ code }) => code),
      ['copy-built-file'],
    );
    const changed = pushed();
    await client.change(uri, 2, clean);
    assert.deepEqual({ ...(await changed) }, { uri, version: 2, diagnostics: [] });
    const broke = pushed();
    await client.change(uri, 3, broken);
    assert.equal((await broke).diagnostics.length, 1);
    const closed = pushed();
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual(await closed, { uri, diagnostics: [] });
    await client.stop();
  });
});

describe('syntax diagnostics', () => {
  const text = clean.replace('USER', 'MAINTAINER nobody\nUSER');
  const pushed = async (client: TestClient): Promise<readonly (string | undefined)[]> => {
    const { diagnostics } = await client.next<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
    return diagnostics.map(({ source }) => source);
  };
  const other = (client: TestClient, active: boolean): Promise<void> =>
    client.connection.sendNotification(notifications.otherDockerfileExtension, { active });

  it('come at rest, beside what is pulled', async () => {
    const client = await startClient(roomsWithProject());
    const later = pushed(client);
    await client.open(uri, text);
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.deepEqual(await later, ['dockerfile-utils']);
    const closed = pushed(client);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual(await closed, []);
    await client.stop();
  });

  it('come with ours to clients that cannot pull', async () => {
    const client = await startClient(roomsWithProject(), { capabilities: {} });
    const first = pushed(client);
    await client.open(uri, broken.replace('USER', 'MAINTAINER nobody\nUSER'));
    assert.deepEqual(await first, ['go-dockerfile']);
    assert.deepEqual(await pushed(client), ['go-dockerfile', 'dockerfile-utils']);
    await client.stop();
  });

  it('yield to another Dockerfile extension and come back without it', async () => {
    const client = await startClient(roomsWithProject());
    const alone = pushed(client);
    await client.open(uri, text);
    await alone;
    const yielded = pushed(client);
    await other(client, true);
    assert.deepEqual(await yielded, []);
    const back = pushed(client);
    await other(client, false);
    assert.deepEqual(await back, ['dockerfile-utils']);
    await client.stop();
  });

  it('follow the setting', async () => {
    const settings = { goDockerfile: { syntaxDiagnostics: 'on' } };
    const options = { clientCommands: true, otherDockerfileExtension: true };
    const client = await startClient(roomsWithProject(), { options, settings });
    const asked = pushed(client);
    await client.open(uri, text);
    assert.deepEqual(await asked, ['dockerfile-utils']);
    settings.goDockerfile.syntaxDiagnostics = 'off';
    const off = pushed(client);
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await off, []);
    await client.stop();
  });
});

describe('settings', () => {
  it('choose the severity of a rule, or switch it off, and are asked for again when they change', async () => {
    const settings = { goDockerfile: { rules: { 'copy-built-file': 'hint' } } };
    const client = await startClient(roomsWithProject(), { settings });
    await client.open(uri, broken);
    assert.deepEqual(
      (await client.diagnostics(uri)).map(({ severity }) => severity),
      [4],
    );
    settings.goDockerfile = { rules: { 'copy-built-file': 'off' } };
    const refresh = client.next('workspace/diagnostic/refresh');
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await refresh;
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.stop();
  });

  it('are taken from the notification when the client answers no questions', async () => {
    const { configuration: _, ...workspace } = everything.workspace ?? {};
    const client = await startClient(roomsWithProject(), { capabilities: { ...everything, workspace } });
    await client.open(uri, broken);
    assert.equal((await client.diagnostics(uri)).length, 1);
    const settings = { goDockerfile: { rules: { 'copy-built-file': 'off' } } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.stop();
  });
});

describe('changes of the project', () => {
  it('reach the project and re-check what is open', async () => {
    const rooms = testRooms();
    const client = await startClient(rooms);
    await client.open(uri, broken);
    const refresh = client.next('workspace/diagnostic/refresh');
    const changes = [
      { uri: 'file:///project/go.mod', type: 2 },
      { uri: 'file:///project/main.go', type: 1 },
    ];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await refresh;
    assert.deepEqual(rooms.toldChanges, ['/project/go.mod', '/project/main.go']);
    await client.stop();
  });

  it('are looked for at every save where the client cannot watch', async () => {
    const rooms = testRooms();
    const client = await startClient(rooms, { capabilities: {} });
    const pushed = (): Promise<unknown> => client.next('textDocument/publishDiagnostics');
    const opened = pushed();
    await client.open(uri, broken);
    await opened;
    assert.deepEqual(rooms.toldChanges, ['anything']);
    const saved = pushed();
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await saved;
    assert.deepEqual(rooms.toldChanges, ['anything', 'anything']);
    await client.stop();
  });

  it('are watched where the client can watch', async () => {
    const rooms = testRooms();
    const client = await startClient(rooms);
    const { capabilities } = client.initialized;
    assert.equal(capabilities.workspace?.workspaceFolders?.supported, true);
    const added = { event: { added: [{ uri: 'file:///second', name: 'second' }], removed: [] } };
    const refresh = client.next('workspace/codeLens/refresh');
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', added);
    await refresh;
    assert.deepEqual(rooms.toldFolders(), ['/second']);
    await client.stop();
  });
});

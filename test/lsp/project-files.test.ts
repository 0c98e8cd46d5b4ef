import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  FileChangeType,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type { ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import { parseConfigFile } from '../../server/project/config-text.ts';
import { everything, startClient, type TestClient } from './client.ts';
import { testRooms } from './rooms.ts';
import { clean, project, rangeOf } from './samples.ts';

const uri = 'file:///project/Dockerfile';
const goMod = pathToFileURL('/project/go.mod').href;
const old = clean.replace('golang:1.26.4-alpine3.22', 'golang:1.24-alpine3.22');
const version = { start: { line: 2, character: 3 }, end: { line: 2, character: 7 } };

async function startWith(facts: ProjectFacts, capabilities = everything): Promise<TestClient> {
  const rooms = testRooms();
  rooms.setFacts(facts);
  return startClient(rooms, { capabilities });
}

const published = async (client: TestClient, wanted: string): Promise<readonly Diagnostic[]> => {
  for (;;) {
    const params = await client.next<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
    if (params.uri === wanted) return params.diagnostics;
  }
};

const close = (client: TestClient, closed: string): Promise<void> =>
  client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: closed } });

const configUri = pathToFileURL('/project/.go-dockerfile.yaml').href;

describe('a configuration file', () => {
  const messages = (diagnostics: readonly Diagnostic[]): readonly string[] =>
    diagnostics.map(({ message }) => String(message));
  const wrong = { file: '/project/.go-dockerfile.yaml', ...parseConfigFile('rules:\n  no-root-usr: off\n') };
  const said = ['There is no rule "no-root-usr", did you mean "no-root-user"?'];

  it('wins over settings, from the next check on', async () => {
    const rooms = testRooms();
    rooms.setFacts(project);
    const settings = { goDockerfile: { rules: { 'match-go-version': 'hint' } } };
    const client = await startClient(rooms, { settings });
    await client.open(uri, old);
    assert.equal((await client.diagnostics(uri))[0]?.severity, DiagnosticSeverity.Hint);
    rooms.setConfig({ file: wrong.file, rules: { 'match-go-version': 'off' }, problems: [] });
    const refreshed = client.next('workspace/diagnostic/refresh');
    const changes = [{ uri: configUri, type: FileChangeType.Changed }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await refreshed;
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.stop();
  });

  it('is told in itself what is wrong in it, as it is typed, and as Dockerfiles are checked with it', async () => {
    const rooms = testRooms();
    rooms.setConfig(wrong);
    const client = await startClient(rooms);
    const closed = published(client, configUri);
    await client.open(uri, old);
    await client.pull(uri);
    assert.deepEqual(messages(await closed), said);
    const opened = published(client, configUri);
    await client.open(configUri, 'rules:\n  no-root-user: of\n');
    const [typed, ...others] = await opened;
    assert.match(String(typed?.message), /did you mean "off"\?$/);
    assert.deepEqual([typed?.range.start, others], [{ line: 1, character: 16 }, []]);
    const mended = published(client, configUri);
    await client.change(configUri, 2, 'rules:\n  no-root-user: off\n');
    assert.deepEqual(await mended, []);
    await client.stop();
  });
});

describe('findings in project files', () => {
  it('stand in go.mod as well, and each place leads to the other', async () => {
    const client = await startWith(project);
    const pushed = published(client, goMod);
    await client.open(uri, old);
    const [here] = await client.diagnostics(uri);
    const [there, ...others] = await pushed;
    assert.deepEqual([here?.code, there?.code, others], ['match-go-version', 'match-go-version', []]);
    assert.deepEqual(there?.range, version);
    assert.equal(there?.message, 'Go 1.25 is newer than the Go 1.24 of the image that builds this.');
    const image = rangeOf(old, 'golang:1.24-alpine3.22');
    assert.deepEqual(there?.relatedInformation?.[0]?.location, { uri, range: image });
    assert.deepEqual(here?.relatedInformation?.[0]?.location, { uri: goMod, range: version });
    await client.stop();
  });

  it('go when the Dockerfile is mended, and when it is closed', async () => {
    const client = await startWith(project);
    await client.open(uri, old);
    for (const end of ['mended', 'closed']) {
      const found = published(client, goMod);
      await client.change(uri, 2, old);
      await client.diagnostics(uri);
      assert.equal((await found).length, 1, end);
      const gone = published(client, goMod);
      if (end === 'mended') await client.change(uri, 3, clean);
      else await close(client, uri);
      await client.pull(uri);
      assert.deepEqual(await gone, [], end);
    }
    await client.stop();
  });

  it('stay when go.mod itself is closed, which is never checked as a Dockerfile', async () => {
    const client = await startWith(project, {});
    const pushed = published(client, goMod);
    await client.open(goMod, old);
    await client.open(uri, old);
    assert.equal((await pushed).length, 1);
    await close(client, goMod);
    const next = client.next<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
    await client.change(uri, 2, `${old}# more\n`);
    assert.equal((await next).uri, uri, 'closing go.mod takes nothing back');
    await client.stop();
  });

  it('are mended in go.mod with the fixes of the Dockerfile', async () => {
    const client = await startWith(project);
    await client.open(uri, old);
    const [diagnostic] = await client.diagnostics(uri);
    const titles = (actions: readonly CodeAction[]): readonly string[] => actions.map(({ title }) => title);
    const there = await client.actions(goMod, version);
    assert.deepEqual(titles(there), diagnostic?.data.fixes);
    assert.deepEqual(there[0]?.edit, (await client.actions(uri, diagnostic?.range ?? version))[0]?.edit);
    const first = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    assert.deepEqual(await client.actions(goMod, first), []);
    await client.stop();
  });
});

describe('findings in project files while no Dockerfile is open', () => {
  const dockerfile = '/project/Dockerfile';

  async function openGoMod(...texts: readonly (readonly [string, string])[]): Promise<{
    readonly client: TestClient;
    readonly there: readonly Diagnostic[];
    readonly rooms: ReturnType<typeof testRooms>;
  }> {
    const rooms = testRooms();
    rooms.setFacts(project);
    for (const [file, text] of texts) rooms.onDisk.set(file, text);
    const client = await startClient(rooms);
    const pushed = published(client, goMod);
    await client.open(goMod, 'module example.com/app\n\ngo 1.25\n');
    return { client, there: await pushed, rooms };
  }

  it('are those of the Dockerfiles on disk, with their fixes', async () => {
    const { client, there } = await openGoMod([dockerfile, old]);
    assert.deepEqual(
      there.map(({ code, range }) => [code, range]),
      [['match-go-version', version]],
    );
    const [first] = await client.actions(goMod, version);
    assert.equal(first?.title, there[0]?.data.fixes[0]);
    assert.deepEqual(
      first?.edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
      [{ uri, version: null }],
    );
    await client.stop();
  });

  it('go when go.mod is closed, and are the open text of a Dockerfile once that is open', async () => {
    const { client } = await openGoMod([dockerfile, old]);
    const mended = published(client, goMod);
    await client.open(uri, clean);
    await client.pull(uri);
    assert.deepEqual(await mended, []);
    const again = published(client, goMod);
    await close(client, uri);
    assert.equal((await again).length, 1);
    const gone = published(client, goMod);
    await close(client, goMod);
    assert.deepEqual(await gone, []);
    await client.stop();
  });

  it('follow a Dockerfile that changes on disk, and one that is removed', async () => {
    const other = '/project/other.Dockerfile';
    const { client, there, rooms } = await openGoMod([dockerfile, old], [other, old]);
    assert.equal(there.length, 1, 'the first one is told first');
    const changes = [{ uri, type: FileChangeType.Changed }];
    const both = published(client, goMod);
    rooms.onDisk.set(other, old.replace('1.24', '1.23'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    assert.equal((await both).length, 2);
    const one = published(client, goMod);
    rooms.onDisk.delete(other);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    assert.equal((await one).length, 1);
    await client.stop();
  });
});

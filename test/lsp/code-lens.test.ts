import assert from 'node:assert/strict';
import { clientCommands, notifications, serverCommands } from '../../server/protocol.ts';
import { built, type OpenDockerfile, openDockerfile } from './build-setup.ts';
import { broken, clean, notGo } from './samples.ts';

const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

describe('code lens', () => {
  let opened: OpenDockerfile;

  afterEach(() => opened.stop());

  it('goes from idle over the step and its seconds to the size, always on the first line', async () => {
    opened = await openDockerfile();
    assert.deepEqual(await opened.titles(), ['▶ Build & measure']);
    const { events, finish, outcome } = await opened.begin();
    const refreshed = opened.client.next('workspace/codeLens/refresh');
    events.step('build 4/6: RUN go build');
    await refreshed;
    assert.deepEqual(await opened.titles(), ['build 4/6: RUN go build · 0 s', 'Cancel']);
    finish(built);
    await outcome;
    assert.deepEqual(await opened.titles(), ['6.7 MB · 12 s', 'Report', '▶ Rebuild']);
    const lenses = await opened.client.lenses(opened.uri);
    assert.deepEqual(
      lenses.map(({ range }) => range),
      [top, top, top],
    );
  });

  it('is refreshed every second while a build runs', async () => {
    opened = await openDockerfile();
    const { finish, outcome } = await opened.begin();
    await opened.client.next('workspace/codeLens/refresh');
    await opened.client.next('workspace/codeLens/refresh');
    const [step] = await opened.titles();
    assert.match(step ?? '', /^Starting · [1-9]\d* s$/);
    finish(built);
    await outcome;
  });

  it('marks the size as stale after an edit and as fresh after undo', async () => {
    opened = await openDockerfile();
    const { finish, outcome } = await opened.begin();
    finish(built);
    await outcome;
    await opened.client.change(opened.uri, 2, '# edit\n', top);
    assert.deepEqual(await opened.titles(), ['6.7 MB (before your last edits)', 'Report', '▶ Rebuild']);
    await opened.client.change(opened.uri, 3, '', { ...top, end: { line: 1, character: 0 } });
    assert.deepEqual(await opened.titles(), ['6.7 MB · 12 s', 'Report', '▶ Rebuild']);
  });

  it('asks for trust first', async () => {
    opened = await openDockerfile({ options: { clientCommands: true, trusted: false } });
    const [lens, ...others] = await opened.client.lenses(opened.uri);
    assert.deepEqual(others, []);
    assert.equal(lens?.command?.title, 'Trust this workspace to build');
    assert.equal(lens.command.command, clientCommands.manageTrust);
    const refused = await opened.build();
    assert.match(refused.kind === 'failed' ? refused.reason : '', /trust this workspace first/);
    const refreshed = opened.client.next('workspace/codeLens/refresh');
    await opened.client.connection.sendNotification(notifications.trust, { trusted: true });
    await refreshed;
    assert.deepEqual(await opened.titles(), ['▶ Build & measure']);
  });

  it('names the commands the client has', async () => {
    opened = await openDockerfile();
    const [lens] = await opened.client.lenses(opened.uri);
    assert.equal(lens?.command?.command, clientCommands.build);
    assert.deepEqual(lens.command.arguments, [opened.uri]);
    await opened.stop();
    opened = await openDockerfile({ options: {} });
    const [other] = await opened.client.lenses(opened.uri);
    assert.equal(other?.command?.command, serverCommands.build);
    assert.deepEqual(other.command.arguments, [{ uri: opened.uri }]);
  });

  it('is absent when the setting is off', async () => {
    opened = await openDockerfile({ settings: { goDockerfile: { codeLens: { enable: false } } } });
    assert.deepEqual(await opened.titles(), []);
  });

  it('is absent where nothing is on disk to be built', async () => {
    opened = await openDockerfile();
    for (const uri of ['untitled:Untitled-1', 'git:/project/Dockerfile?ref=HEAD']) {
      await opened.client.open(uri, clean);
      assert.deepEqual(await opened.client.lenses(uri), []);
    }
  });

  it('is absent without Go', async () => {
    opened = await openDockerfile();
    await opened.client.change(opened.uri, 2, notGo);
    assert.deepEqual(await opened.titles(), []);
    await opened.client.change(opened.uri, 3, broken);
    assert.deepEqual(await opened.titles(), ['▶ Build & measure']);
  });
});

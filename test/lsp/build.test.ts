import assert from 'node:assert/strict';
import {
  type BuildLog,
  type BuildOutcome,
  type BuildState,
  notifications,
  serverCommands,
} from '../../server/protocol.ts';
import { built, type OpenDockerfile, openDockerfile } from './build-setup.ts';
import { clean, rangeOf } from './samples.ts';

describe('build and measure', () => {
  let opened: OpenDockerfile;

  afterEach(() => opened.stop());

  it('builds what lies on disk in the folder that fits, and answers the outcome', async () => {
    opened = await openDockerfile({ settings: { goDockerfile: { engine: 'podman', enginePath: '/opt/podman' } } });
    const { job, finish, outcome } = await opened.begin();
    assert.deepEqual(job, {
      dockerfile: opened.file,
      context: '/project',
      text: clean,
      settings: { engine: 'podman', enginePath: '/opt/podman', builder: '' },
      options: {},
      previousSize: undefined,
      budget: undefined,
    });
    finish(built);
    const { previousSize: _, ...answer } = built;
    assert.deepEqual(await outcome, answer);
  });

  it('remembers the last size for the next build', async () => {
    opened = await openDockerfile();
    for (const previousSize of [undefined, built.size]) {
      const { job, finish, outcome } = await opened.begin();
      assert.equal(job.previousSize, previousSize);
      finish(built);
      await outcome;
    }
  });

  it('is cancelled by its command', async () => {
    opened = await openDockerfile();
    const { signal, outcome } = await opened.begin();
    assert.equal(await opened.client.execute(serverCommands.cancelBuild, { uri: opened.uri }), true);
    assert.deepEqual(await outcome, { kind: 'cancelled' });
    assert.ok(signal.aborted);
    assert.deepEqual(await opened.titles(), ['▶ Build & measure']);
    assert.equal(await opened.client.execute(serverCommands.cancelBuild, { uri: opened.uri }), false);
  });

  it('is cancelled when the server is told to shut down', async () => {
    opened = await openDockerfile();
    const { signal, outcome } = await opened.begin();
    await opened.client.connection.sendRequest('shutdown');
    assert.ok(signal.aborted);
    assert.deepEqual(await outcome, { kind: 'cancelled' });
  });

  it('puts a failure on its line until the next edit', async () => {
    opened = await openDockerfile();
    const { finish, outcome } = await opened.begin();
    const failed = { kind: 'failed', reason: 'RUN go build failed: undefined: x', line: 5 } as const;
    finish(failed);
    assert.deepEqual(await outcome, failed);
    const [diagnostic, ...others] = await opened.client.diagnostics(opened.uri);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.message, failed.reason);
    assert.deepEqual(
      diagnostic.range,
      rangeOf(
        clean,
        'RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -ldflags="-s -w" -o /out/app .',
      ),
    );
    await opened.client.change(opened.uri, 2, `# edit\n${clean}`);
    assert.deepEqual(await opened.client.diagnostics(opened.uri), []);
  });

  it('offers the fix of a failure that is known on its diagnostic', async () => {
    opened = await openDockerfile();
    const { client, uri } = opened;
    const { finish, outcome } = await opened.begin();
    finish({ kind: 'failed', reason: 'RUN failed.', line: 5, cause: 'vcs-stamping', values: {} });
    await outcome;
    const [diagnostic] = await client.diagnostics(uri);
    assert.ok(diagnostic);
    const [action] = await client.actions(uri, diagnostic.range, undefined, [diagnostic]);
    assert.equal(action?.title, 'Build with -buildvcs=false');
    assert.equal(action.diagnostics?.[0]?.code, 'build-failed');
    assert.match(JSON.stringify(action.edit), /"newText":" -buildvcs=false"/);
    await client.change(uri, 2, `# edit\n${clean}`);
    assert.deepEqual(await client.actions(uri, rangeOf(clean, 'WORKDIR')), []);
  });

  it('shows the last lines of the failed step with the failure', async () => {
    opened = await openDockerfile();
    const { finish, outcome } = await opened.begin();
    const output = Array.from({ length: 20 }, (_, number) => `main.go:${number}:1: undefined: x`);
    finish({ kind: 'failed', reason: 'RUN failed.', line: 5, output });
    await outcome;
    const [diagnostic] = await opened.client.diagnostics(opened.uri);
    assert.equal(diagnostic?.message, ['RUN failed.', ...output.slice(-8)].join('\n'));
  });

  it('puts no failure on the lines of a text that was edited meanwhile', async () => {
    opened = await openDockerfile();
    const { finish, outcome } = await opened.begin();
    await opened.client.change(opened.uri, 2, `# edit\n${clean}`);
    finish({ kind: 'failed', reason: 'RUN failed.', line: 5 });
    await outcome;
    assert.deepEqual(await opened.client.diagnostics(opened.uri), []);
    await opened.client.change(opened.uri, 3, clean);
    assert.equal((await opened.client.diagnostics(opened.uri)).length, 1);
  });

  it('tells our VS Code half every state and the log', async () => {
    opened = await openDockerfile();
    const { client, uri } = opened;
    const running = client.next<BuildState>(notifications.buildState);
    const { events, finish, outcome } = await opened.begin();
    assert.equal((await running).kind, 'running');
    const log = client.next<BuildLog>(notifications.buildLog);
    events.log('#1 \x1b[34mload\x1b[0m\r\n');
    assert.deepEqual(await log, { uri, text: '#1 \x1b[34mload\x1b[0m\r\n' });
    const done = client.next<BuildState>(notifications.buildState);
    finish(built);
    await outcome;
    const state = await done;
    assert.equal(state.kind === 'done' && state.title, '6.7 MB · 12 s');
  });

  it('shows progress and the result by itself in other editors', async () => {
    opened = await openDockerfile({ options: {} });
    const created = opened.client.next('window/workDoneProgress/create');
    const shown = opened.client.next<{ message: string }>('window/showMessage');
    const { finish, outcome } = await opened.begin();
    await created;
    finish(built);
    await outcome;
    assert.equal((await shown).message, 'app: 6.7 MB · 12 s');
  });

  it('can be cancelled before it has begun', async () => {
    opened = await openDockerfile();
    const outcome = opened.build();
    assert.equal(await opened.client.execute(serverCommands.cancelBuild, { uri: opened.uri }), true);
    assert.deepEqual(await outcome, { kind: 'cancelled' });
  });

  it('asks for the context when two fit, once', async () => {
    opened = await openDockerfile({ options: {} }, ['/one', '/two']);
    assert.deepEqual(await opened.build(), { kind: 'choose-context', candidates: ['/one', '/two'] });
    for (const context of ['/two', undefined]) {
      const { job, finish, outcome } = await opened.begin(context);
      assert.equal(job.context, '/two');
      finish(built);
      await outcome;
    }
  });

  it('leaves the question and the memory to our VS Code half', async () => {
    opened = await openDockerfile({}, ['/one', '/two']);
    const { finish, outcome } = await opened.begin('/two');
    finish(built);
    await outcome;
    assert.deepEqual(await opened.build(), { kind: 'choose-context', candidates: ['/one', '/two'] });
  });

  it('tells our VS Code half when an edit makes the result stale, and when undo makes it true again', async () => {
    opened = await openDockerfile();
    const { client, uri } = opened;
    const { finish, outcome } = await opened.begin();
    finish(built);
    await outcome;
    for (const [version, text, title] of [
      [2, `${clean}# edit\n`, '6.7 MB (before your last edits)'],
      [3, clean, '6.7 MB · 12 s'],
    ] as const) {
      const told = client.next<BuildState>(notifications.buildState);
      await client.change(uri, version, text);
      const state = await told;
      assert.equal(state.kind === 'done' && state.title, title);
    }
  });

  it('does not start twice for one file', async () => {
    opened = await openDockerfile();
    const { finish, outcome } = await opened.begin();
    assert.deepEqual(await opened.build(), { kind: 'failed', reason: 'This Dockerfile is being built already.' });
    finish(built);
    await outcome;
  });

  it('says what is missing when the file is not on disk', async () => {
    opened = await openDockerfile();
    const unsaved = await opened.client.execute<BuildOutcome>(serverCommands.build, { uri: 'untitled:Untitled-1' });
    assert.match(unsaved.kind === 'failed' ? unsaved.reason : '', /save it first/);
  });
});

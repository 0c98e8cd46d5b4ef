import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { InlayHint } from 'vscode-languageserver/node';
import { hashOf } from '../../server/lsp/builds.ts';
import { type BuildChoices, type BuildOutcome, serverCommands } from '../../server/protocol.ts';
import { built, type OpenDockerfile, openDockerfile } from './build-setup.ts';
import { clean, project, rangeOf } from './samples.ts';

const asking = clean.replace('COPY . .\n', 'COPY . .\nARG VERSION\nRUN --mount=type=secret,id=netrc echo $VERSION\n');

describe('what a build is told, and what stays of it', () => {
  let opened: OpenDockerfile;

  afterEach(() => opened.stop());

  const write = async (text: string): Promise<void> => {
    await writeFile(opened.file, text);
    await opened.client.change(opened.uri, 2, text);
  };

  it('is asked for what the file needs, until it is answered', async () => {
    opened = await openDockerfile();
    await write(asking);
    const build = (options: object): Promise<BuildOutcome> =>
      opened.client.execute(serverCommands.build, { uri: opened.uri, options });
    assert.deepEqual(await build({}), {
      kind: 'choose-options',
      questions: [
        { kind: 'arg', name: 'VERSION', required: false },
        { kind: 'secret', name: 'netrc', required: false },
      ],
    });
    const half = await build({ buildArgs: { VERSION: 'v1' } });
    assert.equal(half.kind === 'choose-options' && half.questions.length, 1);
    const begun = opened.rooms.nextBuild();
    const outcome = build({ buildArgs: { VERSION: 'v1' }, answered: ['secret:netrc'] });
    const { job, finish } = await begun;
    assert.deepEqual(job.options, { buildArgs: { VERSION: 'v1' }, answered: ['secret:netrc'] });
    finish(built);
    await outcome;
  });

  it('is not asked in editors that cannot ask', async () => {
    opened = await openDockerfile({ options: {} });
    await write(asking);
    const { finish, outcome } = await opened.begin();
    finish(built);
    assert.equal((await outcome).kind, 'built');
  });

  it('says what can be chosen', async () => {
    opened = await openDockerfile();
    await write(asking);
    const choices = await opened.client.execute<BuildChoices>(serverCommands.buildChoices, { uri: opened.uri });
    const args = [{ name: 'VERSION' }];
    assert.deepEqual(choices, {
      targets: ['build'],
      args,
      secrets: ['netrc'],
      ssh: [],
      contexts: ['/project'],
      ready: [],
    });
  });

  it('offers how compose builds it', async () => {
    opened = await openDockerfile();
    const args = new Map([
      ['VERSION', 'v2'],
      ['UNKNOWN', undefined],
    ]);
    const range = rangeOf(clean, 'WORKDIR');
    const caller = {
      path: 'compose.yaml',
      range,
      name: 'service web of compose.yaml',
      args,
      target: 'build',
      platforms: [],
    };
    opened.rooms.setFacts({ ...project, callers: [caller] });
    const { ready } = await opened.client.execute<BuildChoices>(serverCommands.buildChoices, { uri: opened.uri });
    const options = { target: 'build', buildArgs: { VERSION: 'v2' } };
    assert.deepEqual(ready, [{ name: 'service web of compose.yaml', options }]);
  });

  it('warns when the image is larger than its budget, until the text is another', async () => {
    opened = await openDockerfile({ settings: { goDockerfile: { build: { sizeBudget: '5MB' } } } });
    const { job, finish, outcome } = await opened.begin();
    assert.equal(job.budget, 5_000_000);
    finish({ ...built, budget: 5_000_000 });
    await outcome;
    const [diagnostic] = await opened.client.diagnostics(opened.uri);
    const expected = 'The image has 6.7 MB, which is more than the 5.0 MB that it may have.';
    assert.deepEqual([diagnostic?.code, diagnostic?.message], ['size-budget', expected]);
    assert.deepEqual(diagnostic?.range, rangeOf(clean, 'FROM scratch'));
    await opened.client.change(opened.uri, 2, `${clean}# edit\n`);
    assert.deepEqual(await opened.client.diagnostics(opened.uri), []);
  });

  it('takes the budget of the file before that of the settings', async () => {
    opened = await openDockerfile({ settings: { goDockerfile: { build: { sizeBudget: '5MB' } } } });
    await write(`# go-dockerfile budget=9MB\n${clean}`);
    const { job, finish, outcome } = await opened.begin();
    assert.equal(job.budget, 9_000_000);
    finish(built);
    await outcome;
  });

  it('shows the size that the client kept from an earlier window, and compares with it', async () => {
    const kept = { outcome: built, title: '6.7 MB · 12 s', tooltip: '', textHash: hashOf(clean) };
    opened = await openDockerfile({ optionsFor: (uri) => ({ clientCommands: true, builds: [{ uri, ...kept }] }) });
    assert.deepEqual(await opened.titles(), ['6.7 MB · 12 s', 'Report', '▶ Rebuild']);
    const { job, finish, outcome } = await opened.begin();
    assert.equal(job.previousSize, built.size);
    finish(built);
    await outcome;
  });

  it('shows the time of each step behind its instruction when that is wanted', async () => {
    opened = await openDockerfile({ settings: { goDockerfile: { build: { inlayHints: true } } } });
    const { events, finish, outcome } = await opened.begin();
    events.stepState({ line: 1, name: 'WORKDIR', state: 'cached', milliseconds: 0 });
    events.stepState({ line: 5, name: 'RUN', state: 'done', milliseconds: 1234 });
    finish(built);
    await outcome;
    const hints = (): Promise<InlayHint[]> => opened.client.inlayHints(opened.uri, clean);
    assert.deepEqual(
      (await hints()).map(({ label, position: { line } }) => [line, label]),
      [
        [1, 'cached'],
        [5, '1.2 s'],
      ],
    );
    await opened.client.change(opened.uri, 2, `# edit\n${clean}`);
    assert.deepEqual(await hints(), []);
  });
});

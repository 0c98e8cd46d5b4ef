import assert from 'node:assert/strict';
import { reportImage } from '../../server/image/report/report.ts';
import { type ReportOutcome, type ReportRequest, serverCommands } from '../../server/protocol.ts';
import { dockerArchive, readBytes } from '../image/archive/images.ts';
import { built, type OpenDockerfile, openDockerfile } from './build-setup.ts';
import { clean } from './samples.ts';

describe('the report page', () => {
  let opened: OpenDockerfile;

  afterEach(() => opened.stop());

  const ask = (request: Partial<ReportRequest> = {}): Promise<ReportOutcome> =>
    opened.client.execute(serverCommands.report, { uri: opened.uri, ...request });

  const build = async (): Promise<void> => {
    const { finish, outcome } = await opened.begin();
    finish(built);
    await outcome;
  };

  it('says what to do first when nothing was built', async () => {
    opened = await openDockerfile();
    assert.deepEqual(await ask(), { reason: 'Nothing is known of an image of this Dockerfile: build it first.' });
  });

  it('asks the engine about the built image, and about the Dockerfile only while it is the one that was built', async () => {
    opened = await openDockerfile({ options: { clientCommands: true } });
    await build();
    opened.rooms.setReport(reportImage('app', await readBytes(dockerArchive([[{ name: 'app', content: 'x' }]], {}))));
    const outcome = await ask({ compare: { image: 'other' }, start: true });
    assert.ok('html' in outcome && outcome.html.includes('command:goDockerfile.startImage?'), JSON.stringify(outcome));
    await opened.client.change(opened.uri, 2, `${clean}\n# edited\n`);
    await ask();
    assert.deepEqual(
      opened.rooms.reportQuestions.map(({ image, compare, start, analysis }) => [image, compare, start, !!analysis]),
      [
        ['app', { image: 'other', name: 'other' }, true, true],
        ['app', undefined, false, false],
      ],
    );
  });

  it('is one sentence when the engine cannot read the image', async () => {
    opened = await openDockerfile();
    await build();
    assert.deepEqual(await ask(), { reason: 'No such image: app' });
  });

  it('builds what it compares with, without a word about it in the lens', async () => {
    opened = await openDockerfile();
    await build();
    opened.rooms.setReport(reportImage('app', await readBytes(dockerArchive([[{ name: 'app', content: 'x' }]], {}))));
    const before = await opened.titles();
    const begun = opened.rooms.nextBuild();
    const compare = {
      build: { uri: opened.uri, options: { target: 'test', gitTags: 'ghcr.io/acme/app' } },
      name: 'stage test',
    };
    const outcome = ask({ compare });
    const { job, finish } = await begun;
    assert.deepEqual(job.options, { target: 'test' });
    finish({ ...built, image: 'of-test', size: 1 });
    assert.ok('html' in (await outcome));
    assert.deepEqual(opened.rooms.reportQuestions.at(-1)?.compare, { image: 'of-test', name: 'stage test' });
    assert.deepEqual(await opened.titles(), before);
  });

  it('logs where the trace and the image differ', async () => {
    opened = await openDockerfile();
    await build();
    const report = reportImage('app', await readBytes(dockerArchive([[{ name: 'app', content: 'x' }]], {})));
    opened.rooms.setReport({ ...report, differences: [{ about: 'user', trace: 'root', image: '65532' }] });
    const logged = opened.client.next<{ message: string }>('window/logMessage');
    await ask();
    assert.match(
      (await logged).message,
      /A bug of go-dockerfile.*of user, .*Dockerfile says "root", and its image "65532"/,
    );
  });

  it('scans only when it is asked to, and says so when nothing is there that could', async () => {
    opened = await openDockerfile();
    await build();
    const report = reportImage('app', await readBytes(dockerArchive([[{ name: 'app', content: 'x' }]], {})));
    const missing = { tool: 'syft', state: 'missing', summary: 'get it' } as const;
    opened.rooms.setReport({ ...report, supplyChain: { packages: 0, tools: [missing] } });
    assert.ok(!('note' in (await ask())));
    const outcome = await ask({ scan: true });
    assert.match(
      'html' in outcome ? (outcome.note ?? '') : '',
      /^Neither the PATH nor the container engine has a tool/,
    );
    assert.deepEqual(
      opened.rooms.reportQuestions.map(({ scan }) => scan),
      [false, true],
    );
    opened.rooms.setReport({ ...report, supplyChain: { packages: 0, tools: [{ ...missing, state: 'ran' }] } });
    assert.ok(!('note' in (await ask({ scan: true }))));
  });

  it('says why what it compares with could not be built', async () => {
    opened = await openDockerfile();
    await build();
    const begun = opened.rooms.nextBuild();
    const outcome = ask({ compare: { build: { uri: opened.uri }, name: 'stage test' } });
    (await begun).finish({ kind: 'failed', reason: 'It broke.' });
    assert.deepEqual(await outcome, { reason: 'stage test could not be built: It broke.' });
  });

  it('never hands the engine an option in place of an image', async () => {
    opened = await openDockerfile();
    await build();
    await assert.rejects(ask({ compare: { image: '--output=/tmp/x' } }), /is no name of an image/);
    assert.deepEqual(opened.rooms.reportQuestions, []);
  });

  it('starts nothing in an untrusted workspace', async () => {
    opened = await openDockerfile({ options: { clientCommands: true, trusted: false } });
    const outcome = await ask();
    assert.match('reason' in outcome ? outcome.reason : '', /trust this workspace/);
    assert.deepEqual(opened.rooms.reportQuestions, []);
  });
});

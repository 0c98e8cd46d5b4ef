import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findEngine } from '../../server/image/engine.ts';
import type { Environment } from '../../server/image/engine-model.ts';
import { hostPlatform } from '../../server/image/measure.ts';
import { type RunBuildRequest, runBuild } from '../../server/image/run-build.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { dockerArchive } from './archive/images.ts';

const fake = fileURLToPath(new URL('fixtures/fake-engine.mjs', import.meta.url));
const dockerfile = 'FROM golang:1.26 AS builder\nRUN go build ./...\n';

describe('runBuild with a pretended docker', () => {
  let folder: string;
  let restore: () => void;
  beforeEach(() => {
    ({ folder, restore } = temporaryFolder('go-dockerfile test ü '));
    symlinkSync(process.execPath, path.join(folder, 'node'));
    symlinkSync(fake, path.join(folder, 'docker'));
    writeFileSync(path.join(folder, 'Dockerfile'), dockerfile);
  });
  afterEach(() => restore());

  const environment = (mode: string, more: Environment = {}): Environment => ({
    PATH: folder,
    TMPDIR: folder,
    FAKE_ENGINE: mode,
    FAKE_ARGS: path.join(folder, 'args.json'),
    ...more,
  });
  const request = (env: Environment): RunBuildRequest => ({
    settings: { engine: 'docker', enginePath: path.join(folder, 'docker') },
    environment: env,
    dockerfile: path.join(folder, 'Dockerfile'),
    context: folder,
    previousSize: 100,
    instructions: [
      { line: 0, text: 'FROM golang:1.26 AS builder' },
      { line: 1, text: 'RUN go build ./...' },
    ],
  });
  const run = async (env: Environment, signal = new AbortController().signal, onLog = (_: string): void => {}) => {
    const steps: string[] = [];
    const outcome = await runBuild(request(env), { onLog, onStep: (step) => steps.push(step) }, signal);
    return { outcome, steps };
  };
  const leftovers = (): readonly string[] =>
    readdirSync(folder).filter((name) => name.startsWith('go-dockerfile-build-'));

  it('builds, measures and tells the steps', async () => {
    const archive = path.join(folder, 'image.tar');
    writeFileSync(archive, dockerArchive([[{ name: 'app', content: '12345' }]]));
    const { outcome, steps } = await run(environment('success', { FAKE_ARCHIVE: archive }));
    assert.equal(outcome.kind, 'built');
    assert.deepEqual(steps, [
      'builder: FROM docker.io/library/golang:1.26',
      'builder: RUN go build ./...',
      'measuring the image',
    ]);
    assert.equal(outcome.kind === 'built' && outcome.size, 5);
    assert.equal(outcome.kind === 'built' && outcome.previousSize, 100);
    assert.match(outcome.kind === 'built' ? outcome.image : '', /^go-dockerfile\/[0-9a-f]{16}:latest$/);
  });

  const ofPlatforms = async (architecture: string) => {
    const archive = path.join(folder, 'image.tar');
    writeFileSync(archive, dockerArchive([[{ name: 'app', content: '12345' }]], { architecture }));
    const options = { platform: `linux/s390x, ${hostPlatform()},linux/s390x` };
    const several = { ...request(environment('success', { FAKE_ARCHIVE: archive })), options };
    return runBuild(several, { onLog: () => {}, onStep: () => {} }, new AbortController().signal);
  };

  it("builds one platform after the other, this machine's first", async () => {
    const outcome = await ofPlatforms('');
    assert.ok(outcome.kind === 'built', JSON.stringify(outcome));
    const { platform, size, image, others = [] } = outcome;
    assert.deepEqual([platform, size, others.length], [hostPlatform(), 5, 1]);
    assert.deepEqual([others[0]?.platform, others[0]?.size], ['linux/s390x', 5]);
    assert.notEqual(others[0]?.image, image);
  });

  it('says that the engine made an image for another platform, and twice did', async () => {
    const outcome = await ofPlatforms('mips');
    assert.match(outcome.kind === 'failed' ? outcome.reason : '', /makes images for linux\/mips only/);
  });

  it('names the platform whose build failed', async () => {
    const options = { platform: 'linux/s390x,linux/riscv64' };
    const failing = { ...request(environment('failure')), options };
    const outcome = await runBuild(failing, { onLog: () => {}, onStep: () => {} }, new AbortController().signal);
    assert.match(outcome.kind === 'failed' ? outcome.reason : '', /^linux\/s390x: The program does not compile/);
  });

  it('passes paths with blanks and letters beyond ASCII as one argument each', async () => {
    await run(environment('success'));
    const args: unknown = JSON.parse(readFileSync(path.join(folder, 'args.json'), 'utf8'));
    assert.ok(Array.isArray(args));
    assert.deepEqual(args.slice(-3), ['--file', path.join(folder, 'Dockerfile'), folder]);
  });

  it('names the line and the last words of a step that failed', async () => {
    const { outcome } = await run(environment('failure'));
    assert.deepEqual(outcome, {
      kind: 'failed',
      cause: 'compile-error',
      values: { place: './main.go:3:2', problem: 'undefined: x' },
      reason: 'The program does not compile: ./main.go:3:2: undefined: x',
      line: 1,
      output: ['./main.go:3:2: undefined: x'],
    });
  });

  it('reports an engine killed in the middle', async () => {
    const { outcome } = await run(environment('killed'));
    assert.deepEqual(outcome, {
      kind: 'failed',
      cause: 'engine',
      values: {},
      reason: 'docker ended in the middle of the build: check that the engine still runs, then build again.',
    });
  });

  it('reports an image that cannot be saved', async () => {
    const { outcome } = await run(environment('success'));
    assert.deepEqual(outcome, {
      kind: 'failed',
      reason: 'The image was built but could not be measured: Error response from daemon: reference does not exist',
    });
  });

  it('ends every process when cancelled, also those that ignore SIGINT and SIGTERM', async () => {
    const cancel = new AbortController();
    let pids: number[] = [];
    const { outcome } = await run(environment('cancel'), cancel.signal, (text) => {
      const match = /pids (\d+) (\d+)/.exec(text);
      if (!match) return;
      pids = [Number(match[1]), Number(match[2])];
      cancel.abort();
    });
    assert.deepEqual(outcome, { kind: 'cancelled' });
    assert.equal(pids.length, 2);
    await Promise.all(pids.map(gone));
    assert.deepEqual(leftovers(), []);
  });

  it('leaves nothing running when the editor takes the server away in the middle', async () => {
    const program = `
      import { runBuild } from ${JSON.stringify(new URL('../../server/image/run-build.ts', import.meta.url).href)};
      const onLog = (text) => {
        const match = /pids (\\d+ \\d+)/.exec(text);
        if (match) process.stdout.write(match[1], () => process.exit());
      };
      await runBuild(${JSON.stringify(request(environment('polite')))}, { onLog, onStep: () => {} }, new AbortController().signal);
    `;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, TMPDIR: folder } });
    const pids = stdout.split(' ').map(Number);
    assert.equal(pids.length, 2);
    await Promise.all(pids.map(gone));
    assert.deepEqual(leftovers(), []);
  });

  it('starts nothing when cancelled before', async () => {
    const { outcome, steps } = await run(environment('success'), AbortSignal.abort());
    assert.deepEqual([outcome, steps], [{ kind: 'cancelled' }, []]);
  });

  const problem = (mode: string, expected: RegExp): void => {
    it(`says what to do: ${mode}`, async () => {
      const { outcome } = await run(environment(mode));
      assert.match(outcome.kind === 'failed' ? outcome.reason : '', expected);
    });
  };
  problem('down', /^The Docker daemon is not running: start/);
  problem('permission', /^No permission on the Docker socket: add yourself/);

  const engine = async (mode: string): Promise<string> => {
    const found = await findEngine({ engine: 'auto' }, environment(mode));
    return 'problem' in found ? found.problem : `${found.kind} ${found.builder}`;
  };
  it('takes the BuildKit in an old client', async () => assert.equal(await engine('success'), 'docker buildkit'));
  it('takes buildx where it is', async () => assert.equal(await engine('buildx'), 'docker buildx'));
  it('takes the legacy builder last', async () => assert.equal(await engine('no-buildx'), 'docker legacy'));
  it('sees podman behind the name docker', async () => assert.equal(await engine('podman'), 'podman podman'));
  it('says that nothing is installed', async () => {
    const found = await findEngine({ engine: 'auto' }, { PATH: path.join(folder, 'empty') });
    assert.match(
      'problem' in found ? found.problem : '',
      /^No container engine is installed: install Docker or Podman/,
    );
  });
  it('says that the program of the setting is not there', async () => {
    const found = await findEngine({ engine: 'docker', enginePath: path.join(folder, 'nothing') }, environment(''));
    assert.match(
      'problem' in found ? found.problem : '',
      /nothing cannot be started \(ENOENT\): set goDockerfile\.enginePath/,
    );
  });
});

/** Resolves when the process has ended; mocha's time limit is the patience. */
async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise(setImmediate);
}

/** A process that has ended but was not reaped yet counts as gone. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

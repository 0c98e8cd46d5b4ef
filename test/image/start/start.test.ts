import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../../server/image/engine-model.ts';
import { explainStart } from '../../../server/image/start/explain-start.ts';
import { firstListening, parseMemory } from '../../../server/image/start/observe.ts';
import { startImage } from '../../../server/image/start/start.ts';
import { inFolder } from '../../cli/project.ts';

/** A pretended docker: notes how it was called; `run` does what is said. */
const pretended = (run: string): string => `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.appendFileSync(__dirname + '/calls', JSON.stringify(args) + '\\n');
if (args[0] === 'run') { ${run} }
else if (args[0] === 'stats') console.log('5.5MiB / 512MiB');
else if (args[0] === 'rm') try { process.kill(Number(fs.readFileSync(__dirname + '/pid', 'utf8')), 'SIGKILL'); } catch {}
else process.exit(1);
`;

const withEngine = (
  run: string,
  test: (engine: Engine, calls: () => Promise<string[][]>) => Promise<void>,
): Promise<void> =>
  inFolder({}, async (folder) => {
    const program = path.join(folder, 'docker.cjs');
    await writeFile(program, pretended(run));
    await chmod(program, 0o755);
    const engine: Engine = {
      kind: 'docker',
      program,
      builder: 'buildkit',
      progress: 'plain',
      title: 'docker',
      environment: {},
    };
    const calls = async () =>
      (await readFile(path.join(folder, 'calls'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    await test(engine, calls);
  });

const input = { image: 'app', user: '65532:65532', timeout: 20_000 };
const never = new AbortController().signal;

describe('startImage', () => {
  it('starts it locked up, and removes it', async () => {
    await withEngine(`console.log('hello'); console.error('world'); process.exit(3);`, async (engine, calls) => {
      const { milliseconds, ...report } = await startImage(engine, input, never);
      assert.ok(milliseconds > 0);
      assert.deepEqual([report.outcome, report.code, [...report.output].sort()], ['exited', 3, ['hello', 'world']]);
      // Who looks on may be quicker than what is looked at.
      const all: readonly (readonly string[])[] = await calls();
      const run = all.find(([verb]) => verb === 'run') ?? [];
      const name = run[run.indexOf('--name') + 1];
      for (const flag of ['--network=none', '--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges']) {
        assert.ok(run.includes(flag), flag);
      }
      assert.deepEqual(run.slice(-3), ['--user', '65532:65532', 'app']);
      assert.deepEqual(all.at(-1), ['rm', '--force', name]);
    });
  });

  it('stops what still runs when its time is over, and says how much memory it uses', async () => {
    const run = `fs.writeFileSync(__dirname + '/pid', String(process.pid)); setInterval(() => {}, 1000);`;
    await withEngine(run, async (engine) => {
      const report = await startImage(engine, { ...input, timeout: 300 }, never);
      assert.deepEqual([report.outcome, report.code, report.memory], ['running', undefined, 5.5 * 1024 ** 2]);
    });
  });

  it('explains what the engine refuses', async () => {
    const text = 'docker: Error response from daemon: exec: "/app": stat /app: no such file or directory: unknown.';
    await withEngine(`console.error(${JSON.stringify(text)}); process.exit(127);`, async (engine) => {
      const { outcome, code, explanation } = await startImage(engine, input, never);
      assert.deepEqual(
        [outcome, code, explanation],
        ['refused', 127, '/app is not in the image: check the path of COPY and ENTRYPOINT.'],
      );
    });
  });

  it('explains what nerdctl refuses, without the frame of its log', async () => {
    const words = 'OCI runtime create failed: exec: "/app": stat /app: no such file or directory: unknown';
    const text = `time="2026-11-26T13:14:18Z" level=fatal msg=${JSON.stringify(words)}`;
    await withEngine(`console.error(${JSON.stringify(text)}); process.exit(1);`, async (engine) => {
      const { outcome, output, explanation } = await startImage(engine, input, never);
      const expected = ['refused', [words], '/app is not in the image: check the path of COPY and ENTRYPOINT.'];
      assert.deepEqual([outcome, output, explanation], expected);
    });
  });

  it('ends at once when it is cancelled', async () => {
    const stop = new AbortController();
    const run = `fs.writeFileSync(__dirname + '/pid', String(process.pid)); setInterval(() => {}, 1000);`;
    await withEngine(run, async (engine) => {
      setImmediate(() => stop.abort(new Error('cancelled')));
      await assert.rejects(startImage(engine, input, stop.signal), { message: 'cancelled' });
    });
  });
});

describe('explainStart', () => {
  const texts: readonly (readonly [string, RegExp])[] = [
    ['exec /app: no such file or directory', /^\/app is there, but the loader/],
    ['sh: /app: not found', /^\/app, or the loader/],
    ['exec /app: exec format error', /^\/app is for another machine/],
    ['exec: "/nosuch": stat /nosuch: no such file or directory: unknown.', /^\/nosuch is not in the image/],
    ['exec: "app": executable file not found in $PATH: unknown', /^app is in no folder of PATH/],
    ['exec: "/app": permission denied: unknown.', /^\/app is a folder, or/],
    ['exec /app: permission denied: unknown.', /^\/app is a folder, or/],
    ['unable to find user nonroot: no matching entries in passwd file.', /^The user nonroot is not/],
    [
      '/app: error while loading shared libraries: libsqlite3.so.0: cannot open shared object',
      /^The library libsqlite3\.so\.0/,
    ],
    [
      "/lib/libc.so.6: version `GLIBC_2.38' not found (required by ./app)",
      /newer glibc than the image has \(GLIBC_2\.38\)/,
    ],
    ['tls: failed to verify certificate: x509: certificate signed by unknown authority', /no CA certificates/],
    ['panic: unknown time zone Europe/Paris', /no time zones/],
    ['open /data/x: read-only file system', /writes to \/data\/x/],
    ['open /tmp/x301098175: no such file or directory', /no \/tmp/],
    ['listen tcp :80: bind: permission denied', /port 80/],
    ['open /data/x: permission denied', /may not use \/data\/x/],
    ['user: Current requires cgo or $USER set in environment', /no entry in \/etc\/passwd/],
    ['open /etc/passwd: no such file or directory', /no \/etc\/passwd/],
    ['lookup tcp/postgresql: unknown port', /no \/etc\/services/],
    ['dial tcp: lookup example.com: no such host', /network/],
  ];
  for (const [text, says] of texts) {
    it(`knows: ${text}`, () => assert.match(explainStart(`line\n${text}\n`, 1) ?? '', says));
  }
  it('says nothing of what it does not know, and what a kill means', () => {
    assert.equal(explainStart('panic: oops', 2), undefined);
    assert.match(explainStart('', 137) ?? '', /memory/);
  });
});

describe('what is seen of a container', () => {
  it('is the port of a listening socket', () => {
    const head = '  sl  local_address rem_address   st tx_queue\n';
    assert.equal(
      firstListening(`${head}   0: 0100007F:0CEA 0100007F:1F90 01 0\n   1: 00000000:1F90 00000000:0000 0A 0\n`),
      8080,
    );
    assert.equal(firstListening(`${head}   0: 00000000000000000000000000000000:0050 0:0000 0A 0\n`), 80);
    assert.equal(firstListening(head), undefined);
  });

  it('is memory in the units of docker and podman', () => {
    assert.equal(parseMemory('5.1MiB / 512MiB\n'), 5_347_738);
    assert.equal(parseMemory('913.4kB / 536.9MB'), 913_400);
    assert.equal(parseMemory('-- / --'), undefined);
  });
});

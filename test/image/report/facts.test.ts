import assert from 'node:assert/strict';
import { reportImage } from '../../../server/image/report/report.ts';
import { dockerArchive, type Part, readBytes } from '../archive/images.ts';

const factsOf = async (parts: readonly Part[], config: Readonly<Record<string, unknown>> = {}) =>
  reportImage('test', await readBytes(dockerArchive([parts], { config }))).facts;

const program = (name: string, content = 'x'.repeat(10)): Part => ({ name, content, mode: 0o755 });

describe('image facts', () => {
  it('knows who is root', async () => {
    const passwd = { name: 'etc/passwd', content: 'root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:\ntoor:x:0:0::/:\n' };
    const users = {
      '': 'yes',
      '0': 'yes',
      '0:0': 'yes',
      root: 'yes',
      toor: 'yes',
      app: 'no',
      '65532:65532': 'no',
      who: 'unknown',
    };
    for (const [user, root] of Object.entries(users)) {
      assert.equal((await factsOf([passwd], { User: user })).root, root, user);
    }
    assert.equal((await factsOf([], { User: 'root' })).root, 'yes');
  });

  it('finds shell, certificates, zones, system, libc and package managers through links', async () => {
    const facts = await factsOf([
      { name: 'bin', type: '2', link: 'usr/bin' },
      program('usr/bin/busybox'),
      { name: 'usr/bin/sh', type: '2', link: '/bin/busybox' },
      { name: 'etc/ssl/certs/ca-certificates.crt', content: 'CERT' },
      { name: 'usr/share/zoneinfo/UTC', content: 'TZif' },
      { name: 'usr/lib/os-release', content: 'NAME=x\nPRETTY_NAME="Alpine Linux v3.23"\n' },
      { name: 'etc/os-release', type: '2', link: '../usr/lib/os-release' },
      program('lib/ld-musl-x86_64.so.1'),
      program('sbin/apk'),
    ]);
    assert.deepEqual(
      [facts.shell, facts.certificates, facts.zones, facts.system, facts.libc, facts.packageManagers],
      ['/bin/sh', '/etc/ssl/certs/ca-certificates.crt', '/usr/share/zoneinfo', 'Alpine Linux v3.23', 'musl', ['apk']],
    );
  });

  it('finds nothing in an empty image', async () => {
    const facts = await factsOf([]);
    assert.deepEqual(
      [facts.shell, facts.certificates, facts.zones, facts.system, facts.libc, facts.program, facts.setuid],
      [undefined, undefined, undefined, undefined, undefined, undefined, []],
    );
  });

  it('lists set-uid programs, and secrets by their exact names, deleted ones too', async () => {
    const image = await readBytes(
      dockerArchive([
        [
          { name: 'bin/su', content: 'x', mode: 0o4755 },
          { name: 'note', content: 'x', mode: 0o4644 },
          { name: 'root/.ssh/id_rsa', content: 'KEY' },
          { name: 'root/.ssh/id_rsa.pub', content: 'KEY' },
          { name: 'app/.env', content: 'A=b' },
          { name: 'app/.env.example', content: 'A=b' },
          { name: 'go/pkg/mod/x/.env', content: 'A=b' },
          { name: 'empty/.netrc', content: '' },
        ],
        [{ name: 'root/.ssh/.wh.id_rsa' }],
      ]),
    );
    const { facts } = reportImage('test', image);
    assert.deepEqual(facts.setuid, ['/bin/su']);
    assert.deepEqual(facts.secrets, [
      { path: '/root/.ssh/id_rsa', layer: 0, deleted: true },
      { path: '/app/.env', layer: 0, deleted: false },
    ]);
  });
});

describe('the program of an image', () => {
  const problems = async (parts: readonly Part[], config: Readonly<Record<string, unknown>>) => {
    const { program: found } = await factsOf(parts, config);
    return found && [found.kind, found.path, ...found.problems];
  };

  it('is missing, a folder, or may not be started', async () => {
    assert.deepEqual(await problems([], { Entrypoint: ['/app'] }), [
      'missing',
      undefined,
      'exec: "/app": stat /app: no such file or directory',
    ]);
    assert.deepEqual(await problems([program('app')], { Cmd: ['app'] }), [
      'missing',
      undefined,
      'exec: "app": executable file not found in $PATH',
    ]);
    assert.deepEqual(await problems([{ name: 'app/', type: '5' }], { Cmd: ['/app'] }), [
      'other',
      '/app',
      'exec: "/app": is a directory: permission denied',
    ]);
    assert.deepEqual(await problems([{ name: 'app', content: 'xxxx' }], { Cmd: ['/app'] }), [
      'other',
      '/app',
      'exec: "/app": permission denied (mode 644, owner 0)',
    ]);
  });

  it('may be started by some and not by others', async () => {
    const own = [{ name: 'app', content: 'xxxx', mode: 0o700 }];
    const group = [{ name: 'app', content: 'xxxx', mode: 0o750 }];
    const refused = 'exec: "/app": permission denied (mode 700, owner 0)';
    assert.deepEqual(await problems(own, { Cmd: ['/app'], User: '65532' }), ['other', '/app', refused]);
    assert.deepEqual(await problems(own, { Cmd: ['/app'], User: 'unknown' }), ['other', '/app']);
    assert.deepEqual(await problems(own, { Cmd: ['/app'] }), ['other', '/app']);
    assert.deepEqual(await problems(group, { Cmd: ['/app'], User: '65532' }), ['other', '/app']);
  });

  it('is for another system', async () => {
    const foreign = (head: string) => [{ name: 'app', content: Buffer.from(`${head}....`, 'latin1'), mode: 0o755 }];
    for (const [head, system] of [
      ['\xcf\xfa\xed\xfe', 'macOS'],
      ['MZ\x90\x00', 'Windows'],
    ] as const) {
      assert.deepEqual(await problems(foreign(head), { Cmd: ['/app'] }), [
        'other',
        '/app',
        `exec /app: exec format error (it is a program for ${system})`,
      ]);
    }
  });

  it('is found in PATH, below the working directory and through links', async () => {
    const there = [program('opt/app'), { name: 'bin/link', type: '2', link: '../opt/app' }];
    assert.deepEqual(await problems(there, { Cmd: ['app'], Env: ['PATH=/none:/opt'] }), ['other', '/opt/app']);
    assert.deepEqual(await problems(there, { Entrypoint: ['./app'], WorkingDir: '/opt' }), ['other', '/opt/app']);
    assert.deepEqual(await problems(there, { Cmd: ['link'] }), ['other', '/opt/app']);
    assert.equal(await problems(there, {}), undefined);
  });

  it('is a script whose interpreter has to be there', async () => {
    const script = (line: string) => [program('run', `${line}\necho hi\n`), program('bin/sh')];
    assert.deepEqual(await problems(script('#!/bin/sh -e'), { Cmd: ['/run'] }), ['script', '/run']);
    assert.deepEqual(await problems(script('#! /bin/bash'), { Cmd: ['/run'] }), [
      'script',
      '/run',
      'exec /run: no such file or directory (its first line asks for "/bin/bash", which is not there)',
    ]);
    assert.deepEqual(await problems(script('#!/bin/sh\r'), { Cmd: ['/run'] }), [
      'script',
      '/run',
      'exec /run: no such file or directory (its first line asks for "/bin/sh\\r", which is not there)',
    ]);
  });
});

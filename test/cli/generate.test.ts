import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runIn } from './console.ts';
import { inFolder, program } from './project.ts';

describe('go-dockerfile generate', () => {
  it('writes a Dockerfile without findings and its .dockerignore', async () => {
    await inFolder(program, async (folder) => {
      const { code, out, err } = await runIn(folder, ['generate']);
      assert.deepEqual([code, out], [0, '']);
      const names = ['Dockerfile', '.dockerignore'].map((name) => path.join(folder, name));
      assert.equal(
        err,
        `scratch: static binary that needs nothing else.\n${names.map((name) => `wrote ${name}\n`).join('')}`,
      );
      assert.deepEqual(await runIn(folder, ['lint']), { code: 0, out: '0 findings in 1 Dockerfile\n', err: '' });
    });
  });

  it('never overwrites a Dockerfile, and leaves a .dockerignore as it is', async () => {
    await inFolder({ ...program, Dockerfile: '# mine\n' }, async (folder) => {
      const { code, err } = await runIn(folder, ['generate']);
      assert.equal(code, 2);
      assert.match(err, /Dockerfile exists already: --force/);
      assert.equal(await readFile(path.join(folder, 'Dockerfile'), 'utf8'), '# mine\n');
      assert.equal(existsSync(path.join(folder, '.dockerignore')), false);
      assert.equal((await runIn(folder, ['generate', '--force'])).code, 0);
      assert.match(await readFile(path.join(folder, 'Dockerfile'), 'utf8'), /^FROM .*golang:/m);
    });
    await inFolder({ ...program, '.dockerignore': 'mine\n' }, async (folder) => {
      const { code, err } = await runIn(folder, ['generate']);
      assert.equal(code, 0);
      assert.match(err, /\.dockerignore exists already and stays as it is/);
      assert.equal(await readFile(path.join(folder, '.dockerignore'), 'utf8'), 'mine\n');
    });
  });

  it('takes the choices and prints instead of writing', async () => {
    const files = {
      'api/go.mod': 'module example.com/api\n\ngo 1.25\n',
      'api/cmd/one/main.go': program['main.go'] ?? '',
      'api/cmd/two/main.go': program['main.go'] ?? '',
    };
    await inFolder(files, async (folder) => {
      const args = ['generate', 'api', '--main', './cmd/two/', '--base', 'alpine', '--port', '9000', '--stdout'];
      const { code, out, err } = await runIn(folder, args);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /\.\/cmd\/two/);
      assert.match(out, /^FROM alpine:/m);
      assert.match(out, /^EXPOSE 9000$/m);
      assert.equal(existsSync(path.join(folder, 'api', 'Dockerfile')), false);
    });
  });

  it('names what is wrong with a choice', async () => {
    await inFolder(program, async (folder) => {
      const errors: readonly (readonly [readonly string[], RegExp])[] = [
        [['--base', 'alpin'], /--base is scratch, .*not "alpin", did you mean "alpine"\?/],
        [['--port', '99999'], /--port is a number from 0 to 65535, not "99999"/],
        [['--main', 'cmd/x'], /there is no main package in cmd\/x .*\(main packages: \.\)/],
        [['--cgo', 'maybe'], /--cgo is auto, on, off, not "maybe"/],
        [['--platforms', 'arm64'], /--platforms is a list such as linux\/amd64,linux\/arm64, not "arm64"/],
        [['missing'], /missing cannot be read: no such file or directory/],
        [['go.mod'], /go\.mod is no folder/],
        [['a', 'b'], /generate takes one folder/],
      ];
      for (const [args, message] of errors) {
        const { code, err } = await runIn(folder, ['generate', ...args]);
        assert.equal(code, 2);
        assert.match(err, message);
        assert.equal(err.split('\n').length, 2, 'one line');
      }
    });
  });

  it('adds what is asked for: stages, files beside it, programs as targets', async () => {
    const files = {
      'go.mod': 'module example.com/two\n\ngo 1.26\n',
      'a/main.go': program['main.go'] ?? '',
      'b/main.go': program['main.go'] ?? '',
    };
    await inFolder(files, async (folder) => {
      const args = [
        'generate',
        '--main',
        'all',
        '--reproducible',
        '--compose',
        '--bake',
        '--workflow',
        '--language',
        'zh',
      ];
      assert.equal((await runIn(folder, args)).code, 0);
      const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');
      assert.match(await read('Dockerfile'), /SOURCE_DATE_EPOCH/);
      assert.match(await read('Dockerfile'), /^FROM scratch AS b$[\s\S]*^FROM scratch AS a$/m);
      assert.match(await read('Dockerfile'), /^# 关闭 cgo/m);
      assert.match(await read('compose.yaml'), /^ {2}a:\n {4}build:\n {6}context: \.\n {6}target: a$/m);
      assert.match(await read('docker-bake.hcl'), /^target "b" \{$/m);
      assert.match(await read('.github/workflows/image.yml'), /cosign sign --yes \$\{\{/);
    });
  });

  it('prints everything as JSON and writes nothing', async () => {
    await inFolder(program, async (folder) => {
      const { code, out, err } = await runIn(folder, ['generate', '--json', '--cgo', 'on', '--cache', 'layers']);
      assert.deepEqual([code, err], [0, '']);
      const { plan, choices, files } = JSON.parse(out);
      assert.equal(plan.recommended.base, 'scratch');
      assert.deepEqual([choices.cgo, choices.base, choices.cache], [true, 'distroless-base', 'layers']);
      assert.deepEqual(
        files.map((file: { path: string }) => file.path),
        ['Dockerfile', '.dockerignore'],
      );
      assert.equal(existsSync(path.join(folder, 'Dockerfile')), false);
    });
  });

  it('says so when there is no program', async () => {
    await inFolder({ 'go.mod': 'module example.com/library\n' }, async (folder) => {
      const { code, err } = await runIn(folder, ['generate']);
      assert.equal(code, 2);
      assert.match(err, /there is no main package below/);
    });
  });
});

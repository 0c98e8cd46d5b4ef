import assert from 'node:assert/strict';
import { chmod, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runIn } from './console.ts';
import { broken, clean, inFolder, program } from './project.ts';

const dockerfile = { ...program, Dockerfile: broken };

describe('go-dockerfile lint', () => {
  it('prints file, place, severity, message and rule, the steps below, a summary last', async () => {
    await inFolder(dockerfile, async (folder) => {
      const { code, out, err } = await runIn(folder, ['lint']);
      assert.equal(code, 1);
      assert.equal(err, '');
      const [finding, step, ...rest] = out.split('\n');
      assert.match(finding ?? '', /^Dockerfile:9:19 error .*\/out\/server.* copy-built-file$/);
      assert.match(step ?? '', /^ {4}Dockerfile:6:\d+ .*\/out\/app/);
      assert.deepEqual(rest, ['', '1 finding in 1 Dockerfile, 1 can be fixed with --fix', '']);
    });
  });

  it('prints JSON with LSP coordinates', async () => {
    await inFolder(dockerfile, async (folder) => {
      const { code, out } = await runIn(folder, ['lint', '--format', 'json', 'Dockerfile']);
      assert.equal(code, 1);
      const [finding, ...others] = JSON.parse(out);
      assert.deepEqual(others, []);
      assert.deepEqual(Object.keys(finding), ['file', 'rule', 'severity', 'message', 'range', 'related', 'fixes']);
      const range = { start: { line: 8, character: 18 }, end: { line: 8, character: 29 } };
      assert.deepEqual(
        [finding.file, finding.rule, finding.severity, finding.range],
        ['Dockerfile', 'copy-built-file', 'error', range],
      );
      assert.equal(finding.related[0].range.start.line, 5);
      assert.deepEqual(finding.fixes[0], {
        title: 'Copy /out/app',
        safe: true,
        edits: [{ range, newText: '/out/app' }],
      });
    });
  });

  it('exits 0 when clean, and when everything is below the level', async () => {
    await inFolder({ ...program, Dockerfile: clean }, async (folder) => {
      const { code, out } = await runIn(folder, ['lint', '.']);
      assert.deepEqual([code, out], [0, '0 findings in 1 Dockerfile\n']);
    });
    const root = clean.replace('USER 65532:65532\n', '');
    await inFolder({ ...program, Dockerfile: root }, async (folder) => {
      assert.equal((await runIn(folder, ['lint'])).code, 1);
      const { code, out } = await runIn(folder, ['lint', '--severity', 'error', '--format', 'json']);
      assert.deepEqual([code, out], [0, '[]\n']);
    });
  });

  it('searches folders, takes each file once, and leaves ignore files and vendor out', async () => {
    const files = {
      ...dockerfile,
      'Dockerfile.dockerignore': broken,
      'vendor/x/Dockerfile': broken,
      'deploy/api.dockerfile': broken,
      Containerfile: 'FROM node:22\n',
    };
    await inFolder(files, async (folder) => {
      const { out } = await runIn(folder, ['lint', '.', 'Dockerfile', './deploy']);
      const names = out.split('\n').flatMap((line) => /^(\S+?):\d/.exec(line)?.[1] ?? []);
      assert.deepEqual(names, ['Dockerfile', path.join('deploy', 'api.dockerfile')]);
      assert.match(out, /in 3 Dockerfiles/);
    });
  });

  it('reads standard input as the Dockerfile of the current folder', async () => {
    await inFolder(program, async (folder) => {
      const { code, out } = await runIn(folder, ['lint', '-'], { input: `\uFEFF${broken}` });
      assert.equal(code, 1);
      assert.match(out, /^<stdin>:9:19 error/);
      const fixed = await runIn(folder, ['lint', '--fix', '-'], { input: broken });
      assert.deepEqual([fixed.code, fixed.out], [0, clean]);
      assert.match(fixed.err, /1 fixed/);
    });
  });

  it('goes on after a file that cannot be read, and exits 2 with one line', async () => {
    await inFolder(dockerfile, async (folder) => {
      const { code, out, err } = await runIn(folder, ['lint', 'missing', 'Dockerfile']);
      assert.equal(code, 2);
      assert.equal(err, 'go-dockerfile: missing cannot be read: no such file or directory\n');
      assert.match(out, /copy-built-file/);
      assert.equal((await runIn(folder, ['lint', 'missing'])).out, '');
    });
  });

  it('colours on a terminal, unless told otherwise', async () => {
    await inFolder(dockerfile, async (folder) => {
      const coloured = async (isTerminal: boolean, environment: Record<string, string>): Promise<boolean> =>
        (await runIn(folder, ['lint'], { isTerminal, environment })).out.includes('\x1b[');
      assert.deepEqual(
        [
          await coloured(true, {}),
          await coloured(false, {}),
          await coloured(true, { NO_COLOR: '1' }),
          await coloured(true, { TERM: 'dumb' }),
          await coloured(false, { FORCE_COLOR: '1' }),
          await coloured(true, { FORCE_COLOR: '1', NO_COLOR: '1' }),
        ],
        [true, false, false, false, true, false],
      );
    });
  });
});

describe('go-dockerfile lint --fix', () => {
  it('writes the fixed text and tells what is left', async () => {
    await inFolder(dockerfile, async (folder) => {
      const { code, out } = await runIn(folder, ['lint', '--fix']);
      assert.deepEqual([code, out], [0, '0 findings in 1 Dockerfile, 1 fixed\n']);
      assert.equal(await readFile(path.join(folder, 'Dockerfile'), 'utf8'), clean);
    });
  });

  it('keeps byte order mark, line ends, mode and links', async () => {
    await inFolder(dockerfile, async (folder) => {
      const [file, link] = [path.join(folder, 'Dockerfile'), path.join(folder, 'Containerfile')];
      await writeFile(file, `\uFEFF${broken.replaceAll('\n', '\r\n')}`);
      await chmod(file, 0o640);
      await symlink('Dockerfile', link);
      await runIn(folder, ['lint', '--fix', 'Containerfile']);
      assert.equal(await readFile(file, 'utf8'), `\uFEFF${clean.replaceAll('\n', '\r\n')}`);
      assert.equal((await stat(file)).mode & 0o777, 0o640);
      assert.equal(await readlink(link), 'Dockerfile');
    });
  });

  it('leaves a file alone that is no UTF-8', async () => {
    await inFolder(dockerfile, async (folder) => {
      const bytes = Buffer.concat([Buffer.from('# caf\xe9\n', 'latin1'), Buffer.from(broken)]);
      await writeFile(path.join(folder, 'Dockerfile'), bytes);
      const { code, err } = await runIn(folder, ['lint', '--fix']);
      assert.equal(code, 2);
      assert.equal(err, 'go-dockerfile: Dockerfile: not fixed, because it is no UTF-8 text\n');
      assert.deepEqual(await readFile(path.join(folder, 'Dockerfile')), bytes);
    });
  });
});

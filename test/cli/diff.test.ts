import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runIn } from './console.ts';
import { broken, clean, inFolder, program } from './project.ts';

const files = { ...program, 'deploy/Dockerfile': broken, 'debug.Dockerfile': clean, '.dockerignore': '.git\n*.go' };

/** What git makes of a patch. */
function apply(folder: string, patch: string): void {
  const { status, stderr, error } = spawnSync('git', ['apply', '-'], {
    cwd: folder,
    input: patch,
    encoding: 'utf8',
  });
  assert.equal(status, 0, error?.message ?? stderr);
}

describe('go-dockerfile lint --diff', () => {
  it('is a patch with which git makes what --fix writes, project files too', async () => {
    const names = ['deploy/Dockerfile', '.dockerignore'];
    const texts = (folder: string): Promise<readonly string[]> =>
      Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
    let fixed: readonly string[] = [];
    await inFolder(files, async (folder) => {
      await runIn(folder, ['lint', '--fix']);
      fixed = await texts(folder);
      assert.equal(fixed[0], clean);
    });
    await inFolder(files, async (folder) => {
      const before = await texts(folder);
      const { code, out, err } = await runIn(folder, ['lint', '--diff']);
      assert.equal(code, 1);
      assert.equal(err, '2 findings would be fixed with --fix\n');
      assert.deepEqual(await texts(folder), before, 'nothing is written');
      assert.match(out, /^--- a\/deploy\/Dockerfile\n\+\+\+ b\/deploy\/Dockerfile\n@@/m);
      apply(folder, out);
      assert.deepEqual(await texts(folder), fixed);
      const again = await runIn(folder, ['lint', '--diff']);
      assert.deepEqual([again.code, again.out], [0, '']);
    });
  });

  it('keeps byte order mark and line ends, and reads standard input', async () => {
    const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    await inFolder(program, async (folder) => {
      const input = windows(broken);
      const { out } = await runIn(folder, ['lint', '--diff', '--stdin-filename', 'my.Dockerfile', '-'], { input });
      await writeFile(path.join(folder, 'my.Dockerfile'), input);
      apply(folder, out);
      assert.equal(await readFile(path.join(folder, 'my.Dockerfile'), 'utf8'), windows(clean));
    });
  });

  it('does not go with --fix', async () => {
    await inFolder(program, async (folder) => {
      const { code, err } = await runIn(folder, ['lint', '--fix', '--diff']);
      assert.deepEqual([code, err], [2, 'go-dockerfile: --diff shows what --fix writes: give one of them\n']);
    });
  });
});

describe('go-dockerfile lint --stdin-filename', () => {
  it('takes standard input for the Dockerfile of another folder', async () => {
    const inner = Object.fromEntries(Object.entries(program).map(([name, text]) => [`svc/${name}`, text]));
    await inFolder(inner, async (folder) => {
      const missing = broken.replace('.\n\nFROM', './cmd/none\n\nFROM');
      const { out } = await runIn(folder, ['lint', '--stdin-filename', 'svc/Dockerfile', '-'], { input: missing });
      assert.match(out, /build-existing-package/);
    });
  });
});

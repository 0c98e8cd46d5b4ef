import assert from 'node:assert/strict';
import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import manifest from '../../package.json' with { type: 'json' };
import { runIn } from './console.ts';
import { broken, clean, inFolder, program } from './project.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The program as a shell starts it. `input`: text for a pipe, or the number of an open file. */
async function start(
  args: readonly string[],
  folder: string,
  input: string | number = '',
): Promise<{ code: number; out: string }> {
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const program = path.join(root, 'server', 'cli', 'main.ts');
  const given = typeof input === 'number' ? input : 'pipe';
  const stdio: StdioOptions = [given, 'pipe', 'ignore'];
  const child = spawn(process.execPath, ['--import', tsx, program, ...args], { cwd: folder, stdio });
  child.stdin?.end(input);
  let out = '';
  child.stdout?.on('data', (piece) => {
    out += piece;
  });
  const [code] = await once(child, 'close');
  return { code, out };
}

describe('go-dockerfile', () => {
  it('prints version and help', async () => {
    assert.deepEqual(await runIn('/', ['--version']), { code: 0, out: `${manifest.version}\n`, err: '' });
    for (const args of [[], ['--help'], ['help']]) assert.match((await runIn('/', args)).out, /^Usage: go-dockerfile/m);
    for (const command of ['lint', 'generate', 'measure', 'lsp']) {
      const { code, out } = await runIn('/', [command, '--help']);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^Usage: go-dockerfile ${command}`, 'm'));
    }
  });

  it('suggests what was meant', async () => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['lnit'], 'unknown command "lnit", did you mean "lint"? (go-dockerfile --help)'],
      [['frobnicate'], 'unknown command "frobnicate" (go-dockerfile --help)'],
      [['lint', '--fromat', 'json'], 'unknown option --fromat, did you mean "--format"?'],
      [['lint', '--format', 'jsn'], '--format is text, json, sarif, github, gitlab, not "jsn", did you mean "json"?'],
      [['lint', '-', 'Dockerfile'], 'standard input (-) cannot be checked beside other paths'],
    ];
    for (const [args, message] of cases) {
      assert.deepEqual(await runIn('/', args), { code: 2, out: '', err: `go-dockerfile: ${message}\n` });
    }
  });

  it('ends with 0, 1 or 2', async () => {
    await inFolder({ ...program, Dockerfile: clean }, async (folder) => {
      // Below an error nothing is promised: support of a base image ends some day.
      assert.equal((await start(['lint', '--severity', 'error'], folder)).code, 0);
      const { code, out } = await start(['lint', '-'], folder, broken);
      assert.equal(code, 1);
      assert.match(out, /copy-built-file/);
      assert.equal((await start(['lint', 'missing'], folder)).code, 2);
    });
  });

  it('takes all of standard input, from a pipe and from a file', async () => {
    const long = `# ${'x'.repeat(998)}\n`.repeat(600) + broken;
    await inFolder({ ...program, Dockerfile: clean }, async (folder) => {
      await writeFile(path.join(folder, 'long'), long);
      const file = await open(path.join(folder, 'long'));
      try {
        const piped = await start(['lint', '-'], folder, long);
        assert.match(piped.out, /^<stdin>:6\d\d:.*copy-built-file/m);
        assert.deepEqual(await start(['lint', '-'], folder, file.fd), piped);
      } finally {
        await file.close();
      }
    });
  });
});

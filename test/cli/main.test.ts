import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import manifest from '../../package.json' with { type: 'json' };
import { runIn } from './console.ts';
import { broken, clean, inFolder, program } from './project.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The program as a shell starts it. */
async function start(args: readonly string[], folder: string, input = ''): Promise<{ code: number; out: string }> {
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const program = path.join(root, 'server', 'cli', 'main.ts');
  const child = spawn(process.execPath, ['--import', tsx, program, ...args], { cwd: folder });
  child.stdin.end(input);
  let out = '';
  child.stdout.on('data', (piece) => {
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
      [['lint', '--format', 'jsn'], '--format is text, json, not "jsn", did you mean "json"?'],
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
});

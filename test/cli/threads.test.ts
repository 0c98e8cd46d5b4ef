import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { broken, inFolder, program } from './project.ts';

const main = path.resolve(import.meta.dirname, '../../server/cli/main.ts');

const mistake = { '.go-dockerfile.json': '{ "rules": { "no-such-rule": "off" } }' };

/** How the program ends and what it says; in one thread where `file` is no `.cjs`. */
async function lint(file: string, folder: string, names: readonly string[]) {
  try {
    return await promisify(execFile)(process.execPath, [file, 'lint', ...names], { cwd: folder });
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

describe('the threads of lint', () => {
  it('say of many Dockerfiles what one thread says, in the same order', async () => {
    const texts = Array.from({ length: 320 }, (_, at) => (at % 64 === 0 ? broken : 'FROM scratch\n'));
    const files = texts.map((text, at): [string, string] => [`${at}.Dockerfile`, text]);
    await inFolder({ ...program, ...mistake, ...Object.fromEntries(files) }, async (folder) => {
      const common: BuildOptions = { entryPoints: [main], bundle: true, platform: 'node', format: 'cjs' };
      const [many, one] = [path.join(folder, 'bundled/cli.cjs'), path.join(folder, 'bundled/cli.js')];
      for (const outfile of [many, one]) await build({ ...common, mainFields: ['module', 'main'], outfile });
      const names = [...files.map(([name]) => name), 'missing'];
      const said = await lint(many, folder, names);
      assert.equal(said.stdout.match(/copy-built-file/g)?.length, 5);
      assert.equal(said.stderr.trim().split('\n').length, 2);
      assert.deepEqual(said, await lint(one, folder, names));
    });
  });
});

import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTools, toolsThere } from '../../server/image/supply-chain.ts';
import { inFolder } from '../cli/project.ts';

const never = new AbortController().signal;

/** A tool that prints its arguments in its error output and this on standard output. */
async function pretend(folder: string, name: string, output: unknown, code = 0): Promise<void> {
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  const file = path.join(folder, name);
  const lines = [
    `#!${process.execPath}`,
    `require('node:fs').writeFileSync(__filename + '.args', JSON.stringify(process.argv.slice(2)));`,
    `process.stdout.write(${JSON.stringify(text)}, () => { console.error('the last line'); process.exit(${code}); });`,
  ];
  await writeFile(file, lines.join('\n'));
  await chmod(file, 0o755);
}

describe('tools of other people', () => {
  it('are named with the way to get them when they are missing, and not started', () => {
    const there = toolsThere({ PATH: '/nowhere' });
    assert.deepEqual(
      there.map(({ tool, state }) => [tool, state]),
      ['syft', 'grype', 'trivy', 'govulncheck', 'cosign'].map((tool) => [tool, 'missing']),
    );
    for (const { summary } of there) assert.match(summary, /^not on the PATH: (go install \S+@latest|https:\S+)$/);
  });

  it('are run with arguments, and summarised', async () => {
    await inFolder({}, async (folder) => {
      await pretend(folder, 'syft', { artifacts: [{}, {}] });
      await pretend(
        folder,
        'grype',
        { matches: [{ vulnerability: { severity: 'High' } }, { vulnerability: { severity: 'Low' } }] },
        2,
      );
      await pretend(folder, 'trivy', { SchemaVersion: 2, Results: [{ Vulnerabilities: null }] });
      const reports = await runTools({ archive: '/a b/$(x).tar' }, { PATH: folder }, never);
      assert.deepEqual(
        reports.slice(0, 3).map(({ state, summary }) => [state, summary]),
        [
          ['ran', '2 packages'],
          ['ran', '2 known vulnerabilities: 1 high, 1 low'],
          ['ran', 'no known vulnerabilities'],
        ],
      );
      const args: unknown = JSON.parse(await readFile(path.join(folder, 'grype.args'), 'utf8'));
      assert.deepEqual(args, ['docker-archive:/a b/$(x).tar', '--output', 'json', '--quiet']);
    });
  });

  it('that fail, or print something else, found nothing and say so', async () => {
    await inFolder({}, async (folder) => {
      await pretend(folder, 'syft', 'no JSON', 1);
      await pretend(folder, 'grype', { error: 'no database' }, 1);
      const reports = await runTools({ archive: 'x' }, { PATH: folder }, never);
      assert.deepEqual(
        reports.slice(0, 3).map(({ state, summary }) => [state, summary.split(':')[0]]),
        [
          ['failed', 'the last line'],
          ['failed', 'the last line'],
          ['missing', 'not on the PATH'],
        ],
      );
    });
  });
});

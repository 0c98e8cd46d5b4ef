import assert from 'node:assert/strict';
import { runTools, toolsThere } from '../../../server/image/tools/tools.ts';
import { inFolder } from '../../cli/project.ts';
import { argsOf, pretend } from './pretend.ts';

const never = new AbortController().signal;
const archive = (file: string) => ({ image: { archive: file }, programs: [] });

describe('tools of other people', () => {
  it('are named with the way to get them when they are missing, and not started', async () => {
    const there = await toolsThere(archive('x'), { PATH: '/nowhere' }, never);
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
      const reports = await runTools(archive('/a b/$(x).tar'), { PATH: folder }, never);
      assert.deepEqual(
        reports.slice(0, 3).map(({ state, summary }) => [state, summary]),
        [
          ['ran', '2 packages'],
          ['ran', '2 known vulnerabilities: 1 high, 1 low'],
          ['ran', 'no known vulnerabilities'],
        ],
      );
      assert.deepEqual(await argsOf(folder, 'grype'), ['docker-archive:/a b/$(x).tar', '--output', 'json', '--quiet']);
    });
  });

  it('that fail, or print something else, found nothing and say so', async () => {
    await inFolder({}, async (folder) => {
      await pretend(folder, 'syft', 'no JSON', 1);
      await pretend(folder, 'grype', { error: 'no database' }, 1);
      const reports = await runTools(archive('x'), { PATH: folder }, never);
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

import assert from 'node:assert/strict';
import { runTools, toolsThere } from '../../../server/image/tools/tools.ts';
import { inFolder } from '../../cli/project.ts';
import { argsOf, pretend, variableOf } from './pretend.ts';
import { errors, grypeMatches, trivyNothing, trivyResults } from './printed.ts';

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
      await pretend(folder, 'grype', grypeMatches, { code: 2 });
      await pretend(folder, 'trivy', trivyResults, { code: 5 });
      const [syft, grype, trivy] = await runTools(archive('/a b/$(x).tar'), { PATH: folder }, never);
      assert.deepEqual(syft, { tool: 'syft', state: 'ran', summary: '2 packages' });
      assert.deepEqual(grype, {
        tool: 'grype',
        state: 'ran',
        summary: '4 known vulnerabilities: 1 high, 1 medium, 1 negligible, 1 unknown',
        worst: [
          'high GHSA-aaaa-bbbb-0001: golang.org/x/text v0.14.0, fixed in v0.15.0, in /usr/local/bin/app',
          'medium GHSA-aaaa-bbbb-0002: golang.org/x/text v0.14.0, no fix, in /usr/local/bin/app',
          'negligible CVE-2099-0003: libc6 2.41-12, fixed in 2.41-12+deb13u9',
          'unknown CVE-2099-0004: libc6 2.41-12, no fix',
        ],
      });
      assert.deepEqual(trivy, {
        tool: 'trivy',
        state: 'ran',
        summary: '3 known vulnerabilities: 1 critical, 1 high, 1 unknown',
        worst: [
          'critical CVE-2099-0003: libc6 2.41-12, fixed in 2.41-12+deb13u9',
          'high CVE-2099-0001: golang.org/x/text v0.14.0, fixed in 0.15.0, in /usr/local/bin/app',
          'unknown CVE-2099-0004: tzdata 2025b-4+deb13u1, no fix',
        ],
      });
      assert.deepEqual(await argsOf(folder, 'grype'), ['docker-archive:/a b/$(x).tar', '--output', 'json']);
      assert.deepEqual(await argsOf(folder, 'trivy'), [
        ...['image', '--format', 'json', '--quiet', '--scanners', 'vuln', '--offline-scan'],
        ...['--input', '/a b/$(x).tar'],
      ]);
    });
  });

  it('name five, and how many more there are', async () => {
    await inFolder({}, async (folder) => {
      await pretend(folder, 'grype', { ...grypeMatches, matches: Array(7).fill(grypeMatches.matches[0]) });
      const [, grype] = await runTools(archive('x'), { PATH: folder }, never);
      assert.deepEqual([grype?.worst?.length, grype?.worst?.at(-1)], [6, 'and 2 more']);
    });
  });

  it('send nothing to their makers', async () => {
    await inFolder({}, async (folder) => {
      for (const name of ['syft', 'grype', 'trivy']) await pretend(folder, name, '');
      await runTools(archive('x'), { PATH: folder, TRIVY_DISABLE_TELEMETRY: 'false' }, never);
      for (const [name, variable, value] of [
        ['syft', 'SYFT_CHECK_FOR_APP_UPDATE', 'false'],
        ['grype', 'GRYPE_CHECK_FOR_APP_UPDATE', 'false'],
        ['trivy', 'TRIVY_DISABLE_TELEMETRY', 'true'],
        ['trivy', 'TRIVY_SKIP_VERSION_CHECK', 'true'],
      ] as const) {
        assert.equal(await variableOf(folder, name, variable), value, variable);
      }
    });
  });

  const tell = async (
    name: 'grype' | 'trivy',
    output: unknown,
    said: string,
    code = 1,
  ): Promise<string | undefined> => {
    let summary: string | undefined;
    await inFolder({}, async (folder) => {
      await pretend(folder, name, output, { code, errors: said });
      const reports = await runTools(archive('x'), { PATH: folder }, never);
      const report = reports.find(({ tool }) => tool === name);
      summary = `${report?.state}: ${report?.summary}`;
    });
    return summary;
  };

  it('without a database looked nothing up', async () => {
    const none = 'failed: has no vulnerability database, so nothing was looked up: get one with';
    assert.equal(await tell('grype', '', errors.grypeNoDatabase), `${none} grype db update`);
    for (const said of [errors.trivyNoDatabase, errors.trivySkippedDatabase])
      assert.equal(await tell('trivy', '', said), `${none} trivy image --download-db-only`);
  });

  it('that found nothing to look up do not say that nothing is known', async () => {
    assert.equal(await tell('trivy', trivyNothing, '', 0), 'ran: found no packages to look up');
    assert.equal(await tell('trivy', { ...trivyNothing, Results: [{}] }, '', 0), 'ran: no known vulnerabilities');
    assert.equal(await tell('grype', { ...grypeMatches, matches: [] }, '', 0), 'ran: no known vulnerabilities');
  });

  it('that fail, or print something else, found nothing and say why', async () => {
    assert.equal(
      await tell('grype', '', errors.grypeOldDatabase),
      'failed: failed to load vulnerability db: the vulnerability database was built 2 weeks ago (max allowed age is 5 days)',
    );
    assert.equal(
      await tell('grype', '', errors.grypeNoImage),
      'failed: failed to load vulnerability db: no such table; failed to catalog: no source providers were able to resolve the input "/x.tar"',
    );
    assert.equal(await tell('grype', { error: 'no matches' }, 'the last line\n\n'), 'failed: the last line');
    assert.equal(await tell('trivy', 'no JSON', ''), 'failed: ended with 1');
  });
});

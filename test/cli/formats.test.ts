import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import standard from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Log, Run } from 'sarif';
import { runIn } from './console.ts';
import { broken, clean, inFolder, program } from './project.ts';

/** Fails with what the schema of the standard says against a log. */
function assertSarif(log: unknown): asserts log is Log {
  const { $schema: _draft4, id: _id, ...schema } = standard;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  assert.ok(ajv.validate(schema, log), ajv.errorsText());
}

/** A COPY of nothing, a source file that is ignored, and no user. */
const files = {
  'svc a/go.mod': program['go.mod'] ?? '',
  'svc a/main.go': program['main.go'] ?? '',
  'svc a/Dockerfile': broken.replace('USER 65532:65532\n', ''),
  'svc a/.dockerignore': '*.go\n',
};

const sarif = async (folder: string, args: readonly string[] = [], environment = {}): Promise<Run> => {
  const { out } = await runIn(folder, ['lint', '--format', 'sarif', ...args], { environment });
  const log: unknown = JSON.parse(out);
  assertSarif(log);
  const [run, ...others] = log.runs;
  assert.ok(run && others.length === 0);
  return run;
};

describe('go-dockerfile lint --format sarif', () => {
  it('is valid, and names places, steps, other files and fixes', async () => {
    await inFolder(files, async (folder) => {
      const { results = [], tool, originalUriBaseIds } = await sarif(folder);
      assert.equal(originalUriBaseIds?.['%SRCROOT%']?.uri, pathToFileURL(`${folder}${path.sep}`).href);
      const ids = results.map(({ ruleId }) => ruleId);
      assert.deepEqual(ids, ['no-ignored-source', 'no-root-user', 'copy-built-file']);
      for (const { ruleId, ruleIndex } of results)
        assert.equal(tool.driver.rules?.[ruleIndex ?? -1]?.id, ruleId, 'the index is that of the rule');
      const [ignored, root, copied] = results;
      const artifactLocation = { uri: 'svc%20a/Dockerfile', uriBaseId: '%SRCROOT%' };
      assert.deepEqual(copied?.locations, [
        {
          physicalLocation: {
            artifactLocation,
            region: { startLine: 9, startColumn: 19, endLine: 9, endColumn: 30 },
          },
        },
      ]);
      assert.deepEqual([copied?.level, root?.level], ['error', 'warning']);
      const steps = copied?.codeFlows?.[0]?.threadFlows[0]?.locations.map(
        ({ location }) => location?.physicalLocation?.region?.startLine,
      );
      assert.deepEqual(steps?.at(-1), 9);
      assert.ok((steps?.length ?? 0) > 1);
      assert.deepEqual(copied?.fixes?.[0]?.artifactChanges, [
        {
          artifactLocation,
          replacements: [
            {
              deletedRegion: { startLine: 9, startColumn: 19, endLine: 9, endColumn: 30 },
              insertedContent: { text: '/out/app' },
            },
          ],
        },
      ]);
      const ignore = { uri: 'svc%20a/.dockerignore', uriBaseId: '%SRCROOT%' };
      assert.deepEqual(ignored?.relatedLocations?.[0]?.physicalLocation?.artifactLocation, ignore);
      const changed = ignored?.fixes?.map(({ artifactChanges }) => artifactChanges[0]?.artifactLocation);
      assert.deepEqual(changed?.[0], ignore);
    });
  });

  it('says what could not be read, and that nothing was found', async () => {
    await inFolder({ ...program, Dockerfile: clean }, async (folder) => {
      const { results, invocations } = await sarif(folder, ['Dockerfile', 'missing']);
      assert.deepEqual(results, []);
      assert.equal(invocations?.[0]?.executionSuccessful, false);
      assert.match(JSON.stringify(invocations?.[0]?.toolExecutionNotifications), /missing cannot be read/);
    });
  });

  it('keeps fingerprints when lines move, and tells equal findings apart', async () => {
    const twice = `${broken}\nFROM scratch\nCOPY --from=build /out/server /app\nUSER 1:1\nENTRYPOINT ["/app"]\n`;
    const prints = async (text: string): Promise<readonly unknown[]> => {
      let found: readonly unknown[] = [];
      await inFolder({ ...program, Dockerfile: text }, async (folder) => {
        const { results = [] } = await sarif(folder);
        found = results.filter(({ ruleId }) => ruleId === 'copy-built-file').map((one) => one.partialFingerprints);
      });
      return found;
    };
    const before = await prints(twice);
    assert.equal(new Set(before.map((print) => JSON.stringify(print))).size, 2);
    assert.deepEqual(await prints(`# moved\n\n${twice}`), before);
  });

  it('names files from the checkout of the CI service', async () => {
    await inFolder(files, async (folder) => {
      const { results = [] } = await sarif(path.join(folder, 'svc a'), [], { GITHUB_WORKSPACE: folder });
      const uri = results[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
      assert.equal(uri, 'svc%20a/Dockerfile');
    });
  });
});

describe('go-dockerfile lint for CI services', () => {
  it('prints annotations of GitHub', async () => {
    await inFolder(files, async (folder) => {
      const { out, code } = await runIn(path.join(folder, 'svc a'), ['lint', '--format', 'github'], {
        environment: { GITHUB_WORKSPACE: folder },
      });
      assert.equal(code, 1);
      const lines = out.trimEnd().split('\n');
      assert.equal(lines.length, 3);
      const copied = lines.find((line) => line.includes('copy-built-file')) ?? '';
      const head = '::error file=svc a/Dockerfile,line=9,endLine=9,col=19,endColumn=30,title=copy-built-file::';
      assert.equal(copied.slice(0, head.length), head);
      assert.match(copied, /%0Asvc a\/Dockerfile:6 /);
      assert.ok(lines.some((line) => line.includes('%0Asvc a/.dockerignore:1 ')));
    });
  });

  it('escapes what would end an annotation', async () => {
    const odd = { ...program, 'a,b:c%.Dockerfile': broken };
    await inFolder(odd, async (folder) => {
      const { out } = await runIn(folder, ['lint', '--format', 'github']);
      assert.match(out, /^::error file=a%2Cb%3Ac%25\.Dockerfile,line=9,/);
    });
  });

  it('prints a code quality report of GitLab', async () => {
    await inFolder(files, async (folder) => {
      const { out } = await runIn(path.join(folder, 'svc a'), ['lint', '--format', 'gitlab'], {
        environment: { CI_PROJECT_DIR: folder },
      });
      const issues: readonly Record<string, unknown>[] = JSON.parse(out);
      assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
      const { description, fingerprint, ...rest } = issues.at(-1) ?? {};
      assert.match(String(description), /\/out\/server/);
      assert.match(String(fingerprint), /^[\da-f]{64}$/);
      assert.deepEqual(rest, {
        check_name: 'copy-built-file',
        severity: 'critical',
        location: { path: 'svc a/Dockerfile', lines: { begin: 9, end: 9 } },
      });
    });
  });
});

describe('go-dockerfile lint --fail-on', () => {
  it('shows all and ends with 1 from its level up', async () => {
    await inFolder({ ...program, Dockerfile: clean.replace('USER 65532:65532\n', '') }, async (folder) => {
      const codeOf = async (...args: string[]): Promise<number> => {
        const { code, out } = await runIn(folder, ['lint', ...args]);
        assert.match(out, /no-root-user/);
        return code;
      };
      assert.deepEqual(
        [
          await codeOf(),
          await codeOf('--fail-on', 'warning'),
          await codeOf('--fail-on', 'error'),
          await codeOf('--fail-on', 'never'),
        ],
        [1, 1, 0, 0],
      );
    });
  });
});

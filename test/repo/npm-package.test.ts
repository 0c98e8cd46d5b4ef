import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import manifest from '../../package.json' with { type: 'json' };

describe('the npm package', () => {
  it('has the bundles, the pages of the rules and the schema, and none of the sources', () => {
    const { status, stdout, stderr } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    const listed: unknown = JSON.parse(stdout);
    const [packed] = Object.values(listed as object) as readonly {
      readonly files: readonly { readonly path: string }[];
    }[];
    const files = (packed?.files ?? []).map(({ path }) => path);
    const wanted = /^(?:dist\/\w+\.cjs|docs\/rules\/[\w-]+\.md|schemas\/.*\.json|package\.json|README\.md|LICENSE)$/;
    assert.deepEqual(
      files.filter((file) => !wanted.test(file)),
      [],
    );
    for (const file of ['docs/rules/no-root-user.md', 'schemas/go-dockerfile.schema.json'])
      assert.ok(files.includes(file), file);
    assert.equal(manifest.scripts.prepack, 'tsx scripts/bundle.ts', 'the bundles are made before it is packed');
  });
});

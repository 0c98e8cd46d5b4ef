import assert from 'node:assert/strict';
import path from 'node:path';
import { runIn } from './console.ts';
import { clean, inFolder, program } from './project.ts';

const rooted = { ...program, 'build/Dockerfile': clean.replace('USER 65532:65532\n', '') };
const file = path.join('build', 'Dockerfile');

describe('a configuration file', () => {
  it('sets the severity of rules, as JSON or YAML, from a folder above', async () => {
    for (const [name, text] of [
      ['.go-dockerfile.json', '{ "rules": { "no-root-user": "off" } }'],
      ['.go-dockerfile.yaml', 'rules:\n  no-root-user: off\n'],
      ['build/.go-dockerfile.yml', 'rules: {no-root-user: off}\n'],
    ] as const) {
      await inFolder({ ...rooted, [name]: text }, async (folder) => {
        const { code, out, err } = await runIn(folder, ['lint']);
        assert.deepEqual([code, out, err], [0, '0 findings in 1 Dockerfile\n', ''], name);
      });
    }
    await inFolder({ ...rooted, '.go-dockerfile.yaml': 'rules:\n  no-root-user: error\n' }, async (folder) => {
      assert.match((await runIn(folder, ['lint', '--severity', 'error'])).out, / error .* no-root-user\n/);
    });
  });

  it('is the nearest one alone', async () => {
    const files = {
      ...rooted,
      '.go-dockerfile.yaml': 'rules:\n  no-root-user: off\n',
      'build/.go-dockerfile.json': '{}',
    };
    await inFolder(files, async (folder) => {
      assert.match((await runIn(folder, ['lint'])).out, /no-root-user/);
    });
  });

  it('is told where it is wrong, once, and the rest of it counts', async () => {
    const text = 'rules:\n  no-root-usr: off\n  no-root-user: of\n  pin-base-image: [off]\nrule: {}\n';
    const files = { ...rooted, Dockerfile: clean, '.go-dockerfile.yaml': text };
    await inFolder(files, async (folder) => {
      const { code, out, err } = await runIn(folder, ['lint']);
      assert.equal(code, 2);
      assert.match(out, /no-root-user/);
      const levels = 'one of default, off, hint, information, warning, error';
      assert.deepEqual(err.trim().split('\n'), [
        'go-dockerfile: .go-dockerfile.yaml:2:3: There is no rule "no-root-usr", did you mean "no-root-user"?',
        `go-dockerfile: .go-dockerfile.yaml:3:17: The severity of no-root-user is ${levels}, not "of": did you mean "off"?`,
        `go-dockerfile: .go-dockerfile.yaml:4:19: The severity of pin-base-image is ${levels}, not this.`,
        'go-dockerfile: .go-dockerfile.yaml:5:1: There is no key "rule", did you mean "rules"?',
      ]);
    });
  });

  it('says what is no JSON or YAML at all', async () => {
    const errors = async (text: string, name = '.go-dockerfile.json'): Promise<string> => {
      let found = '';
      await inFolder({ ...rooted, [name]: text }, async (folder) => {
        found = (await runIn(folder, ['lint', file])).err;
      });
      return found;
    };
    assert.match(await errors('{ "rules": '), /^go-dockerfile: \.go-dockerfile\.json:1:\d+: \S.*\n$/);
    assert.match(await errors('- rules'), /:1:1: A configuration is \{ "rules": .* \}\.\n$/);
    assert.match(
      await errors('rules: off', '.go-dockerfile.yaml'),
      /:1:8: "rules" maps ids of rules to severities\.\n$/,
    );
    assert.match(
      await errors('{"rules": {"no-root-user": null, "no-root-user": "off"}}'),
      /:1:34: Map keys must be unique/,
    );
    assert.equal(await errors(''), '');
    assert.equal(await errors('{"$schema": "x", "rules": {"no-root-user": "default"}}'), '');
  });
});

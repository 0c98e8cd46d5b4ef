import assert from 'node:assert/strict';
import { rules } from '../../server/analysis/rules/index.ts';
import { runIn } from './console.ts';

describe('go-dockerfile explain', () => {
  it('lists all rules', async () => {
    const { code, out } = await runIn('/', ['explain']);
    assert.equal(code, 0);
    const ids = out
      .split('\n')
      .flatMap((line) => /^([a-z-]+) +(?:error|warning|information|hint) /.exec(line)?.[1] ?? []);
    assert.deepEqual(
      ids,
      rules.map(({ id }) => id),
    );
    const all: readonly { readonly id: string }[] = JSON.parse((await runIn('/', ['explain', '--json'])).out);
    assert.equal(all.length, rules.length);
  });

  it('says of a rule what it finds, why, both examples, what it does not report and how to switch it off', async () => {
    const rule = rules.find(({ id }) => id === 'match-go-version') ?? assert.fail();
    const { out } = await runIn('/', ['explain', rule.id]);
    for (const text of [rule.title, rule.why, rule.silent[0] ?? '', `ignore=${rule.id}`])
      assert.ok(out.includes(text.trim()), text);
    for (const text of [rule.example.bad, rule.example.good])
      for (const line of text.trim().split('\n')) assert.ok(out.includes(line), line);
  });

  it('suggests the rule that was meant', async () => {
    const { code, err } = await runIn('/', ['explain', 'no-rot-user']);
    assert.deepEqual([code, err], [2, 'go-dockerfile: there is no rule "no-rot-user", did you mean "no-root-user"?\n']);
  });
});

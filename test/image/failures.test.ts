import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { failures } from '../lab/failures/index.ts';
import { explainLog, misexplained } from '../lab/failures/judge.ts';

const folder = path.join(import.meta.dirname, 'failures');
const builders = ['buildkit', 'buildx', 'moby', 'podman', 'legacy'] as const;

/** The last line of a log that the lab wrote: how the engine ended. */
const ending = /\n\[exit (\d+)\]\s*$/;

describe('failures as the engines printed them', () => {
  for (const failure of failures) {
    for (const builder of builders) {
      const file = path.join(folder, builder, `${failure.name}.log`);
      if (!existsSync(file)) continue;
      it(`${failure.name} (${builder})`, () => {
        const log = readFileSync(file, 'utf8');
        const code = Number(ending.exec(log)?.[1]);
        const found = explainLog(builder, failure.dockerfile, log.replace(ending, ''), code);
        assert.equal(misexplained(failure, found), '');
      });
    }
  }

  it('has a log of every failure', () => {
    const names = new Set(builders.flatMap((builder) => readdirSync(path.join(folder, builder))));
    assert.deepEqual(
      failures.map(({ name }) => `${name}.log`).filter((name) => !names.has(name)),
      [],
    );
    assert.ok(new Set(failures.map(({ cause }) => cause)).size >= 25);
  });
});

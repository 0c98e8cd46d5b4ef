import assert from 'node:assert/strict';
import { lastStage, traceOf } from './traced.ts';

/** Commands, and the users of Alpine and of these commands whose number is known. */
const table: readonly (readonly [string, string])[] = [
  ['true', 'nobody=65534 root=0'],
  ['adduser -D -u 10001 app', 'app=10001 nobody=65534 root=0'],
  ['adduser -S -D -H -h /srv -g "The App" -Du 10001 app', 'app=10001 nobody=65534 root=0'],
  ['adduser --uid 10001 --disabled-password --gecos "" app', 'app=10001 nobody=65534 root=0'],
  ['useradd --uid=10001 -r -g users app', 'app=10001 nobody=65534 root=0'],
  ['adduser -D app', 'nobody=65534 root=0'],
  ['adduser -D -u 10001 app wheel', 'nobody=65534 root=0'],
  ['adduser -D -u 10001 app && adduser -D app', 'nobody=65534 root=0'],
  ['test -f /x || adduser -D -u 10001 app', 'nobody=65534 root=0'],
  ['adduser -D -u $ID app', ''],
  ['adduser --frobnicate -u 10001 app', ''],
  ['usermod -u 10001 nobody', ''],
];

describe('users with their numbers', () => {
  for (const [command, expected] of table) {
    it(command, () => {
      const { users } = lastStage(traceOf(`FROM alpine:3.24\nARG ID\nRUN ${command}\n`));
      const shown = [...users].map(([name, uid]) => `${name}=${uid}`).sort();
      assert.equal(shown.join(' '), expected);
    });
  }

  it('are handed to the stage above', () => {
    const { users } = lastStage(traceOf('FROM alpine:3.24 AS base\nRUN adduser -D -u 7 app\n\nFROM base\n'));
    assert.equal(users.get('app'), 7);
  });
});

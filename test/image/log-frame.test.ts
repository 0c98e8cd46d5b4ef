import assert from 'node:assert/strict';
import { withoutLogFrame } from '../../server/image/log-frame.ts';

describe('withoutLogFrame', () => {
  const cases = [
    [
      'what is quoted',
      'time="2026-11-26T13:14:18Z" level=fatal msg="exec: \\"/x\\": stat /x: no such file"',
      'exec: "/x": stat /x: no such file',
    ],
    ['one word', 'time="2026-11-26T13:14:18Z" level=error msg=broken', 'broken'],
    ['what Go alone escapes', 'time="2026-11-26T13:14:18Z" level=error msg="a\\x1bb"', 'a\\x1bb'],
    ['fields after it', 'time="2026-11-26T13:14:18Z" level=error msg="one" error="two"', 'one error="two"'],
    [
      'each line',
      'first\ntime="2026-11-26T13:14:18Z" level=fatal msg="1 errors:\\nno such image"',
      'first\n1 errors:\nno such image',
    ],
    ['other lines as they are', 'say time="now" level=x msg=y', 'say time="now" level=x msg=y'],
  ] as const;
  for (const [what, line, words] of cases) {
    it(`leaves ${what}`, () => assert.equal(withoutLogFrame(line), words));
  }
});

import assert from 'node:assert/strict';
import { failuresIn } from '../../scripts/failures.ts';

const passed = Array.from({ length: 100 }, (_, index) => `passed  case ${index}`);

describe('what failed, said again at the end of npm test', () => {
  it('names a failed case with its reason, and none that passed before it', () => {
    const said = failuresIn([...passed, 'failed  no-upx  of the lab', '          expected 1', ''].join('\n'));
    assert.deepEqual(said, ['failed  no-upx  of the lab', '          expected 1']);
  });

  it('keeps what mocha says of a failure', () => {
    const said = failuresIn([...passed, '  1) a suite', '       a test:', '     AssertionError: not so'].join('\n'));
    assert.equal(said.at(-1), '     AssertionError: not so');
    assert.equal(said.length, 3);
  });

  it('is the end of an output without marks', () => {
    assert.deepEqual(failuresIn(passed.join('\n')), passed.slice(-60));
  });
});

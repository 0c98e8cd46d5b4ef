import assert from 'node:assert/strict';
import { data } from '../../scripts/data.ts';

describe('the tables of images', () => {
  it('are those of data/images.json', () => assert.deepEqual(data(false), [], 'run "npm run data"'));
});

import assert from 'node:assert/strict';
import { snippetCases, snippets } from '../../scripts/snippets.ts';
import { analyze } from '../../server/analysis/analyze.ts';
import { dockerfileSnippets } from '../../server/generate/snippets.ts';
import { onDataDay } from '../support/day.ts';
import { programs } from '../support/programs.ts';
import { projectOf } from '../support/project.ts';

describe('snippets', () => {
  it('are as the generator writes them', () => assert.deepEqual(snippets(false), []));

  for (const { name, dockerfile, vendored, cgo } of snippetCases) {
    it(`has no finding: ${name}`, () => {
      const vendor = { ...programs.required, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit\n' };
      const files = vendored ? vendor : cgo ? programs.cgo : programs.web;
      assert.deepEqual(analyze(dockerfile, projectOf(files), onDataDay).findings, []);
    });
  }

  for (const { name, body, expanded } of dockerfileSnippets) {
    it(`expands to what was checked: ${name}`, () => {
      const inserted = body.replace(/(?<!\\)\$\{\d:([^}]*)\}/g, '$1').replace(/\\([\\$])/g, '$1');
      assert.equal(inserted, expanded);
    });
  }
});

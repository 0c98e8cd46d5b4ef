import assert from 'node:assert/strict';
import { closureOf } from '../../../server/analysis/go/closures.ts';
import { projectOf } from '../../support/project.ts';

const project = projectOf({
  'go.mod': 'module app\n\ngo 1.26\n',
  'main.go': 'package main\n\nimport _ "app/store"\n\nfunc main() {}\n',
});
const closure = (facts: typeof project) => closureOf(facts, 'app', new Set(), true);

describe('import closures that are remembered', () => {
  it('are followed once for the same packages and modules, whatever else is known', () => {
    assert.equal(closure({ ...project, callers: [] }), closure(project));
  });

  it('are followed again for other modules: what is their own is not the standard library', () => {
    assert.ok(!closure(project)?.std.has('app/store'));
    assert.ok(closure({ ...project, modules: [] })?.std.has('app/store'));
  });
});

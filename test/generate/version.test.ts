import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { programSignals } from '../../server/analysis/go/project-signals.ts';
import { noSurroundings } from '../../server/analysis/go/surroundings.ts';
import { render } from '../../server/analysis/known.ts';
import { generate } from '../../server/generate/generate.ts';
import { plan } from '../../server/generate/plan.ts';
import { onDataDay } from '../support/day.ts';
import { type Files, projectOf } from '../support/project.ts';

const module: Files = { 'go.mod': 'module example.com/app\n\ngo 1.26\n', '.git/HEAD': 'ref: refs/heads/main\n' };

/** What is generated, and what our own rules say of it. */
const made = (files: Files) => {
  const facts = projectOf({ ...module, ...files });
  const reading = { facts, signals: (main: string) => programSignals(facts, main), surroundings: noSurroundings };
  const { recommended, findings } = plan(reading, '/p');
  const { dockerfile, dockerignore } = generate(reading, recommended);
  const after = projectOf({ ...module, ...files, '.dockerignore': dockerignore });
  const said = analyze(dockerfile, after, onDataDay).findings.map(({ rule, message }) => `${rule}: ${render(message)}`);
  return { dockerfile, findings, said };
};

const asks = 'info, _ := debug.ReadBuildInfo()\n\tprintln(info.Main.Version)';

describe('generate with a version', () => {
  it('sets the variable of a package for versions', () => {
    const { dockerfile, findings, said } = made({
      'main.go': 'package main\n\nimport _ "example.com/app/internal/version"\n\nfunc main() {}\n',
      'internal/version/version.go': `package version\n\nimport "runtime/debug"\n\nvar Version = "dev"\n\nfunc init() {\n\t${asks}\n}\n`,
    });
    assert.match(dockerfile, /^ARG VERSION=dev$/m);
    assert.match(dockerfile, /-X example\.com\/app\/internal\/version\.Version=\$VERSION"/);
    assert.ok(findings.some((line) => /^example\.com\/app\/internal\/version\.Version is set/.test(line)));
    assert.deepEqual(said, []);
  });

  it('says that no commit is recorded where a program asks for it and has no variable', () => {
    const { dockerfile, said } = made({
      'main.go': `package main\n\nimport "runtime/debug"\n\nfunc main() {\n\t${asks}\n}\n`,
    });
    assert.match(dockerfile, /^# No commit is recorded: .*\n(?:.*\n)+?.* go build -trimpath -buildvcs=false /m);
    assert.deepEqual(said, []);
  });

  it('says nothing of it to a program that does not ask', () => {
    const { dockerfile } = made({ 'main.go': 'package main\n\nfunc main() {}\n' });
    assert.doesNotMatch(dockerfile, /buildvcs|commit|VERSION/);
  });
});

import { deepEqual } from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { render } from '../../server/analysis/known.ts';
import { copyExistingSource } from '../../server/analysis/rules/copy-existing-source.ts';
import { programs } from '../support/programs.ts';
import { projectOf } from '../support/project.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (...lines: readonly string[]): string =>
  `FROM golang:1.26\nWORKDIR /src\nCOPY go.mod ./\n${lines.join('\n')}\n`;
const app = { ...programs.hello, 'templates/a.html': '', 'README.md': '' };
const missing = (path: string): string => `There is no ${path} in the build context: the build stops here.`;

testRule(copyExistingSource, {
  valid: [
    { name: 'all are there', files: app, code: stage('COPY main.go templates/ README.md ./') },
    { name: 'a binary may be built before', files: app, code: stage('COPY dist/app /app', 'COPY bin/manager .') },
    {
      name: 'a file that is generated',
      files: app,
      code: stage('COPY api.pb.go zz_generated.deepcopy.go wire_gen.go ./'),
    },
    { name: 'nothing in the context is named', files: app, code: 'FROM golang:1.26\nCOPY cmd/main.go internal ./\n' },
    { name: 'from another stage', files: app, code: stage('COPY --from=0 /template /') },
    { name: 'a URL', files: app, code: stage('ADD https://example.org/main2.go /') },
    { name: 'a pattern', files: app, code: stage('COPY *.go templat* ./') },
    { name: 'a variable', files: app, code: stage('ARG DIR=template', 'COPY $DIR ./') },
    {
      name: 'hidden by .dockerignore',
      files: { ...app, '.dockerignore': 'main.go\n' },
      code: stage('COPY main.go ./'),
    },
    { name: 'a heredoc', files: app, code: stage('COPY <<template /x\nhi\ntemplate') },
    { name: 'another rule speaks of go.sum', files: app, code: stage('COPY go.sum ./') },
    { name: 'the project is not known', code: stage('COPY cmd/main.go ./') },
  ],
  invalid: [
    {
      name: 'a Go file',
      files: app,
      code: stage('COPY «cmd/main.go» ./'),
      messages: [missing('cmd/main.go')],
      severity: 'error',
    },
    {
      name: 'a plural',
      files: app,
      code: stage('COPY «./template/» ./templates/'),
      messages: [missing('template')],
      fixed: stage('COPY ./templates/ ./templates/'),
    },
    {
      name: 'other capitals',
      files: app,
      code: stage('COPY «Readme.md» ./'),
      messages: [missing('Readme.md')],
      fixed: stage('COPY README.md ./'),
    },
    {
      name: 'as seen from the folder of the Dockerfile',
      files: { ...app, 'deploy/entrypoint.sh': '' },
      path: 'deploy/Dockerfile',
      code: stage('COPY «entrypoint.sh» /'),
      messages: [missing('entrypoint.sh')],
      fixed: stage('COPY deploy/entrypoint.sh /'),
    },
  ],
});

describe('copy-existing-source in a nested module', () => {
  const code = stage('COPY main.go cmd/other.go ./');
  const found = (mayLieAbove?: (path: string) => boolean): readonly string[] => {
    const facts = projectOf(app);
    const context = { ...facts.context, nested: true, ...(mayLieAbove && { mayLieAbove }) };
    return analyze(code, { ...facts, context })
      .findings.filter(({ rule }) => rule === copyExistingSource.id)
      .map((finding) => render(finding.message));
  };

  it('reports what no folder above has either', () => {
    const sentence = 'There is no cmd/other.go in the build context, and in no folder above it: the build stops here.';
    deepEqual(
      found((path) => path !== 'cmd/other.go'),
      [sentence],
    );
    deepEqual(
      found((path) => path === 'cmd/other.go'),
      [],
    );
    deepEqual(found(), []);
  });
});

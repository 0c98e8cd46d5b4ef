import { deepEqual } from 'node:assert/strict';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { noProject } from '../../../server/analysis/go/no-project.ts';
import { traceDockerfile } from '../../../server/analysis/trace/trace.ts';

const dockerfile = parseDockerfile('FROM golang:1.27 AS build\nFROM scratch\nCOPY --from=build /app /app\n');

const rolesOf = (code: string, path?: string): readonly string[] => {
  const context = { ...noProject.context, dockerfile: path };
  return traceDockerfile(parseDockerfile(code), { ...noProject, context }).stages.map(({ role }) => role);
};

describe('the role of a stage that others use', () => {
  const code = `FROM golang:1.27 AS base
FROM base AS build
FROM base AS tools
FROM alpine:3.24 AS debug
COPY --from=tools /go/bin/dlv /dlv
FROM scratch
COPY --from=build /app /app
`;

  it('is that of what is shipped only where something that is shipped uses it', () => {
    deepEqual(rolesOf(code), ['intermediate', 'intermediate', 'development', 'development', 'final']);
  });

  it('changes with the name of its user', () => {
    deepEqual(rolesOf(code.replace('AS debug', 'AS server'))[2], 'intermediate');
  });

  it('is development where it is run for its output, unless it is the last', () => {
    const stages = (first: string, last: string): string => `FROM golang:1.27 AS ${first}\nFROM scratch AS ${last}\n`;
    deepEqual(rolesOf(stages('mocks', 'app')), ['development', 'final']);
    deepEqual(rolesOf(stages('go-vet', 'app')), ['development', 'final']);
    deepEqual(rolesOf(stages('app', 'mocks')), ['target', 'final']);
  });

  it('is development below images for tests', () => {
    deepEqual(rolesOf('FROM golang:1.27 AS build\nFROM scratch\nCOPY --from=build /app /app\n', 'e2e/Dockerfile'), [
      'development',
      'test',
    ]);
  });
});

describe('the role of a last stage by its folder', () => {
  const role = (path: string | undefined, folder?: string): string | undefined => {
    const context = { ...noProject.context, dockerfile: path, ...(folder !== undefined && { folder }) };
    return traceDockerfile(dockerfile, { ...noProject, context }).stages.at(-1)?.role;
  };

  it('is test where a project is tested, measured or developed', () => {
    const paths = ['test/apps/a', 'pkg/testdata/image', 'e2e', 'integration-tests/orm', 'images/dev-env'];
    for (const folder of [...paths, 'benchmark/exporter', 'hack/build-image'])
      deepEqual([folder, role(`${folder}/Dockerfile`)], [folder, 'test']);
  });

  it('is so too where the context itself is such a folder', () => {
    deepEqual(role('Dockerfile', '.devcontainer'), 'development');
    deepEqual(role('mock/Dockerfile', 'test'), 'test');
  });

  it('is final in every other one', () => {
    for (const folder of [
      'build',
      'docker',
      'cmd/latest',
      'contest',
      'services/device',
      'examples/a',
      'tools/a',
      'hackathon',
    ])
      deepEqual([folder, role(`${folder}/Dockerfile`, 'apps')], [folder, 'final']);
    deepEqual([role('Dockerfile', ''), role('Dockerfile'), role(undefined, 'test')], ['final', 'final', 'final']);
  });
});

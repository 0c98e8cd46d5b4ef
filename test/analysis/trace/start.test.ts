import assert from 'node:assert/strict';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { noProject } from '../../../server/analysis/go/no-project.ts';
import type { ProjectFacts } from '../../../server/analysis/go/project-facts.ts';
import { traceDockerfile } from '../../../server/analysis/trace/trace.ts';
import { programs } from '../../support/programs.ts';
import { projectOf } from '../../support/project.ts';
import { lastStage, shown, traceOf } from './traced.ts';

/** Last stages, and what a container of them starts. */
const starts: readonly (readonly [string, string, string])[] = [
  ['ENTRYPOINT', 'ENTRYPOINT ["/app", "serve"]', '/app serve'],
  ['CMD', 'CMD ["/app"]', '/app'],
  ['CMD beside ENTRYPOINT is arguments', 'ENTRYPOINT ["/app"]\nCMD ["--help"]', '/app'],
  ['an empty ENTRYPOINT gives way', 'ENTRYPOINT []\nCMD ["/app"]', '/app'],
  ['the last one counts', 'CMD ["/old"]\nCMD ["/app"]', '/app'],
  ['it may stand above the COPY', 'CMD ["/app"]\nCOPY app /app', '/app'],
  ['a shell form of one command', 'CMD /app --port 80', '/app --port 80'],
  ['exec in it', 'CMD exec /app', '/app'],
  ['sh -c with one command', 'CMD ["sh", "-c", "./app"]', './app'],
  ['sh -c with more', 'CMD ["sh", "-c", "./migrate && ./app"]', '?'],
  ['a shell form with a variable', 'CMD /app --port $PORT', '/app --port '],
  ['a shell form that waits', 'CMD ./start && sleep infinity', '?'],
  ['nothing', 'EXPOSE 80', '-'],
];

describe('what a container starts', () => {
  for (const [name, lines, expected] of starts) {
    it(name, () => {
      const { start } = lastStage(traceOf(`FROM alpine:3.24\n${lines}\n`));
      assert.equal(start ? (start.words?.join(' ') ?? '?') : '-', expected);
    });
  }

  it('a new ENTRYPOINT empties the CMD of the stage below, and not its own', () => {
    const { cmd } = lastStage(traceOf('FROM alpine:3.24 AS b\nCMD ["x"]\n\nFROM b\nENTRYPOINT ["/app"]\n'));
    const own = lastStage(traceOf('FROM alpine:3.24\nCMD ["x"]\nENTRYPOINT ["/app"]\n'));
    assert.deepEqual([cmd, own.cmd?.keyword], [undefined, 'CMD']);
  });
});

describe('the roles of stages', () => {
  it('make what a caller builds by name an image to ship, unless it is for development', () => {
    const dockerfile = parseDockerfile(
      'FROM golang AS Api\nFROM golang AS dev\nFROM scratch\nCOPY --from=api / /\nCOPY --from=dev / /',
    );
    const at = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const caller = { path: 'compose.yaml', range: at, name: '', args: new Map(), platforms: [] };
    const callers = ['API', 'dev'].map((target) => ({ ...caller, target }));
    const roles = (project: ProjectFacts) => traceDockerfile(dockerfile, project).stages.map(({ role }) => role);
    assert.deepEqual(roles(noProject), ['intermediate', 'intermediate', 'final']);
    assert.deepEqual(roles({ ...noProject, callers }), ['target', 'development', 'final']);
  });

  const table: readonly (readonly [string, string, string])[] = [
    ['one stage', 'FROM alpine', 'final'],
    ['built and copied', 'FROM golang AS b\nFROM scratch\nCOPY --from=b / /', 'intermediate final'],
    ['started from', 'FROM golang AS b\nFROM b', 'intermediate final'],
    [
      'only mounted',
      'FROM golang AS b\nFROM alpine\nRUN --mount=from=b,src=/x,target=/y,ro true',
      'intermediate final',
    ],
    ['used by number', 'FROM golang\nFROM scratch\nCOPY --from=0 / /', 'intermediate final'],
    ['used by nobody', 'FROM alpine AS one\nFROM alpine AS two', 'target final'],
    ['not shipped by its name', 'FROM alpine AS dev\nFROM alpine', 'development final'],
    [
      'picked by concatenation',
      'FROM alpine AS t-linux\nFROM alpine AS t-darwin\nFROM t-$TARGETOS',
      'intermediate intermediate final',
    ],
    [
      'an empty stage meant to be replaced',
      'FROM scratch AS artifacts\nFROM alpine\nCOPY --from=artifacts / /',
      'intermediate final',
    ],
  ];
  for (const [name, code, expected] of table) {
    it(name, () =>
      assert.equal(
        traceOf(`${code}\n`)
          .stages.map(({ role }) => role)
          .join(' '),
        expected,
      ),
    );
  }
});

describe('go commands of a stage', () => {
  it('know their folder, module and toolchain', () => {
    const [step] = lastStage(
      traceOf('FROM golang:1.26.3\nWORKDIR /src\nCOPY . .\nRUN go vet ./...\n', programs.web),
    ).goSteps;
    assert.deepEqual(
      [shown(step?.workdir), step?.module?.mod.path, step?.moduleRoot, step?.toolchain?.patch],
      ['/src', 'example.com/app', '/src', 3],
    );
  });

  it('do not know a module that the Dockerfile writes', () => {
    const lines = 'WORKDIR /src\nCOPY . .\nRUN go mod edit -go=1.20\nRUN go build\n';
    assert.equal(lastStage(traceOf(`FROM golang:1.26\n${lines}`, programs.web)).goSteps.at(-1)?.module, undefined);
  });

  it('know a module below the folder that was copied', () => {
    const files = { 'srv/go.mod': 'module example.com/srv\n', 'srv/main.go': 'package main\n' };
    const lines = 'WORKDIR /src\nCOPY . .\nRUN cd srv && go build\n';
    assert.equal(lastStage(traceOf(`FROM golang:1.26\n${lines}`, files)).goSteps[0]?.module?.dir, 'srv');
  });
});

describe('variables that the shell of a go command has', () => {
  const shellOf = (run: string, name: string): string =>
    shown(lastStage(traceOf(`FROM golang:1.26\nARG A=arg\n${run}\n`)).goSteps[0]?.shell.get(name));

  it('are those of the stage, and unexported ones', () => {
    assert.equal(shellOf('RUN go build', 'A'), 'arg');
    assert.equal(shellOf('RUN B=1; go build', 'B'), '1');
  });

  it('are not those of its own prefix', () => assert.equal(shellOf('RUN B=1 go build', 'B'), 'unset'));

  it('may be any after a sourced script', () => {
    const step = lastStage(traceOf('FROM golang:1.26\nRUN . ./env && go build\n')).goSteps[0];
    assert.deepEqual(step?.shell.get('B'), { known: false });
  });
});

describe('a Dockerfile is about Go', () => {
  const files = { ...programs.web, 'cmd/server/main.go': 'package main\n\nfunc main() {}\n' };
  const table: readonly (readonly [string, string, boolean])[] = [
    ['by its base', 'FROM golang:1.26', true],
    ['by a go command', 'FROM debian:trixie\nRUN go build', true],
    ['by a go command that a container runs', 'FROM debian:trixie\nCMD go test ./...', true],
    ['by the program it copies and starts', 'FROM alpine\nCOPY dist/server /bin/\nENTRYPOINT ["/bin/server"]', true],
    ['named after the module', 'FROM alpine\nCOPY app /app\nCMD ["/app"]', true],
    [
      'by the tarball of Go that make is there for',
      'FROM ubuntu\nRUN curl -sL https://go.dev/dl/go$V.$TARGETOS-$TARGETARCH.tar.gz | tar -C /usr/local -xz\nCOPY . .\nRUN make',
      true,
    ],
    ['not by another download', 'FROM ubuntu\nRUN curl -sL https://go.dev/doc | cat\nCOPY . .\nRUN make', false],
    ['not by any other program', 'FROM alpine\nCOPY tool /bin/\nENTRYPOINT ["/bin/tool"]', false],
    ['not by one that is only copied', 'FROM nginx\nCOPY dist/server /bin/\nCMD ["nginx"]', false],
    ['not because Go lies beside it', 'FROM node:24\nCOPY . .\nRUN npm ci\nCMD ["node", "server"]', false],
  ];
  for (const [name, code, expected] of table) {
    it(name, () => assert.equal(traceOf(`${code}\n`, files).isAboutGo, expected));
  }

  it('not as a template, which is for another project', () => {
    const project = projectOf(files);
    const isAboutGo = (path: string): boolean => {
      const context = { ...project.context, dockerfile: path };
      return traceDockerfile(parseDockerfile('FROM golang:1.26\n'), { ...project, context }).isAboutGo;
    };
    assert.deepEqual(['Dockerfile', 'templates/Dockerfile.tmpl', 'Dockerfile.in'].map(isAboutGo), [true, false, false]);
  });
});

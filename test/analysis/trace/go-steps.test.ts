import assert from 'node:assert/strict';
import type { GoStep } from '../../../server/analysis/trace/model.ts';
import type { Files } from '../../support/project.ts';
import { lastStage, traceOf } from './traced.ts';

const main = 'package main\n\nfunc main() {}\n';
const files: Files = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire example.com/dep v0.0.0\n\nreplace example.com/dep => ./dep\n',
  'main.go': main,
  'main_test.go': 'package main\n',
  'lib/lib.go': 'package lib\n',
  'docs/a.md': '',
  'dep/go.mod': 'module example.com/dep\n',
  'dep/dep.go': 'package dep\n',
};

const stepOf = (lines: string): GoStep => {
  const step = lastStage(traceOf(`FROM golang:1.26\nWORKDIR /src\n${lines}\n`, files)).goSteps.at(-1);
  assert(step);
  return step;
};

/** Lines behind `WORKDIR /src`, then what the last go command builds: folder and kind. */
const packages: readonly (readonly [string, string, string | undefined])[] = [
  ['the working directory', 'COPY . .\nRUN go build', '/src main'],
  ['a library', 'COPY . .\nRUN go build ./lib', '/src/lib library'],
  ['a folder without Go files', 'COPY . .\nRUN go build ./docs', '/src/docs empty'],
  ['a folder that is not there', 'COPY . .\nRUN go build ./nope', '/src/nope missing'],
  ['without ./', 'COPY . .\nRUN go build lib/sub lib/lib', undefined],
  ['another module', 'COPY . .\nRUN go build ./dep', '/src/dep unknown'],
  ['a pattern', 'COPY . .\nRUN go build ./...', '/src main, /src/lib library'],
  ['files one by one', 'COPY go.mod main.go ./\nRUN go build', '/src main'],
  ['no files at all', 'COPY go.mod ./\nRUN go build', '/src empty'],
  ['by a pattern', 'COPY go.mod *.go ./\nRUN go build', '/src main'],
  ['after a script', 'COPY . .\nRUN ./gen.sh\nRUN go build', undefined],
  ['more files may have come', 'COPY . .\nRUN mockgen lib\nRUN go build ./lib', '/src/lib unknown'],
  ['a file that was made', 'COPY . .\nRUN touch lib/x.go\nRUN go build ./lib', '/src/lib unknown'],
  ['a file that was removed', 'COPY . .\nRUN rm main.go\nRUN go build', '/src unknown'],
  ['bound', 'RUN --mount=type=bind,target=. go build ./lib', '/src/lib library'],
  ['a buildmode', 'COPY . .\nRUN go build -buildmode=plugin ./lib', undefined],
];

/** A command and what its -o means: the path, then whether it is a folder. */
const outputs: readonly (readonly [string, string | undefined])[] = [
  ['go build', undefined],
  ['go build -o app', '/src/app no'],
  ['go build -o bin/', '/src/bin yes'],
  ['go build -o lib', '/src/lib yes'],
  ['go build -o /usr/local/bin/app', '/usr/local/bin/app no'],
  ['go build -o /usr/local/bin', '/usr/local/bin yes'],
  ['go build -o /etc/app', '/etc/app unknown'],
  ['go build -o /dev/null', undefined],
  ['go build -o $OUT', undefined],
];

/** Lines behind `WORKDIR /src`, then the local modules the last go command reads and whether they are there. */
const locals: readonly (readonly [string, string])[] = [
  ['COPY go.mod ./\nRUN go mod download', '/src/dep no'],
  ['COPY . .\nRUN go mod download', '/src/dep yes'],
  ['COPY go.mod ./\nRUN ./fetch.sh && go mod download', ''],
  ['COPY go.mod ./\nRUN curl -o dep/go.mod https://example.org && go mod download', ''],
];

describe('a go command', () => {
  for (const [name, lines, expected] of packages) {
    it(`builds: ${name}`, () => {
      const found = stepOf(lines).packages?.map(({ folder, kind }) => `${folder} ${kind}`);
      assert.equal(found?.join(', '), expected);
    });
  }

  for (const [command, expected] of outputs) {
    it(`writes: ${command}`, () => {
      const { output } = stepOf(`COPY . .\nRUN ${command}`);
      assert.equal(output && `${output.path} ${output.isFolder}`, expected);
    });
  }

  for (const [lines, expected] of locals) {
    it(`reads local modules: ${lines.replaceAll('\n', ', ')}`, () => {
      const found = stepOf(lines).localModules.map(({ folder, there }) => `${folder} ${there}`);
      assert.equal(found.join(', '), expected);
    });
  }
});

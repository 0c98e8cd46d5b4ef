import { copyImportedPackages } from '../../server/analysis/rules/copy-imported-packages.ts';
import { testRule } from '../support/test-rule.ts';

const goMod = 'module example.com/app\n\ngo 1.26\n';
const layered = {
  'go.mod': goMod,
  'main.go': 'package main\n\nimport "example.com/app/internal/store"\n\nfunc main() { store.Open() }\n',
  'internal/store/store.go': 'package store\n\nimport "example.com/app/pkg/log"\n\nfunc Open() { log.Print() }\n',
  'pkg/log/log.go': 'package log\n\nfunc Print() {}\n',
  'pkg/log/log_windows.go': 'package log\n\nimport _ "example.com/app/pkg/windows"\n',
  'pkg/windows/windows.go': 'package windows\n',
};
const stage = (...lines: readonly string[]): string => `FROM golang:1.26\nWORKDIR /src\n${lines.join('\n')}\n`;
const build = 'RUN go build -o /app .';
const found = 'RUN «go build» -o /app .';
const says = 'main.go imports example.com/app/internal/store, which no COPY brings: go build stops here.';

testRule(copyImportedPackages, {
  valid: [
    { name: 'nothing is known', code: stage('COPY *.go ./', build) },
    { name: 'all is copied', files: layered, code: stage('COPY . .', build) },
    {
      name: 'folders are copied',
      files: layered,
      code: stage('COPY go.mod *.go ./', 'COPY internal internal', 'COPY pkg/ pkg/', build),
    },
    { name: 'a bind mount', files: layered, code: stage('RUN --mount=type=bind,target=. go build -o /app .') },
    {
      name: 'one folder',
      files: { 'go.mod': goMod, 'main.go': 'package main\n\nfunc main() {}\n' },
      code: stage('COPY go.mod *.go ./', build),
    },
    {
      name: 'the import is of another program',
      files: { ...layered, 'main.go': 'package main\n\nfunc main() {}\n', 'cmd/x/main.go': layered['main.go'] },
      code: stage('COPY go.mod *.go ./', build),
    },
    {
      name: 'only a test imports it',
      files: { ...layered, 'main.go': 'package main\n\nfunc main() {}\n', 'main_test.go': layered['main.go'] },
      code: stage('COPY go.mod *.go ./', build),
    },
    {
      name: 'behind a tag',
      files: {
        ...layered,
        'main.go': `//go:build extra\n\n${layered['main.go']}`,
        'plain.go': 'package main\n\nfunc main() {}\n',
      },
      code: stage('COPY go.mod *.go ./', build),
    },
    { name: 'a script may make it', files: layered, code: stage('COPY go.mod *.go ./', 'RUN ./fetch.sh', build) },
    { name: 'generated', files: layered, code: stage('COPY go.mod *.go ./', 'RUN protoc --go_out=. x.proto', build) },
    { name: 'may fail', files: layered, code: stage('COPY go.mod *.go ./', 'RUN go build -o /app . || true') },
    {
      name: 'hidden by .dockerignore',
      files: { ...layered, '.dockerignore': 'internal\n' },
      code: stage('COPY . .', build),
    },
    { name: 'its own sources are not there either', files: layered, code: stage('COPY go.mod ./', build) },
    { name: 'deleted after the build', files: layered, code: stage('COPY . .', build, 'RUN rm -rf internal') },
    {
      name: 'tags nobody knows',
      files: layered,
      code: stage('ARG TAGS', 'COPY go.mod *.go ./', 'RUN go build -tags $TAGS -o /app .'),
    },
  ],
  invalid: [
    {
      name: 'the files beside go.mod',
      files: layered,
      code: stage('COPY go.mod ./', 'COPY *.go ./', found),
      messages: [says],
      fixed: stage('COPY go.mod ./', 'COPY *.go ./', 'COPY internal ./internal', 'COPY pkg ./pkg', build),
      severity: 'error',
      related: ['This COPY brings the program without internal/store.'],
    },
    {
      name: 'one folder is forgotten',
      files: layered,
      code: stage('COPY go.mod *.go ./', 'COPY internal ./internal', 'RUN CGO_ENABLED=0 «go build» -o /app .'),
      messages: ['internal/store/store.go imports example.com/app/pkg/log, which no COPY brings: go build stops here.'],
      fixed: stage(
        'COPY go.mod *.go ./',
        'COPY internal ./internal',
        'COPY pkg ./pkg',
        'RUN CGO_ENABLED=0 go build -o /app .',
      ),
    },
    {
      name: 'a program below, copied elsewhere than to the working directory',
      files: {
        'go.mod': goMod,
        'cmd/api/main.go': layered['main.go'],
        'internal/store/store.go': 'package store\n\nfunc Open() {}\n',
      },
      code: stage('COPY go.mod /code/', 'COPY cmd /code/cmd', 'RUN cd /code && «go build» -o /app ./cmd/api'),
      messages: ['cmd/api/main.go imports example.com/app/internal/store, which no COPY brings: go build stops here.'],
      fixed: stage(
        'COPY go.mod /code/',
        'COPY cmd /code/cmd',
        'COPY internal /code/internal',
        'RUN cd /code && go build -o /app ./cmd/api',
      ),
    },
    {
      name: 'a module in a folder',
      files: Object.fromEntries(Object.entries(layered).map(([path, text]) => [`server/${path}`, text])),
      code: stage('COPY server/go.mod server/*.go ./', 'COPY server/internal ./internal', found),
      messages: [
        'server/internal/store/store.go imports example.com/app/pkg/log, which no COPY brings: go build stops here.',
      ],
      fixed: stage(
        'COPY server/go.mod server/*.go ./',
        'COPY server/internal ./internal',
        'COPY server/pkg ./pkg',
        build,
      ),
    },
  ],
});

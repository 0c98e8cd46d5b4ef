import { setWorkdir } from '../../server/analysis/rules/set-workdir.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const old = (...lines: readonly string[]): string => `FROM golang:1.21 AS build\n${lines.join('\n')}\n`;
const { hello } = programs;
const refused = 'go.mod lies in /go, which is GOPATH: Go 1.21 stops here.';
const mixed = 'go.mod lies in /go, which is GOPATH, among the modules and programs that go puts there.';

testRule(setWorkdir, {
  valid: [
    { name: 'a WORKDIR', files: hello, code: old('WORKDIR /src', 'COPY . .', 'RUN go build') },
    { name: 'a folder below GOPATH', files: hello, code: old('WORKDIR /go/src/app', 'COPY . .', 'RUN go build') },
    { name: 'copied elsewhere', files: hello, code: old('COPY . /src/', 'RUN cd /src && go build') },
    { name: 'another GOPATH', files: hello, code: old('ENV GOPATH=/gopath', 'COPY . .', 'RUN go build') },
    { name: 'without modules', files: hello, code: old('ENV GO111MODULE=off', 'COPY . .', 'RUN go build') },
    { name: 'no go command', files: hello, code: old('COPY . .', 'RUN go version') },
    { name: 'an image nobody described', files: hello, code: 'FROM acme/go\nCOPY . .\nRUN go build\n' },
    { name: 'the project is not known', code: old('COPY . .', 'RUN go build') },
  ],
  invalid: [
    {
      name: 'Go 1.21 refuses',
      files: hello,
      code: old('COPY . .', 'RUN «go build -o /app .»', '', 'FROM scratch', 'COPY --from=build /app /app'),
      messages: [refused],
      severity: 'error',
      fixed: old(
        'WORKDIR /src',
        'COPY . .',
        'RUN go build -o /app .',
        '',
        'FROM scratch',
        'COPY --from=build /app /app',
      ),
    },
    {
      name: 'go.mod alone, before the download',
      files: hello,
      code: old('COPY go.mod ./', 'RUN «go mod download»', 'COPY . .', 'RUN go build'),
      messages: [refused],
      fixed: old('WORKDIR /src', 'COPY go.mod ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
    {
      name: 'bound instead of copied',
      files: hello,
      code: old('RUN --mount=type=bind,target=. «go build -o /app .»'),
      messages: [refused],
      fixed: old('WORKDIR /src', 'RUN --mount=type=bind,target=. go build -o /app .'),
    },
    {
      name: 'Go 1.22 and later only warns',
      files: hello,
      code: 'FROM golang:1.26\nCOPY . .\nRUN «go build -o /app .»\n',
      messages: [mixed],
      severity: 'information',
      fixed: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n',
    },
    {
      name: 'a version that is not known',
      files: hello,
      code: 'FROM golang\nCOPY . .\nRUN «go build -o /app .»\n',
      messages: [mixed],
      severity: 'information',
      fixed: 'FROM golang\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n',
    },
    {
      name: 'an absolute destination stays as it is',
      files: hello,
      code: old('COPY . /go/', 'RUN «go build»'),
      messages: [refused],
    },
  ],
});

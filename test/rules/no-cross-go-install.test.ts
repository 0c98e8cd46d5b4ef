import { noCrossGoInstall } from '../../server/analysis/rules/no-cross-go-install.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const { hello } = programs;
const build = (from: string, run: string, path: string): string => `FROM ${from} AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
${run}

FROM scratch
COPY --from=build ${path} /app
`;
const crossing = '--platform=$BUILDPLATFORM golang:1.26';
const platform = 'GOOS=$TARGETOS GOARCH=$TARGETARCH';
const elsewhere =
  'On any other platform than the builder, go install puts the program below /go/bin/linux_…, and not at /go/bin/app.';

testRule(noCrossGoInstall, {
  valid: [
    {
      name: 'go build',
      files: hello,
      code: build(crossing, `RUN ${platform} go build -o /go/bin/app .`, '/go/bin/app'),
    },
    { name: 'native', files: hello, code: build('golang:1.26', 'RUN go install .', '/go/bin/app') },
    {
      name: 'on the target platform',
      files: hello,
      code: build('golang:1.26', `RUN ${platform} go install .`, '/go/bin/app'),
    },
    { name: 'for the builder', files: hello, code: build(crossing, 'RUN go install .', '/go/bin/app') },
    {
      name: 'an architecture that may be the own',
      files: hello,
      code: build('golang:1.26', 'RUN GOARCH=amd64 go install .', '/go/bin/app'),
    },
    {
      name: 'a tool that nobody copies',
      files: hello,
      code: build(crossing, `RUN ${platform} go install .`, '/src/go.mod'),
    },
    {
      name: 'a GOBIN that is not known',
      files: hello,
      code: build(crossing, `ARG BIN\nRUN GOBIN=$BIN ${platform} go install .`, '/go/bin/app'),
    },
    {
      name: 'copied from its own folder',
      files: hello,
      code: build('golang:1.26', 'RUN GOOS=windows go install .', '/go/bin/windows_amd64/app.exe'),
    },
    { name: 'the project is not known', code: build(crossing, `RUN ${platform} go install .`, '/go/bin/app') },
  ],
  invalid: [
    {
      name: 'for the target platform',
      files: hello,
      code: build(crossing, `RUN ${platform} «go install .»`.replace(`${platform} «`, `«${platform} `), '/go/bin/app'),
      messages: [elsewhere],
      severity: 'warning',
      related: ['This COPY then does not find /go/bin/app.'],
      fixed: build(crossing, `RUN ${platform} go build -o /go/bin/app .`, '/go/bin/app'),
    },
    {
      name: 'for another system',
      files: hello,
      code: build('golang:1.26', 'ENV GOOS=windows\nRUN «go install .»', '/go/bin/app.exe'),
      messages: [
        'go install puts what it builds for another system below /go/bin/windows_…, and not at /go/bin/app.exe.',
      ],
      severity: 'error',
      fixed: build('golang:1.26', 'ENV GOOS=windows\nRUN go build -o /go/bin/app.exe .', '/go/bin/app.exe'),
    },
    {
      name: 'with GOBIN',
      files: hello,
      code: build('golang:1.26', 'ENV GOOS=windows GOBIN=/out\nRUN «go install .»', '/out/app.exe'),
      messages: ['go install refuses to build for another system where GOBIN is set: the build stops here.'],
      severity: 'error',
      fixed: build('golang:1.26', 'ENV GOOS=windows GOBIN=/out\nRUN go build -o /out/app.exe .', '/out/app.exe'),
    },
  ],
});

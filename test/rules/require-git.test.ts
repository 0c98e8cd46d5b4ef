import { requireGit } from '../../server/analysis/rules/require-git.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const { required, hello } = programs;

const built = (lines: string, from = 'golang:1.26-alpine', first = ''): string => `FROM ${from} AS build
${first}WORKDIR /src
COPY . .
${lines}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const build = 'RUN go build -o /app .';
const installed = 'RUN apk add --no-cache git\n';
const missing = 'golang:1.26-alpine has no git: the command is not found.';
const empty = 'golang:1.26-alpine has no git: what this command should say is empty.';
const stops = 'go gets golang.org/x/sync by git, and golang:1.26-alpine has none: it stops.';

testRule(requireGit, {
  valid: [
    { name: 'the default proxy', files: required, code: built(`RUN go mod download\n${build}`) },
    {
      name: 'installed',
      files: required,
      code: built(`ENV GOPROXY=direct\nRUN git version\n${build}`, undefined, installed),
    },
    {
      name: 'installed with others',
      files: required,
      code: built('RUN apk add --no-cache make git=2.49.1-r0 && git describe'),
    },
    { name: 'on Debian', files: required, code: built(`ENV GOPROXY=direct\nRUN git version\n${build}`, 'golang:1.26') },
    {
      name: 'the image has it, the pattern is for others',
      files: required,
      code: built(`ENV GOPRIVATE=github.com/acme\n${build}`),
    },
    {
      name: 'a pattern for a part of a name',
      files: required,
      code: built(`ENV GOPRIVATE=golang.org/x/syn\n${build}`),
    },
    {
      name: 'GONOPROXY takes the place of GOPRIVATE',
      files: required,
      code: built(`ENV GOPRIVATE=golang.org GONOPROXY=none\n${build}`),
    },
    {
      name: 'direct is the last resort',
      files: required,
      code: built(`ENV GOPROXY=https://proxy.golang.org,direct\n${build}`),
    },
    { name: 'nothing is required', files: hello, code: built(`ENV GOPROXY=direct\n${build}`) },
    {
      name: 'vendored',
      files: { ...required, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit\n' },
      code: built(`ENV GOPROXY=direct\n${build}`),
    },
    { name: 'a pattern by an argument', files: required, code: built(`ARG GOPRIVATE\n${build}`) },
    { name: 'it may fail', code: built('RUN git describe > version || echo dev > version') },
    { name: 'a condition', code: built('RUN if command -v git; then git describe; fi') },
    { name: 'a script may install it', code: built('RUN ./install.sh\nRUN git describe') },
    { name: 'copied', code: built('COPY --from=alpine/git /usr/bin/git /usr/bin/git\nRUN git describe') },
    { name: 'a package that brings it', code: built('RUN apk add --no-cache git-lfs\nRUN git describe') },
    { name: 'another image', code: built('RUN git describe', 'alpine:3.24') },
    { name: 'a word of another command', code: built('RUN echo git describe && cat .git/HEAD') },
    { name: 'in a trigger', code: built('ONBUILD RUN git describe') },
    { name: 'nothing is known of the module', code: built(`ENV GOPRIVATE=*\n${build}`) },
  ],
  invalid: [
    {
      name: 'a command',
      code: built(`RUN «git» clone https://github.com/acme/x /x && cd /x && ${build.slice(4)}`),
      messages: [missing],
      severity: 'error',
      fixed: built(`RUN git clone https://github.com/acme/x /x && cd /x && ${build.slice(4)}`, undefined, installed),
    },
    {
      name: 'a version',
      code: built('RUN go build -ldflags "-X main.version=$(«git» describe)" -o /app .'),
      messages: [empty],
      severity: 'warning',
      fixed: built('RUN go build -ldflags "-X main.version=$(git describe)" -o /app .', undefined, installed),
    },
    {
      name: 'in a heredoc, on a stage',
      code: `FROM golang:1.26-alpine AS base\n\n${built('RUN <<EOF\nset -e\n«git» submodule update\nEOF', 'base')}`,
      messages: [missing],
      fixed: `FROM golang:1.26-alpine AS base\n${installed}\n${built('RUN <<EOF\nset -e\ngit submodule update\nEOF', 'base')}`,
    },
    {
      name: 'GOPROXY=direct',
      files: required,
      code: built(`ENV GOPROXY=direct\nRUN «go mod» download\n${build}`),
      messages: [stops],
      severity: 'warning',
      fixed: built(`ENV GOPROXY=direct\nRUN go mod download\n${build}`, undefined, installed),
    },
    {
      name: 'GOPRIVATE in the prefix',
      files: required,
      code: built('RUN GOPRIVATE="github.com/acme,golang.org/*" «go build» -o /app .'),
      messages: [stops],
      fixed: built('RUN GOPRIVATE="github.com/acme,golang.org/*" go build -o /app .', undefined, installed),
    },
    {
      name: 'by go env -w',
      files: required,
      code: built(`RUN go env -w GOPRIVATE=golang.org\n${build.replace('go build', '«go build»')}`),
      messages: [stops],
      fixed: built(`RUN go env -w GOPRIVATE=golang.org\n${build}`, undefined, installed),
    },
  ],
});

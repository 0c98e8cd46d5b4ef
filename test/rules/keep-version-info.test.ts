import { keepVersionInfo } from '../../server/analysis/rules/keep-version-info.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const git = { '.git/HEAD': 'ref: refs/heads/main\n', '.dockerignore': '.git\n' };
const main = (variables = ''): string =>
  `package main\n\nimport "runtime/debug"\n${variables}\nfunc main() {\n\tinfo, _ := debug.ReadBuildInfo()\n\tprintln(info.Main.Version)\n}\n`;
const files = { ...programs.hello, ...git, 'main.go': main() };
const withVariable = { ...files, 'main.go': main('\nvar Version = "dev"\n') };

const built = (build = 'RUN CGO_ENABLED=0 go build -o /app .', builder = 'golang:1.26', copy = 'COPY . .'): string =>
  `FROM ${builder} AS build
WORKDIR /src
${copy}
${build}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const marked = 'RUN CGO_ENABLED=0 «go build» -o /app .';
const says = (what = 'neither version nor commit', why = '.dockerignore hides .git'): string =>
  `main.go reads what the program was built from, and it records ${what}: ${why}.`;

testRule(keepVersionInfo, {
  valid: [
    { name: 'nothing is known', code: built() },
    { name: 'a program that does not read it', files: { ...programs.hello, ...git }, code: built() },
    { name: 'no .git anywhere', files: { ...programs.hello, 'main.go': main() }, code: built() },
    { name: '.git in the context', files: { ...files, '.dockerignore': 'bin\n' }, code: built() },
    { name: '-X', files, code: built('RUN go build -ldflags "-X main.Version=1" -o /app .') },
    { name: '-buildvcs=false', files, code: built('RUN go build -buildvcs=false -o /app .') },
    {
      name: 'a repository that is made',
      files,
      code: built('RUN git init && git commit --allow-empty -m x\nRUN go build -o /app .'),
    },
    { name: 'linker flags in a variable', files, code: built('ARG FLAGS\nRUN go build -ldflags "$FLAGS" -o /app .') },
    { name: 'an image for tests', files, code: built().replace('FROM scratch', 'FROM scratch AS test') },
  ],
  invalid: [
    {
      name: '.dockerignore hides .git',
      files,
      code: built(marked),
      messages: [says()],
      fixed: built(),
      fixes: ['Keep .git in the build'],
      fixedFiles: { '.dockerignore': '' },
      elsewhere: '.dockerignore:1 .git hides .git, which the build needs.',
      severity: 'information',
    },
    {
      name: 'a variable for the version',
      files: withVariable,
      code: built(marked),
      messages: [says()],
      fixed: built('ARG VERSION\nRUN CGO_ENABLED=0 go build -ldflags "-X main.Version=$VERSION" -o /app .'),
      fixes: ['Set Version to a build argument VERSION', 'Keep .git in the build'],
    },
    {
      name: 'a variable, and linker flags that are there',
      files: withVariable,
      code: built('ARG VERSION=1\nRUN «go build» -ldflags="-s -w" -o /app .'),
      messages: [says()],
      fixed: built('ARG VERSION=1\nRUN go build -ldflags="-s -w -X main.Version=$VERSION" -o /app .'),
    },
    {
      name: 'Go that knows no versions',
      files,
      code: built(marked, 'golang:1.22'),
      messages: [says('no commit')],
      fixed: built(undefined, 'golang:1.22'),
      fixedFiles: { '.dockerignore': '' },
    },
    {
      name: 'Alpine has no git',
      files: { ...files, '.dockerignore': 'bin\n' },
      code: built(marked, 'golang:1.26-alpine'),
      messages: [says(undefined, 'golang:1.26-alpine has no git')],
      fixed: built(undefined, 'golang:1.26-alpine AS build\nRUN apk add --no-cache git').replace('git AS build', 'git'),
      fixes: ['Install git'],
    },
  ],
});

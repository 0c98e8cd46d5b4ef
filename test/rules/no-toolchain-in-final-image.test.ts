import { noToolchainInFinalImage } from '../../server/analysis/rules/no-toolchain-in-final-image.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.hello;
const goMod = files['go.mod'];
const starter = { 'go.mod': goMod, 'main.go': 'package main\n\nimport _ "os/exec"\n\nfunc main() {}\n' };
const file = (lines: string, start = '/app'): string =>
  `FROM golang:1.26-alpine AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/app . && go build -o bin/app .\n\nFROM alpine:3.24\n${lines}\nENTRYPOINT ["${start}"]\n`;
const program = 'COPY --from=build /out/app /app';
const unused = (name: string): string => `${name} is shipped unused: the program is built in another stage.`;
const sources = (folder: string): string =>
  `${folder} brings the sources of the program into the image, not the program alone.`;
const again = (lines: string, from = 'golang:1.26', build = 'CGO_ENABLED=0 go build -o /app .'): string =>
  `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN ${build}\n\nFROM ${from}\n${lines}\n`;
const runs = 'COPY --from=build /app /usr/local/bin/app\nUSER 65532:65532\nCMD ["app"]';
const ships = 'The image ships golang:1.26 with its compiler, but runs only /app of another stage.';

testRule(noToolchainInFinalImage, {
  valid: [
    { name: 'the program alone', files, code: file(program) },
    {
      name: 'packages that a program may need',
      files,
      code: file(`RUN apk add --no-cache ca-certificates tzdata bash\n${program}`),
    },
    {
      name: 'sources that the debugger shows',
      files,
      code: file('COPY --from=build /src /src\nCOPY --from=build /go/bin/dlv /usr/bin/', 'dlv').replace(
        'COPY . .',
        'RUN go install github.com/go-delve/delve/cmd/dlv@v1.25.0\nCOPY . .',
      ),
    },
    { name: 'a program that starts others', files: starter, code: file(`RUN apk add git gcc go\n${program}`) },
    {
      name: 'git for a program whose imports are not all read',
      files: programs.stranger,
      code: file(`RUN apk add git\n${program}`),
    },
    { name: 'git for a program nobody knows', code: file(`RUN apk add git curl\n${program}`) },
    {
      name: 'curl for HEALTHCHECK',
      files,
      code: file(`RUN apk add curl\n${program}\nHEALTHCHECK CMD curl -f localhost`),
    },
    {
      name: 'removed again',
      files,
      code: file(`RUN apk add --virtual .build gcc && apk del .build\n${program}`),
    },
    { name: 'a script is started', files, code: file(`RUN apk add git\n${program}\nCOPY run.sh /run.sh`, '/run.sh') },
    { name: 'the stage builds', files, code: file(`RUN apk add go gcc\nCOPY . .\nRUN go build -o /x .\n${program}`) },
    { name: 'a folder with the program alone', files, code: file('COPY --from=build /out /out', '/out/app') },
    { name: 'a folder of the module', files, code: file(`${program}\nCOPY --from=build /src/templates /templates`) },
    { name: 'files of the context', files, code: file(`${program}\nCOPY config.yaml static ./`) },
    { name: 'go.mod is hidden', files: { ...files, '.dockerignore': 'go.mod\n' }, code: file(`${program}\nCOPY . .`) },
    {
      name: 'a development stage',
      files,
      code: file(`${program}`).replace('FROM alpine:3.24', 'FROM alpine:3.24 AS debug\nRUN apk add git gcc'),
    },
    {
      name: 'the toolchain for a program that starts others',
      files: starter,
      code: file(`${program}\nCOPY --from=build /usr/local/go /usr/local/go`),
    },
    { name: 'the golang image for a program that starts others', files: starter, code: again(runs) },
    {
      name: 'for one that asks go build',
      files: { 'go.mod': goMod, 'main.go': 'package main\n\nimport _ "go/build"\n\nfunc main() {}\n' },
      code: again(runs),
    },
    { name: 'for one whose imports are not all read', files: programs.stranger, code: again(runs) },
    { name: 'for one nobody knows', code: again(runs) },
    { name: 'for tests of the sources', files, code: again(`COPY . /src\n${runs}`) },
    { name: 'for sources of the builder', files, code: again(`COPY --from=build /src /src\n${runs}`) },
    { name: 'that runs go', files, code: again(`RUN go version\n${runs}`) },
    {
      name: 'that installs a tool',
      files,
      code: again(`RUN go install golang.org/x/tools/cmd/goimports@latest\n${runs}`),
    },
    { name: 'that compiles', files, code: again(`RUN gcc -o /x /dev/null\n${runs}`) },
    { name: 'with a script', files, code: again(`COPY setup.sh /\nRUN /setup.sh\n${runs}`) },
    { name: 'that asks go whether it is well', files, code: again(`HEALTHCHECK CMD go version\n${runs}`) },
    { name: 'that starts go', files, code: again(runs.replace('["app"]', '["go", "version"]')) },
    { name: 'that starts a shell', files, code: again(runs.replace('["app"]', '["bash"]')) },
    { name: 'that starts a script', files, code: again(runs.replace('["app"]', '["./run.sh"]')) },
    { name: 'for tests', files, code: again(runs, 'golang:1.26 AS test') },
    { name: 'in a file for tests', path: 'Dockerfile.e2e-tests', files, code: again(runs) },
    {
      name: 'under a debug stage alone',
      files,
      code: again(`${runs}\n\nFROM deploy AS debug`, 'golang:1.26 AS deploy'),
    },
    { name: 'a program of the image', files, code: again('COPY app /usr/local/bin/app\nCMD ["app"]') },
    {
      name: 'one stage',
      files,
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN apt-get install -y git && go build -o /app .\nENTRYPOINT ["/app"]\n',
    },
  ],
  invalid: [
    {
      name: 'curl, which a health check of compose may start',
      files: programs.hello,
      code: file(`RUN apk add tzdata «curl»\n${program}`),
      messages: ['curl is shipped unused, unless a health check elsewhere needs it.'],
      fixed: file(`RUN apk add tzdata\n${program}`),
      severity: 'information',
    },
    {
      name: 'compilers and tools',
      files,
      code: file(`RUN apk add --no-cache ca-certificates «git» «gcc» «musl-dev»\n${program}`),
      messages: [unused('git'), unused('gcc'), unused('musl-dev')],
      fixed: file(`RUN apk add --no-cache ca-certificates\n${program}`).replace('certificates\n', 'certificates \n'),
      severity: 'warning',
    },
    {
      name: 'a compiler, nothing known of the program',
      code: file(`RUN apk add «build-base»\n${program}`),
      messages: [unused('build-base')],
    },
    {
      name: 'with apt',
      files,
      code: file(`RUN apt-get update && apt-get install -y ca-certificates «golang-go»\n${program}`),
      messages: [unused('golang-go')],
      fixed: file(`RUN apt-get update && apt-get install -y ca-certificates\n${program}`),
    },
    {
      name: 'all of the working directory',
      files,
      code: file('COPY --from=build «/src» /work', '/work/bin/app'),
      messages: [sources('/src')],
      fixed: file('COPY --from=build /src/bin/app /work/bin/app', '/work/bin/app'),
      fixes: ['Copy the program alone'],
      related: ['The program is built in /src of this stage.'],
    },
    {
      name: 'all there is, with two programs in it',
      files,
      code: file('COPY --from=build «/» /', '/out/app'),
      messages: [sources('/')],
    },
    {
      name: 'the toolchain',
      files,
      code: file(`${program}\nCOPY --from=build «/usr/local/go» /usr/local/go`),
      messages: ['/usr/local/go is shipped unused: the program is built.'],
    },
    {
      name: 'the golang image again',
      files,
      code: again(runs, '«golang:1.26»'),
      messages: [ships],
      fixed: again(runs, 'gcr.io/distroless/static-debian13:nonroot'),
      severity: 'warning',
      fixes: ['Start from gcr.io/distroless/static-debian13:nonroot'],
      related: ['The program is built here.'],
    },
    {
      name: 'the golang image again, as root',
      files,
      code: again('COPY --from=build /app /app\nCOPY config.yaml /etc/\nENTRYPOINT ["/app"]', '«golang:1.26»'),
      messages: [ships],
      fixed: again(
        'COPY --from=build /app /app\nCOPY config.yaml /etc/\nENTRYPOINT ["/app"]',
        'gcr.io/distroless/static-debian13',
      ),
    },
    {
      name: 'the golang image again, for glibc',
      files: programs.web,
      code: again(runs, '«golang:1.26»', 'go build -o /app .'),
      messages: [ships],
      fixed: again(runs, 'gcr.io/distroless/base-debian13:nonroot', 'go build -o /app .'),
    },
    {
      name: 'the golang image again, for C code that may need libraries',
      files: programs.cgo,
      code: again(runs, '«golang:1.26»', 'go build -o /app .'),
      messages: [ships],
    },
    ...[
      ['a package', `RUN apt-get update && apt-get install -y tzdata\n${runs}`],
      ['a shell', runs.replace('["app"]', 'app')],
      ['a HEALTHCHECK', `${runs}\nHEALTHCHECK CMD curl -f localhost`],
      ['a user by name', runs.replace('65532:65532', 'nobody')],
      ['a folder of the image', runs.replace('/usr/local/bin/app', '/go/bin/app')],
      [
        'the working directory of the image',
        runs.replace('/usr/local/bin/app', './').replace('["app"]', '["/go/app"]'),
      ],
      ['a file where the image works', `COPY config.yaml /go/config.yaml\n${runs}`],
      ['a variable of the image', `ENV HOME=$GOPATH\n${runs}`],
      ['an owner by name', runs.replace('COPY', 'COPY --chown=www-data')],
    ].map(([name = '', lines = '']) => ({
      name: `the golang image again, with ${name} that distroless may not have`,
      files,
      code: again(lines, '«golang:1.26»'),
      messages: [ships],
    })),
    {
      name: 'the golang image again, with its digest by a build argument',
      files,
      code: `ARG V=1.26\n${again(runs, '«golang:$V»')}`,
      messages: [ships],
    },
    {
      name: 'the context once more',
      files,
      code: file(`${program}\nCOPY «.» /srv`),
      messages: ['. brings the sources of the program into the image, which has the program already.'],
    },
  ],
});

import { copyBuiltFile } from '../../server/analysis/rules/copy-built-file.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const build = (command: string, copy: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${command}

FROM scratch
COPY --from=build ${copy} /app
ENTRYPOINT ["/app"]
`;

const nested = {
  'go.mod': 'module example.com/acme/tool/v2\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'cmd/server/main.go': 'package main\n\nfunc main() {}\n',
};

testRule(copyBuiltFile, {
  valid: [
    { name: 'the -o path', files: programs.hello, code: build('RUN go build -o /out/app .', '/out/app') },
    { name: '-o relative to WORKDIR', files: programs.hello, code: build('RUN go build -o bin/app .', '/src/bin/app') },
    { name: '-o=value', files: programs.hello, code: build('RUN go build -o=/app', '/app') },
    { name: 'a folder -o', files: nested, code: build('RUN go build -o /out/ ./...', '/out/server') },
    { name: 'named after the module without /v2', files: nested, code: build('RUN go build', '/src/tool') },
    { name: 'named after the package folder', files: nested, code: build('RUN go build ./cmd/server', '/src/server') },
    { name: 'named after the file', files: nested, code: build('RUN go build main.go', '/src/main') },
    { name: 'go install', files: nested, code: build('RUN go install ./cmd/server', '/go/bin/server') },
    { name: 'cd before', files: nested, code: build('RUN cd cmd/server && go build', '/src/cmd/server/server') },
    { name: 'go -C', files: nested, code: build('RUN go -C cmd/server build', '/src/cmd/server/server') },
    {
      name: 'moved afterwards',
      files: programs.hello,
      code: build('RUN go build -o a . && mv a /opt/b && cp /opt/b /c', '/c'),
    },
    { name: 'a file of the context', files: programs.hello, code: build('RUN go build -o /app .', '/src/go.mod') },
    { name: 'a script may have made it', files: programs.hello, code: build('RUN ./build.sh', '/src/app') },
    { name: 'make may have made it', files: programs.hello, code: build('RUN make', '/app') },
    {
      name: 'an unknown command in that folder',
      files: programs.hello,
      code: build('RUN protoc --go_out=. x.proto', '/src/app'),
    },
    { name: 'the output is a variable', files: programs.hello, code: build('ARG OUT\nRUN go build -o $OUT .', '/app') },
    { name: 'a pattern', files: programs.hello, code: build('RUN go build -o /app .', '/nothing/*') },
    {
      name: 'system files of the base',
      files: programs.hello,
      code: build('RUN go build -o /app .', '/etc/ssl/certs/ca-certificates.crt'),
    },
    { name: 'the project is not known', code: build('RUN go build', '/src/app') },
    { name: 'a redirect', files: programs.hello, code: build('RUN go version > /version.txt', '/version.txt') },
    {
      name: 'relative to the root of the stage',
      files: programs.hello,
      code: build('RUN go build -o /main .', 'main'),
    },
    { name: '--from is an image', code: 'FROM golang:1.26\nCOPY --from=tonistiigi/xx / /\nRUN go build\n' },
    {
      name: 'built only in a branch',
      files: programs.hello,
      code: build('ARG X\nRUN if [ -n "$X" ]; then go build -o /app .; else go build -o /app -race .; fi', '/app'),
    },
    {
      name: 'a link to it',
      files: programs.hello,
      code: build('RUN go build -o /out/app . && ln -s /out/app /run', '/run'),
    },
    {
      name: 'installed',
      files: programs.hello,
      code: build('RUN go build -o a . && install -m 755 a /bin/a', '/bin/a'),
    },
    { name: 'the folder it lies in', files: programs.hello, code: build('RUN go build -o /out/app .', '/out/') },
    {
      name: 'flags in a variable before -o',
      files: programs.hello,
      code: build('ARG F\nRUN go build $F -o /app .', '/app'),
    },
    {
      name: 'flags by command substitution',
      files: programs.hello,
      code: build('RUN go build $(cat flags) -o /app .', '/app'),
    },
    {
      name: 'to a folder of the base',
      files: programs.hello,
      code: build('RUN go build -o /usr/local/bin .', '/usr/local/bin/app'),
    },
    {
      name: 'built in a branch by [',
      files: programs.hello,
      code: build('RUN [ -e /app ] || go build -o /app .', '/app'),
    },
    {
      name: 'written into a cache mount: it was built, and is lost',
      files: programs.hello,
      code: build('RUN --mount=type=cache,target=/out go build -o /out/app .', '/out/app'),
    },
    {
      name: 'downloaded to a place by variable',
      files: programs.hello,
      code: build('ARG D\nRUN curl -o $D/x https://x', '/x'),
    },
    {
      name: 'a tool outside the module',
      files: programs.hello,
      code: build('RUN go install github.com/acme/migrate/v4/cmd/migrate@v4.1.0', '/go/bin/migrate'),
    },
    {
      name: 'a missing file that .gitignore names',
      files: { ...programs.hello, '.gitignore': 'configs/config.toml\n', 'configs/example.toml': '' },
      code: build('RUN go build -o /app .', '/src/configs/config.toml'),
    },
    {
      name: 'one in a folder that .gitignore names',
      files: { ...programs.hello, '.gitignore': 'secrets/\n' },
      code: build('RUN go build -o /app .', '/src/secrets/key.pem'),
    },
    {
      name: 'an instruction that Docker does not know',
      files: programs.hello,
      code: build('...\nRUN echo', '/app'),
    },
    {
      name: 'a stage on one with an unknown instruction',
      files: programs.hello,
      code: 'FROM golang:1.26 AS base\nFOO bar\n\nFROM base AS build\n\nFROM scratch\nCOPY --from=build /app .\n',
    },
  ],
  invalid: [
    {
      name: 'beside a file that .gitignore names',
      files: { ...programs.hello, '.gitignore': 'configs/config.toml\n*.[oa]\ngo.work\n' },
      code: build('RUN go build -o /app .', '«/src/configs/config.yaml»'),
      messages: ['Nothing in stage build makes /src/configs/config.yaml: the build stops here.'],
      fixed: build('RUN go build -o /app .', '/app'),
    },
    {
      name: 'named by .gitignore, and hidden from the build',
      files: { ...programs.hello, '.gitignore': '*.toml\n', '.dockerignore': '*.toml\n' },
      code: build('RUN go build -o /app .', '«/src/a.toml»'),
      messages: ['Nothing in stage build makes /src/a.toml: the build stops here.'],
      fixed: build('RUN go build -o /app .', '/app'),
    },
    {
      name: 'triggers and what Docker knows',
      files: programs.hello,
      code: build(
        'ONBUILD FOO bar\nMAINTAINER me\nVOLUME /data\nSTOPSIGNAL SIGINT\nLABEL a=b\nEXPOSE 80\nHEALTHCHECK NONE',
        '«/app»',
      ),
      messages: ['Nothing in stage build makes /app: the build stops here.'],
    },
    {
      name: 'another folder than -o',
      files: programs.hello,
      code: build('RUN go build -o /out/app .', '«/src/app»'),
      messages: ['Nothing in stage build makes /src/app: the build stops here.'],
      fixed: build('RUN go build -o /out/app .', '/out/app'),
      fixes: ['Copy /out/app', 'Build to /src/app'],
      related: ['This command builds /out/app.'],
      severity: 'error',
    },
    {
      name: 'another file beside the program, which is copied',
      files: programs.hello,
      code: `${build('RUN go build -o /out/app .', '/out/app')}COPY --from=build «/src/migrations» /migrations\n`,
      messages: ['Nothing in stage build makes /src/migrations: the build stops here.'],
      related: ['This command builds /out/app.'],
    },
    {
      name: 'named after the folder instead of the module',
      files: nested,
      code: build('RUN go build', '«/src/src»'),
      messages: ['Nothing in stage build makes /src/src: the build stops here.'],
      fixed: build('RUN go build', '/src/tool'),
    },
    {
      name: 'the folder was moved away',
      files: programs.hello,
      code: build('RUN go build -o /tmp/app . && mv /tmp/app /app', '«/tmp/app»'),
      messages: ['Nothing in stage build makes /tmp/app: the build stops here.'],
      fixed: build('RUN go build -o /tmp/app . && mv /tmp/app /app', '/app'),
    },
  ],
});

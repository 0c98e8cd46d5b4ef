import { preferCacheMounts } from '../../server/analysis/rules/prefer-cache-mounts.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const build = '/root/.cache/go-build';
const mount = (target: string, more = ''): string => `--mount=type=cache,target=${target}${more}`;
const head = (image: string): string => `FROM ${image} AS build\nWORKDIR /src\n`;
const tail = '\n\nFROM scratch\nCOPY --from=build /app /app\n';
const file = (lines: string, image = 'golang:1.26'): string => `${head(image)}${lines}${tail}`;
const modules = 'COPY go.mod go.sum ./\n';
const missing = (path = build): string =>
  `Every edit of a source file compiles all packages again, as no cache mount keeps ${path}.`;
const empty = (target: string, path: string): string =>
  `The cache mount at ${target} stays empty, as go uses ${path} here.`;
const denied = (target: string, user: string): string =>
  `The cache mount at ${target} belongs to root: go ends, as ${user} may not write there.`;
const app = 'RUN adduser -D -u 10001 app\nUSER app\n';

testRule(preferCacheMounts, {
  valid: [
    {
      name: 'a mount',
      code: file(`COPY . .\nRUN ${mount(build)} go build -o /app .`),
      files: programs.required,
    },
    { name: 'a mount of a folder above', code: file(`COPY . .\nRUN ${mount('/root/.cache')} go build -o /app .`) },
    {
      name: 'a mount at GOCACHE',
      code: file(`ENV GOCACHE=/cache\nCOPY . .\nRUN ${mount('/cache')} go build -o /app .`),
    },
    {
      name: 'a mount at a variable of the command',
      code: file(`COPY . .\nRUN ${mount('/cache')} GOCACHE=/cache go build -o /app .`),
    },
    {
      name: 'a mount whose place is not known',
      code: file(`ARG CACHE\nCOPY . .\nRUN --mount=type=cache,target=$CACHE go build -o /app .`),
    },
    { name: 'a cache nobody knows', code: file('ARG GOCACHE\nCOPY . .\nRUN go build -o /app .') },
    { name: 'a user nobody described', code: file('COPY . .\nUSER builder\nRUN go build -o /app .') },
    { name: 'an image nobody described', code: file('COPY . .\nRUN go build -o /app .', 'example.com/go') },
    { name: 'an image of which nothing is known', code: file('ARG I\nCOPY . .\nRUN go build -o /app .', '$I') },
    { name: 'a tool', code: file('RUN go install example.com/tool@v1.0.0') },
    { name: 'no sources of the context', code: file('RUN git clone https://example.com/x . && go build -o /app .') },
    {
      name: 'a file of the web is no source of the context',
      code: file(
        'ADD https://example.com/branches/main skip\nRUN git clone https://example.com/x\nRUN cd x && go build -o /app .',
      ),
    },
    {
      name: 'a download alone',
      files: programs.required,
      code: file(`${modules}RUN go mod download\nCOPY . .\nRUN ${mount(build)} go build -o /app .`),
    },
    {
      name: 'a build cache that is brought',
      code: file(`COPY --from=caches ${build} ${build}\nCOPY . .\nRUN go build -o /app .`),
    },
    {
      name: 'a build cache that is taken',
      code: `${file('COPY . .\nRUN go build -o /app .')}\nFROM scratch AS cache\nCOPY --from=build /root/.cache /\n`,
    },
    { name: 'Go 1.9, which has no build cache', code: file('COPY . .\nRUN go build -o /app .', 'golang:1.9') },
    { name: 'go list', code: file('COPY . .\nRUN go list ./...') },
    { name: 'go build -n', code: file('COPY . .\nRUN go build -n .') },
    {
      name: "another user's cache that is its own",
      code: file(`COPY . .\n${app}RUN ${mount('/home/app/.cache/go-build', ',uid=10001')} go build -o /tmp/app .`),
    },
    {
      name: 'a cache that everybody may write',
      code: file(`COPY . .\n${app}RUN ${mount('/home/app/.cache/go-build', ',mode=0777')} go build -o /tmp/app .`),
    },
    {
      name: "a mount of another program's cache",
      code: file(`COPY . .\nRUN ${mount('/var/cache/apt')} ${mount(build)} go build -o /app .`),
    },
    { name: 'go build -a asks no cache', code: file('COPY . .\nRUN go build -a -o /app .') },
    {
      name: 'a layer keeps what is compiled of other modules',
      files: programs.required,
      code: file(
        `${modules}RUN go mod download\nRUN go install golang.org/x/sync/errgroup\nCOPY . .\nRUN go build -o /app .`,
      ),
    },
    { name: 'make may use any', code: file(`COPY . .\nRUN ${mount('/home/app/.cache/go-build')} make`) },
    {
      name: 'one of two commands uses the mount',
      code: file(`COPY . .\nRUN ${mount(build)} ${mount('/c/go-build')} go vet . && GOCACHE=/c/go-build go build .`),
    },
  ],
  invalid: [
    {
      name: 'none',
      code: file('COPY . .\nRUN CGO_ENABLED=0 «go build» -o /app .'),
      messages: [missing()],
      fixed: file(`COPY . .\nRUN ${mount(build)} \\\n    CGO_ENABLED=0 go build -o /app .`),
      severity: 'information',
      fixes: ['Mount the build cache'],
    },
    {
      name: 'modules in a layer',
      files: programs.required,
      code: file(`${modules}RUN go mod download\nCOPY . .\nRUN «go build» -o /app .`),
      messages: [missing()],
      fixed: file(
        `${modules}RUN ${mount('/go/pkg/mod')} \\\n    go mod download\nCOPY . .\nRUN ${mount('/go/pkg/mod')} \\\n    ${mount(build)} \\\n    go build -o /app .`,
      ),
      fixes: ['Mount the build cache and the module cache'],
    },
    {
      name: 'no requirements',
      files: programs.web,
      code: file('COPY . .\nRUN «go build» -o /app .'),
      messages: [missing()],
      fixed: file(`COPY . .\nRUN ${mount(build)} \\\n    go build -o /app .`),
    },
    {
      name: 'a package of another module, behind the sources',
      files: programs.required,
      code: `${head('golang:1.26')}COPY . .\nRUN «go install» golang.org/x/sync/errgroup\nRUN go build -o /app main.go\nCMD ["/app"]\n`,
      messages: [missing()],
      fixed: `${head('golang:1.26')}COPY . .\nRUN ${mount(build)} \\\n    go install golang.org/x/sync/errgroup\nRUN ${mount(build)} \\\n    go build -o /app main.go\nCMD ["/app"]\n`,
    },
    ...['go clean -cache', 'go clean -modcache -cache', 'rm -rf /root/.cache'].map((command) => ({
      name: `no mount for a RUN with ${command}`,
      files: programs.web,
      code: file(`COPY . .\nRUN «go build» -o /app . && ${command}`),
      messages: [missing()],
      fixes: [],
    })),
    {
      name: 'vendored',
      files: { ...programs.required, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit\n' },
      code: file('COPY . .\nRUN «go build» -o /app .'),
      messages: [missing()],
      fixed: file(`COPY . .\nRUN ${mount(build)} \\\n    go build -o /app .`),
    },
    {
      name: 'the container may need the modules',
      files: programs.required,
      code: `${head('golang:1.26')}COPY . .\nRUN «go build» -o /app .\nCMD ["go", "test", "./..."]\n`,
      messages: [missing()],
      fixed: `${head('golang:1.26')}COPY . .\nRUN ${mount(build)} \\\n    go build -o /app .\nCMD ["go", "test", "./..."]\n`,
    },
    {
      name: 'another stage takes the modules',
      files: programs.required,
      code: `${file('COPY . .\nRUN «go build» -o /app .')}COPY --from=build /go/pkg /pkg\n`,
      messages: [missing()],
      fixed: `${file(`COPY . .\nRUN ${mount(build)} \\\n    go build -o /app .`)}COPY --from=build /go/pkg /pkg\n`,
    },
    {
      name: 'one finding for stages with a common base, and all get the mount',
      code: `FROM golang:1.26 AS base\nWORKDIR /src\nCOPY . .\n\nFROM base AS lint\nRUN «go vet» ./...\n\nFROM base AS build\nRUN go build -o /app .\n`,
      messages: [missing()],
      fixed: `FROM golang:1.26 AS base\nWORKDIR /src\nCOPY . .\n\nFROM base AS lint\nRUN ${mount(build)} \\\n    go vet ./...\n\nFROM base AS build\nRUN ${mount(build)} \\\n    go build -o /app .\n`,
    },
    {
      name: 'the layout stays',
      code: file(`COPY . .\nRUN set -e; \\\n  # why\n  «go build» -o /app .`),
      messages: [missing()],
      fixed: file(`COPY . .\nRUN ${mount(build)} \\\n  set -e; \\\n  # why\n  go build -o /app .`),
    },
    {
      name: 'beside another mount, after a line end, in a heredoc, and as an array',
      code: `${head('golang:1.26')}COPY . .\nRUN --mount=type=secret,id=netrc \\\n    «go build» .\nRUN \\\n  go test ./...\nRUN <<EOF\ngo vet ./...\nEOF\nRUN ["go", "build", "."]\n`,
      messages: [missing()],
      fixed: `${head('golang:1.26')}COPY . .\nRUN ${mount(build)} \\\n    --mount=type=secret,id=netrc \\\n    go build .\nRUN \\\n  ${mount(build)} \\\n  go test ./...\nRUN ${mount(build)} \\\n    <<EOF\ngo vet ./...\nEOF\nRUN ${mount(build)} \\\n    ["go", "build", "."]\n`,
    },
    {
      name: 'sources that are bound',
      code: file('RUN --mount=type=bind,target=. «go build» -o /app .'),
      messages: [missing()],
      fixed: file(`RUN ${mount(build)} \\\n    --mount=type=bind,target=. go build -o /app .`),
    },
    {
      name: 'another user',
      code: file(`COPY . .\n${app}RUN «go build» -o /tmp/app .`),
      messages: [missing('/home/app/.cache/go-build')],
      fixed: file(
        `COPY . .\n${app}RUN ${mount('/home/app/.cache/go-build', ',uid=10001')} \\\n    go build -o /tmp/app .`,
      ),
    },
    {
      name: 'a user whose number nobody said',
      code: file('COPY . .\nRUN adduser -D app\nUSER app\nRUN «go build» -o /tmp/app .'),
      messages: [missing('/home/app/.cache/go-build')],
    },
    {
      name: 'another home, and XDG_CACHE_HOME',
      code: file('COPY . .\nENV HOME=/work\nRUN «go build» .\nENV XDG_CACHE_HOME=/xdg\nRUN go build -o /app .'),
      messages: [missing('/work/.cache/go-build')],
      fixed: file(
        `COPY . .\nENV HOME=/work\nRUN ${mount('/work/.cache/go-build')} \\\n    go build .\nENV XDG_CACHE_HOME=/xdg\nRUN ${mount('/xdg/go-build')} \\\n    go build -o /app .`,
      ),
    },
    {
      name: 'Go of Alpine',
      files: programs.required,
      code: file('RUN apk add --no-cache go\nCOPY . .\nRUN «go build» -o /app .', 'alpine:3.24'),
      messages: [missing()],
      fixed: file(
        `RUN apk add --no-cache go\nCOPY . .\nRUN ${mount('/root/go/pkg/mod')} \\\n    ${mount(build)} \\\n    go build -o /app .`,
        'alpine:3.24',
      ),
    },
    {
      name: "the mount is at root's",
      code: file(`COPY . .\n${app}RUN «${mount(build)}» go build -o /tmp/app .`),
      messages: [empty(build, '/home/app/.cache/go-build')],
      fixed: file(`COPY . .\n${app}RUN ${mount('/home/app/.cache/go-build', ',uid=10001')} go build -o /tmp/app .`),
      fixes: ['Mount the cache at /home/app/.cache/go-build'],
      severity: 'information',
    },
    {
      name: "the module mount is at the golang image's",
      files: programs.required,
      code: file(
        `RUN apk add --no-cache go\nCOPY . .\nRUN ${mount(build)} «${mount('/go/pkg/mod')}» go build -o /app .`,
        'alpine:3.24',
      ),
      messages: [empty('/go/pkg/mod', '/root/go/pkg/mod')],
      fixed: file(
        `RUN apk add --no-cache go\nCOPY . .\nRUN ${mount(build)} ${mount('/root/go/pkg/mod')} go build -o /app .`,
        'alpine:3.24',
      ),
    },
    {
      name: 'the mount belongs to root',
      code: file(
        `COPY . .\nUSER 10001:10001\nENV HOME=/tmp\nRUN «${mount('/tmp/.cache/go-build')}» go build -o /tmp/app .`,
      ),
      messages: [denied('/tmp/.cache/go-build', '10001:10001')],
      fixed: file(
        `COPY . .\nUSER 10001:10001\nENV HOME=/tmp\nRUN ${mount('/tmp/.cache/go-build', ',uid=10001,gid=10001')} go build -o /tmp/app .`,
      ),
      severity: 'error',
      fixes: ['Give the cache to 10001:10001'],
    },
    {
      name: 'the module mount belongs to root',
      files: programs.required,
      code: file(
        `COPY . .\nUSER 10001\nENV GOCACHE=/tmp/c\nRUN ${mount('/tmp/c', ',uid=10001')} «${mount('/go/pkg/mod')}» go build -o /tmp/app .`,
      ),
      messages: [denied('/go/pkg/mod', '10001')],
      fixed: file(
        `COPY . .\nUSER 10001\nENV GOCACHE=/tmp/c\nRUN ${mount('/tmp/c', ',uid=10001')} ${mount('/go/pkg/mod', ',uid=10001')} go build -o /tmp/app .`,
      ),
    },
  ],
});

import { buildFails, type Outcome, type RuleCases } from '../case.ts';

const build = '/root/.cache/go-build';
const app = `RUN useradd --uid 10001 --create-home app
USER app`;

/** `go build -v` names the packages it compiles. */
const runBuild = (mount = ''): string => `RUN ${mount}CGO_ENABLED=0 go build -v -o /tmp/app .`;

const dockerfile = (lines: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${lines}

FROM scratch
COPY --from=build /tmp/app /app
ENTRYPOINT ["/app"]
`;

const withModules = (lines: string): string =>
  dockerfile(lines).replace('COPY . .', 'COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .');

/** Two packages that import nothing else, so that an empty cache is soon full. */
const small = {
  project: 'hello',
  files: {
    'main.go': 'package main\n\nimport "example.com/hello/greet"\n\nfunc main() { println(greet.Text()) }\n',
    'greet/greet.go': 'package greet\n\nfunc Text() string { return "hello" }\n',
  },
};

const again: Outcome = { kind: 'compiles again', edit: 'main.go', package: 'example.com/hello/greet' };
const kept: Outcome = { ...again, kind: 'keeps compiled' };
const uuid = { package: 'github.com/google/uuid' };

/** Where go keeps what it compiles: measured by what it compiles again after an edit of main.go. */
export const preferCacheMounts: RuleCases = {
  rule: 'prefer-cache-mounts',
  cases: [
    {
      name: 'no mount, and both',
      project: 'module',
      dockerfile: withModules(runBuild()),
      reported: true,
      really: { ...again, ...uuid },
      fixed: { title: /^Mount the build cache and the module cache/, really: { ...kept, ...uuid } },
    },
    {
      name: 'a mount',
      ...small,
      dockerfile: dockerfile(runBuild(`--mount=type=cache,target=${build} `)),
      reported: false,
      really: kept,
    },
    {
      name: 'a mount at GOCACHE',
      ...small,
      dockerfile: dockerfile(`ENV GOCACHE=/gocache\n${runBuild('--mount=type=cache,target=/gocache ')}`),
      reported: false,
      really: kept,
    },
    {
      name: "the mount of root's cache, under another user",
      ...small,
      dockerfile: dockerfile(`${app}\n${runBuild(`--mount=type=cache,target=${build} `)}`),
      reported: true,
      really: again,
      fixed: { really: kept },
    },
    {
      name: 'no mount, under another user',
      ...small,
      dockerfile: dockerfile(`${app}\n${runBuild()}`),
      reported: true,
      really: again,
      fixed: { title: /^Mount the build cache/, really: kept },
    },
    {
      name: "root's mount over another user's cache",
      ...small,
      dockerfile: dockerfile(`${app}\n${runBuild('--mount=type=cache,target=/home/app/.cache/go-build ')}`),
      reported: true,
      really: buildFails(/failed to initialize build cache at \/home\/app\/\.cache\/go-build: .*permission denied/),
      fixed: { really: kept },
    },
    {
      name: 'a user whose home nobody set',
      ...small,
      dockerfile: dockerfile(`USER 65532\n${runBuild('--mount=type=cache,target=/.cache/go-build ')}`),
      reported: true,
      really: buildFails(/permission denied/),
      fixed: { really: kept },
    },
  ],
};

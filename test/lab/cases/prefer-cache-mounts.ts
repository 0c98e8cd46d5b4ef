import { buildFails, type Outcome, type RuleCases } from '../case.ts';

const build = '/root/.cache/go-build';
const app = `RUN useradd --uid 10001 --create-home app
USER app`;

/** `go build -v` names the packages it compiles. */
const dockerfile = (lines: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
${lines}

FROM scratch
COPY --from=build /tmp/app /app
ENTRYPOINT ["/app"]
`;

const runBuild = (mount: string): string => `RUN ${mount}CGO_ENABLED=0 go build -v -o /tmp/app .`;

const edited = { edit: 'main.go', package: 'github.com/google/uuid' };
const again: Outcome = { kind: 'compiles again', ...edited };
const kept: Outcome = { kind: 'keeps compiled', ...edited };

/** Where go keeps what it compiles: measured by what it compiles again after an edit of main.go. */
export const preferCacheMounts: RuleCases = {
  rule: 'prefer-cache-mounts',
  cases: [
    {
      name: 'no mount, and both',
      project: 'module',
      dockerfile: dockerfile(runBuild('')),
      reported: true,
      really: again,
      fixed: { title: /^Mount the build cache and the module cache/, really: kept },
    },
    {
      name: 'a mount',
      project: 'module',
      dockerfile: dockerfile(runBuild(`--mount=type=cache,target=${build} `)),
      reported: false,
      really: kept,
    },
    {
      name: 'a mount at GOCACHE',
      project: 'module',
      dockerfile: dockerfile(`ENV GOCACHE=/gocache\n${runBuild('--mount=type=cache,target=/gocache ')}`),
      reported: false,
      really: kept,
    },
    {
      name: "the mount of root's cache, under another user",
      project: 'module',
      dockerfile: dockerfile(`${app}\n${runBuild(`--mount=type=cache,target=${build} `)}`),
      reported: true,
      really: again,
      fixed: { really: kept },
    },
    {
      name: 'no mount, under another user',
      project: 'module',
      dockerfile: dockerfile(`${app}\n${runBuild('')}`),
      reported: true,
      really: again,
      fixed: { title: /^Mount the build cache/, really: kept },
    },
    {
      name: "root's mount over another user's cache",
      project: 'module',
      dockerfile: dockerfile(`${app}\n${runBuild('--mount=type=cache,target=/home/app/.cache/go-build ')}`),
      reported: true,
      really: buildFails(/failed to initialize build cache at \/home\/app\/\.cache\/go-build: .*permission denied/),
      fixed: { really: kept },
    },
    {
      name: 'a user whose home nobody set',
      project: 'module',
      dockerfile: dockerfile(`USER 65532\n${runBuild('--mount=type=cache,target=/.cache/go-build ')}`),
      reported: true,
      really: buildFails(/permission denied/),
      fixed: { really: kept },
    },
  ],
};

import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (builder: string, ...lines: readonly string[]): string => `FROM ${builder} AS build
${lines.join('\n')}
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

/** A Debian whose apt has packages, also where there is no network. */
const debian = 'debian:trixie-20261101-slim';
const wanting = (line: string) => ({ 'go.mod': `module example.com/hello\n\ngo ${line}\n` });
const aptGet = 'RUN apt-get update && apt-get install -y --no-install-recommends golang-go';

export const preferGolangImage: RuleCases = {
  rule: 'prefer-golang-image',
  cases: [
    {
      name: "Debian's Go is older than go.mod",
      project: 'hello',
      files: wanting('1.26'),
      dockerfile: onto(debian, 'ENV GOTOOLCHAIN=local', aptGet),
      reported: true,
      really: buildFails(/go\.mod requires go >= 1\.26 \(running go 1\.24/),
      fixed: { title: /^Build on golang:1\.26-trixie/, really: works(/go=go1\.26/) },
    },
    {
      name: 'it builds, with a Go that nobody chose',
      project: 'hello',
      files: wanting('1.21'),
      dockerfile: onto(debian, aptGet),
      reported: true,
      really: works(/go=go1\.24/),
      fixed: { title: /^Build on golang:1\.26-trixie/, really: works(/go=go1\.26/) },
    },
    {
      name: 'Go of the golang image',
      project: 'hello',
      files: wanting('1.26'),
      dockerfile: onto(
        'debian:trixie-slim',
        'COPY --from=golang:1.26 /usr/local/go /usr/local/go',
        'ENV PATH=$PATH:/usr/local/go/bin',
      ),
      reported: false,
      really: works(/go=go1\.26/),
    },
  ],
};

/** A stage that tests and one that builds, each with the Go it has. */
const staged = (test: string, build: string): string => `FROM golang:${test} AS test
RUN go env GOVERSION > /tested-with

FROM golang:${build} AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:trixie-slim
COPY --from=test /tested-with /tested-with
COPY --from=build /app /app
USER 65532:65532
CMD ["sh", "-c", "cat /tested-with && exec /app"]
`;

export const shareGoVersion: RuleCases = {
  rule: 'share-go-version',
  cases: [
    {
      name: 'one Go tests, and another one builds',
      project: 'hello',
      dockerfile: staged('1.26', '1.27'),
      reported: true,
      really: works(/^go1\.26[\s\S]*go=go1\.27/),
      fixed: { title: /Use Go 1\.27/, really: works(/^go1\.27[\s\S]*go=go1\.27/) },
    },
    {
      name: 'one Go, on two distributions',
      project: 'hello',
      dockerfile: staged('1.26', '1.26-alpine'),
      reported: false,
      really: works(/^go1\.26[\s\S]*go=go1\.26/),
    },
  ],
};

const packed = (build: string): string => `FROM golang:1.26 AS build
COPY --from=${debian} /repository /repository
COPY --from=${debian} /etc/apt/sources.list.d/lab.list /etc/apt/sources.list.d/lab.list
RUN rm -f /etc/apt/sources.list && apt-get update && apt-get install -y --no-install-recommends upx-ucl && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN ${build}
RUN go version -m /app > /modules 2>&1 || true

FROM debian:trixie-slim
COPY --from=build /modules /modules
COPY --from=build /app /app
USER 65532:65532
CMD ["sh", "-c", "/app && cat /modules"]
`;
const stripped = 'CGO_ENABLED=0 go build -ldflags="-s -w" -o /app .';

export const noUpx: RuleCases = {
  rule: 'no-upx',
  cases: [
    {
      name: 'its modules are not seen any more',
      project: 'module',
      dockerfile: packed(`${stripped} && upx -1 /app`),
      reported: true,
      really: works(/module[\s\S]*could not read Go build info from \/app/),
      fixed: { title: /unpacked/, really: works(/module[\s\S]*dep\s+github\.com\/google\/uuid\s+v1\.6\.0/) },
    },
    {
      name: 'packed and unpacked again',
      project: 'module',
      dockerfile: packed(`${stripped} && upx -V > /dev/null`),
      reported: false,
      really: works(/module[\s\S]*dep\s+github\.com\/google\/uuid\s+v1\.6\.0/),
    },
  ],
};

const crossed = (...lines: readonly string[]): string => `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;
const download = ['COPY go.mod go.sum ./', 'RUN go mod download'];
const declared = 'ARG TARGETOS TARGETARCH';

export const orderTargetArgs: RuleCases = {
  rule: 'order-target-args',
  cases: [
    {
      name: 'above the download',
      project: 'module',
      dockerfile: crossed(declared, ...download),
      reported: true,
      really: { kind: 'downloads for each platform', edit: 'go.mod' },
      fixed: { really: { kind: 'downloads for all platforms', edit: 'go.mod' } },
    },
    {
      name: 'below it',
      project: 'module',
      dockerfile: crossed(...download, declared),
      reported: false,
      really: { kind: 'downloads for all platforms', edit: 'go.mod' },
    },
  ],
};

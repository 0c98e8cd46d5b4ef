import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

/** What the go of the lab is told about its proxy and its database, taken back. */
const asPublished = (...settings: readonly string[]): string =>
  `RUN printf '${['GOTOOLCHAIN=local', ...settings].join('\\n')}\\n' >/usr/local/go/go.env`;
const proxy = 'GOPROXY=file:///var/lib/lab-proxy';
const database = 'GOSUMDB=sum.golang.org';
/** A program with a module, and no go.sum. */
const unchecked = {
  'go.mod': 'module example.com/unchecked\n\ngo 1.21\n\nrequire github.com/google/uuid v1.6.0\n',
  'main.go':
    'package main\n\nimport (\n\t"fmt"\n\n\t"github.com/google/uuid"\n)\n\nfunc main() { fmt.Println("module", uuid.Nil) }\n',
};
const withoutSum = ['COPY go.mod main.go ./', 'RUN CGO_ENABLED=0 go build -mod=mod -o /app .'];

export const noInsecureModuleSource: RuleCases = {
  rule: 'no-insecure-module-source',
  cases: [
    {
      name: 'GOSUMDB=off takes what comes; without it the database is asked, which the lab cannot reach',
      project: 'hello',
      files: unchecked,
      dockerfile: onto(asPublished(proxy, database), 'ENV GOSUMDB=off', ...withoutSum),
      reported: true,
      really: works(/module/),
      fixed: { title: /Remove/, really: buildFails(/verifying [\s\S]*sum\.golang\.org/) },
    },
    {
      name: 'GONOSUMDB for everything',
      project: 'hello',
      files: unchecked,
      dockerfile: onto(asPublished(proxy, database), 'ENV GONOSUMDB=*', ...withoutSum),
      reported: true,
      really: works(/module/),
      fixed: { title: /Remove/, really: buildFails(/verifying [\s\S]*sum\.golang\.org/) },
    },
    {
      name: 'a flag of the past',
      project: 'module',
      dockerfile: onto('COPY . .', 'RUN go get -insecure ./... && CGO_ENABLED=0 go build -o /app .'),
      reported: true,
      really: buildFails(/-insecure flag is no longer supported/),
    },
    {
      name: 'GONOSUMDB for one owner',
      project: 'hello',
      files: unchecked,
      dockerfile: onto(asPublished(proxy, database), 'ENV GONOSUMDB=github.com/google', ...withoutSum),
      reported: false,
      really: works(/module/),
    },
  ],
};

/** What stands for go.dev: a Go whose standard library was changed, and a curl that brings it. */
const served = `FROM golang:1.26 AS served
RUN mkdir /served && cp -a /usr/local/go /served/go && \\
    printf 'package os\\n\\nfunc init() { println("changed on the way") }\\n' > /served/go/src/os/changed.go && \\
    tar -C /served -czf /served/go.tgz go && rm -rf /served/go

`;
const curl = {
  curl: '#!/bin/sh\nwhile [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done\ncat /served/go.tgz >"${out:-/dev/stdout}"\n',
};
const address = 'https://go.dev/dl/go1.26.11.linux-amd64.tar.gz';
const installed = (line: string): string => `${served}FROM debian:trixie-slim AS build
COPY --from=served /served /served
COPY --chmod=0755 curl /usr/local/bin/curl
${line}
ENV PATH=$PATH:/usr/local/go/bin CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;
const checked = (sum: string): string =>
  `RUN curl -fsSL ${address} -o /go.tgz && echo "${sum}  /go.tgz" | sha256sum -c - && tar -C /usr/local -xzf /go.tgz`;

export const noGoTarball: RuleCases = {
  rule: 'no-go-tarball',
  cases: [
    {
      name: 'another Go than was meant',
      project: 'hello',
      files: curl,
      dockerfile: installed(`RUN curl -fsSL ${address} | tar -C /usr/local -xz`),
      reported: true,
      really: works(/changed on the way[\s\S]*hello|hello[\s\S]*changed on the way/),
      fixed: { title: /^Copy it from golang:1\.26\.11/, really: works(/^(?![\s\S]*changed)[\s\S]*hello/) },
    },
    {
      name: 'its checksum is not the one that was meant',
      project: 'hello',
      files: curl,
      dockerfile: installed(checked('0'.repeat(64))),
      reported: false,
      really: buildFails(/go\.tgz: FAILED/),
    },
    {
      name: 'its checksum fits',
      project: 'hello',
      files: curl,
      dockerfile: installed(checked('$(sha256sum /served/go.tgz | cut -d" " -f1)')),
      reported: false,
      really: works(/hello/),
    },
  ],
};

/** A private module on a server of its own, which git reaches under the name of the public one. */
export const privateModule = {
  'go.mod': 'module github.com/acme/app\n\ngo 1.21\n\nrequire github.com/acme/lib v1.2.3\n',
  'go.sum':
    'github.com/acme/lib v1.2.3 h1:9BB3qIUFtrMzW4L6l8AOctT1Np5K14tcLOOgVVQg+2Q=\ngithub.com/acme/lib v1.2.3/go.mod h1:ovp432HO8pIxuB49yjX67akNYgIKtVNYCyeb0Oq99yQ=\n',
  'main.go':
    'package main\n\nimport (\n\t"fmt"\n\n\t"github.com/acme/lib"\n)\n\nfunc main() { fmt.Println("module", lib.Name) }\n',
};
export const privateServer = `FROM golang:1.26 AS server
RUN mkdir -p /srv/acme/lib && cd /srv/acme/lib && git init -q && \\
    printf 'module github.com/acme/lib\\n\\ngo 1.21\\n' > go.mod && \\
    printf 'package lib\\n\\nconst Name = "private"\\n' > lib.go && \\
    git add . && git -c user.name=lab -c user.email=lab@example.com commit -qm lib && git tag v1.2.3

`;
const fetched = (...lines: readonly string[]): string =>
  privateServer +
  onto(
    asPublished('GOPROXY=https://proxy.golang.org,direct', database),
    'COPY --from=server /srv /srv',
    'RUN git config --global url."file:///srv/".insteadOf "https://github.com/"',
    'COPY go.mod go.sum ./',
    ...lines,
    'RUN go mod download',
    'COPY . .',
    'RUN CGO_ENABLED=0 go build -o /app .',
  );

export const requireGoprivate: RuleCases = {
  rule: 'require-goprivate',
  cases: [
    {
      name: 'the public proxy is asked for it, which the lab cannot reach',
      project: 'hello',
      files: privateModule,
      dockerfile: fetched(),
      reported: true,
      really: buildFails(/proxy\.golang\.org\/github\.com\/acme\/lib/),
      fixed: { title: /^Set GOPRIVATE=github\.com\/acme/, really: works(/module private/) },
    },
    {
      name: 'GOPRIVATE',
      project: 'hello',
      files: privateModule,
      dockerfile: fetched('ENV GOPRIVATE=github.com/acme/*'),
      reported: false,
      really: works(/module private/),
    },
    {
      name: 'GONOPROXY and the checksum in go.sum',
      project: 'hello',
      files: privateModule,
      dockerfile: fetched('ENV GONOPROXY=github.com/acme'),
      reported: false,
      really: works(/module private/),
    },
  ],
};

import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

const build = (flags = ''): string => `RUN CGO_ENABLED=0 go build${flags} -o /app .`;

/** The module in vendor/, with other code than the real one, so that it is seen which of the two was built. */
const vendoredUuid = {
  'vendor/modules.txt': '# github.com/google/uuid v1.6.0\n## explicit\ngithub.com/google/uuid\n',
  'vendor/github.com/google/uuid/uuid.go':
    'package uuid\n\nconst NameSpaceDNS = ""\n\nfunc NewSHA1(string, []byte) string { return "the vendored one" }\n',
};

export const matchVendorMode: RuleCases = {
  rule: 'match-vendor-mode',
  cases: [
    {
      name: 'a download that no proxy has anything for',
      project: 'vendored',
      dockerfile: onto('COPY go.mod ./', 'RUN go mod download', 'COPY . .', build()),
      reported: true,
      really: buildFails(/example\.com\/greet@v1\.0\.0/),
      fixed: { really: works(/vendored/) },
    },
    {
      name: '.dockerignore has vendor',
      project: 'vendored',
      files: { '.dockerignore': 'vendor\n' },
      dockerfile: onto('COPY . .', build(' -mod=vendor')),
      reported: true,
      really: buildFails(/inconsistent vendoring|import lookup disabled by -mod=vendor/),
    },
    {
      name: '-mod=vendor without the folder',
      project: 'module',
      dockerfile: onto('COPY . .', build(' -mod=vendor')),
      reported: true,
      really: buildFails(/inconsistent vendoring|import lookup disabled by -mod=vendor/),
      fixed: { title: /Remove -mod=vendor/, really: works(/module/) },
    },
    {
      name: 'GOFLAGS=-mod=vendor without the folder',
      project: 'module',
      dockerfile: onto('COPY . .', 'ENV GOFLAGS=-mod=vendor', build()),
      reported: true,
      really: buildFails(/inconsistent vendoring|import lookup disabled by -mod=vendor/),
    },
    {
      name: '.dockerignore has vendor, and there is no go.sum',
      project: 'vendored',
      files: { '.dockerignore': 'vendor\n' },
      dockerfile: onto('COPY . .', build()),
      reported: true,
      really: buildFails(/missing go\.sum entry|go\.sum/),
      fixed: { really: works(/vendored/) },
    },
    {
      name: '.dockerignore has vendor, and there is no proxy',
      project: 'module',
      files: { ...vendoredUuid, '.dockerignore': 'vendor\n' },
      dockerfile: onto('ENV GOPROXY=off', 'COPY . .', build()),
      reported: true,
      really: buildFails(/module lookup disabled by GOPROXY=off/),
      fixed: { really: works(/module/) },
    },
    {
      name: '.dockerignore has vendor: the modules are fetched',
      project: 'module',
      files: { ...vendoredUuid, '.dockerignore': 'vendor\n' },
      dockerfile: onto('COPY . .', build()),
      reported: true,
      really: { kind: 'works', output: /module \w{8}-/ },
      fixed: { title: /Keep vendor/, really: works(/module the vendored one/) },
    },
    {
      name: '.dockerignore has vendor, and the modules are downloaded on purpose',
      project: 'module',
      files: { ...vendoredUuid, '.dockerignore': 'vendor\n' },
      dockerfile: onto('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', build()),
      reported: false,
      really: works(/module/),
    },
    {
      name: 'go.mod requires more than is vendored',
      project: 'vendored',
      files: {
        'go.mod':
          'module example.com/vendored\n\ngo 1.21\n\nrequire (\n\texample.com/greet v1.0.0\n\texample.com/other v1.0.0 // indirect\n)\n',
      },
      dockerfile: onto('COPY . .', build()),
      reported: true,
      really: buildFails(/inconsistent vendoring/),
    },
    {
      name: 'the folder alone',
      project: 'vendored',
      dockerfile: onto('COPY . .', build()),
      reported: false,
      really: works(/vendored/),
    },
    {
      name: '-mod=vendor for a program without requirements',
      project: 'hello',
      dockerfile: onto('COPY . .', build(' -mod=vendor')),
      reported: false,
      really: works(/hello/),
    },
    {
      name: '-mod=mod beside a stale folder',
      project: 'module',
      files: { 'vendor/modules.txt': '# example.com/other v1.0.0\n## explicit\n' },
      dockerfile: onto('COPY . .', 'RUN go mod download', build(' -mod=mod')),
      reported: false,
      really: works(/module/),
    },
  ],
};

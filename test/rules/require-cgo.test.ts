import { requireCgo } from '../../server/analysis/rules/require-cgo.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const module = (path: string, more: Record<string, string> = {}, rest = '') => ({
  'go.mod': `module example.com/app\n\ngo 1.26\n\nrequire ${path} v1.0.0\n${rest}`,
  'go.sum': `${path} v1.0.0 h1:AAAA=\n`,
  'main.go': `package main\n\nimport _ "${path}"\n\nfunc main() {}\n`,
  ...more,
});
const sqlite = module('github.com/mattn/go-sqlite3');
const zstd = module('github.com/DataDog/zstd');

/** A program that has a package of its own, which has one that opens the database. */
const managed = (main: string, manager: string) =>
  module('github.com/mattn/go-sqlite3', {
    'main.go': `package main\n\nimport "example.com/app/mgr"\n\nfunc main() { ${main} }\n`,
    'mgr/mgr.go': `package mgr\n\nimport "example.com/app/store"\n\n${manager}\n`,
    'store/store.go':
      'package store\n\nimport _ "github.com/mattn/go-sqlite3"\n\ntype Store struct{}\n\nfunc Open() Store { return Store{} }\n',
  });
const manager =
  'type Kind string\nconst Create = Kind("create")\ntype Manager struct{ S store.Store }\nfunc New() Manager { return Manager{store.Open()} }';
const chained =
  'Its imports lead there: example.com/app → example.com/app/mgr → example.com/app/store → github.com/mattn/go-sqlite3.';

const build = (command: string, builder = 'golang:1.26'): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${command}

FROM debian:trixie-slim
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const external =
  '-linkmode external needs cgo, which CGO_ENABLED=0 turns off: go build stops with "requires external (cgo) linking, but cgo is not enabled".';

testRule(requireCgo, {
  valid: [
    { name: 'cgo is on', files: sqlite, code: build('RUN CGO_ENABLED=1 go build -o /app .') },
    { name: 'cgo is on by default', files: sqlite, code: build('RUN go build -o /app .') },
    { name: 'nothing needs C', files: programs.web, code: build('RUN CGO_ENABLED=0 go build -o /app .') },
    { name: 'nothing is known', code: build('RUN CGO_ENABLED=0 go build -o /app .') },
    { name: 'a module nobody knows', files: programs.stranger, code: build('RUN CGO_ENABLED=0 go build -o /app .') },
    {
      name: 'the module is required, and imported by another program',
      files: {
        ...sqlite,
        'main.go': 'package main\n\nfunc main() {}\n',
        'cmd/db/main.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n\nfunc main() {}\n',
      },
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'imported by a test',
      files: {
        ...sqlite,
        'main.go': 'package main\n\nfunc main() {}\n',
        'main_test.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n',
      },
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'imported only with cgo',
      files: {
        ...sqlite,
        'main.go': 'package main\n\nfunc main() {}\n',
        'db_cgo.go': '//go:build cgo\n\npackage main\n\nimport _ "github.com/mattn/go-sqlite3"\n',
        'db_go.go': '//go:build !cgo\n\npackage main\n\nimport _ "modernc.org/sqlite"\n',
      },
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'another driver by tag',
      files: {
        ...sqlite,
        'main.go': 'package main\n\nfunc main() {}\n',
        'db.go': '//go:build !pure\n\npackage main\n\nimport _ "github.com/mattn/go-sqlite3"\n',
      },
      code: build('RUN CGO_ENABLED=0 go build -tags pure -o /app .'),
    },
    {
      name: 'replaced by a module without C',
      files: module(
        'github.com/mattn/go-sqlite3',
        {},
        '\nreplace github.com/mattn/go-sqlite3 => example.com/pure v1.0.0\n',
      ),
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'a package of the module that is Go alone',
      files: {
        ...module('github.com/confluentinc/confluent-kafka-go/v2'),
        'main.go':
          'package main\n\nimport _ "github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"\n\nfunc main() {}\n',
      },
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'constants are left of it without cgo',
      files: module('github.com/miekg/pkcs11'),
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    { name: 'a build that may fail', files: zstd, code: build('RUN CGO_ENABLED=0 go build -o /app . || true') },
    {
      name: 'a build in a branch',
      files: zstd,
      code: build(
        'ARG PURE\nRUN if [ -n "$PURE" ]; then CGO_ENABLED=0 go build -o /app .; else go build -o /app .; fi',
      ),
    },
    {
      name: 'for Windows, where other files are built',
      files: sqlite,
      code: build('RUN CGO_ENABLED=0 GOOS=windows go build -o /app .'),
    },
    {
      name: 'only a constant and a conversion of a package that could open the database',
      files: managed('switch mgr.Kind("x") { case mgr.Create: }', manager),
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'only a type of the package that opens the database',
      files: managed('mgr.New()', 'type Manager struct{ S *store.Store }\nfunc New() *Manager { return nil }'),
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    { name: 'no compiler is the other rule', files: zstd, code: build('RUN go build -o /app .', 'golang:1.26-alpine') },
  ],
  invalid: [
    {
      name: 'go-sqlite3 is a stub',
      files: sqlite,
      code: build('RUN CGO_ENABLED=«0» go build -o /app .'),
      messages: [
        'github.com/mattn/go-sqlite3 is C code, and with CGO_ENABLED=0 only a stub that fails at its first use.',
      ],
      fixed: build('RUN CGO_ENABLED=1 go build -o /app .'),
      severity: 'warning',
      related: [
        'Its imports lead there: example.com/app → github.com/mattn/go-sqlite3.',
        'modernc.org/sqlite does the same in Go alone.',
      ],
    },
    ...[
      managed('mgr.New()', manager),
      managed('run(mgr.New)', manager),
      managed('mgr.Default.Close()', `${manager}\nvar Default = New()`),
      managed('var m mgr.Manager; m.Close()', `${manager}\nfunc (m *Manager) Close() { m.S.Close() }`),
    ].map((files) => ({
      name: `go-sqlite3 through packages of which code runs: ${files['main.go'].split('\n').at(-2)}`,
      files,
      code: build('RUN CGO_ENABLED=«0» go build -o /app .'),
      messages: [
        'github.com/mattn/go-sqlite3 is C code, and with CGO_ENABLED=0 only a stub that fails at its first use.',
      ],
      fixed: build('RUN CGO_ENABLED=1 go build -o /app .'),
      related: [chained, 'modernc.org/sqlite does the same in Go alone.'],
    })),
    {
      name: 'zstd stops the build, through a package of the project',
      files: {
        ...zstd,
        'main.go': 'package main\n\nimport _ "example.com/app/pack"\n\nfunc main() {}\n',
        'pack/pack.go': 'package pack\n\nimport _ "github.com/DataDog/zstd"\n',
      },
      code: build('ENV CGO_ENABLED=«0»\nRUN go build -o /app .'),
      messages: ['github.com/DataDog/zstd is C code, which CGO_ENABLED=0 leaves out: go build stops.'],
      fixed: build('ENV CGO_ENABLED=1\nRUN go build -o /app .'),
      severity: 'error',
    },
    {
      name: 'C of its own, on Alpine, which has no compiler either',
      files: programs.cgo,
      code: build('RUN CGO_ENABLED=«0» go build -o /app .', 'golang:1.26-alpine'),
      messages: [
        'example.com/app is C code, which CGO_ENABLED=0 leaves out: go build stops with "build constraints exclude all Go files".',
      ],
      fixed: build('RUN apk add --no-cache gcc musl-dev\nRUN CGO_ENABLED=1 go build -o /app .', 'golang:1.26-alpine'),
      fixes: ['Build with CGO_ENABLED=1 and a C compiler'],
    },
    {
      name: 'confluent-kafka-go, switched off by export',
      files: {
        ...module('github.com/confluentinc/confluent-kafka-go/v2'),
        'main.go': 'package main\n\nimport _ "github.com/confluentinc/confluent-kafka-go/v2/kafka"\n\nfunc main() {}\n',
      },
      code: build('RUN export CGO_ENABLED=0 && «go build» -o /app .'),
      messages: [
        'github.com/confluentinc/confluent-kafka-go/v2/kafka is C code, which CGO_ENABLED=0 leaves out: go build stops.',
      ],
    },
    {
      name: 'one ENV, two programs',
      files: { ...zstd, 'cmd/b/main.go': 'package main\n\nimport _ "github.com/DataDog/zstd"\n\nfunc main() {}\n' },
      code: build('ENV CGO_ENABLED=«0»\nRUN go build -o /app .\nRUN go build -o /b ./cmd/b'),
      messages: ['github.com/DataDog/zstd is C code, which CGO_ENABLED=0 leaves out: go build stops.'],
      fixed: build('ENV CGO_ENABLED=1\nRUN go build -o /app .\nRUN go build -o /b ./cmd/b'),
    },
    {
      name: 'an external link',
      files: programs.web,
      code: build(`RUN CGO_ENABLED=0 go build -ldflags '-s «-linkmode external» -extldflags "-static"' -o /app .`),
      messages: [external],
      fixed: build(`RUN CGO_ENABLED=0 go build -ldflags '-s -extldflags "-static"' -o /app .`),
      fixes: ['Leave -linkmode external out', 'Build with CGO_ENABLED=1'],
      severity: 'error',
    },
    {
      name: 'nothing but an external link',
      files: programs.hello,
      code: build('ENV CGO_ENABLED=0\nRUN go build -ldflags=«-linkmode=external» -o /app .'),
      messages: [external],
      fixed: build('ENV CGO_ENABLED=0\nRUN go build -o /app .'),
    },
    {
      name: 'an external link of a program that needs C',
      files: {
        ...module('github.com/mattn/go-sqlite3'),
        'main.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n\nfunc main() {}\n',
      },
      code: build(`RUN CGO_ENABLED=0 go build -ldflags '«-linkmode external» -extldflags -static' -o /app .`),
      messages: [external],
      fixed: build(`RUN CGO_ENABLED=1 go build -ldflags '-linkmode external -extldflags -static' -o /app .`),
      fixes: ['Build with CGO_ENABLED=1', 'Leave -linkmode external out'],
    },
    {
      name: 'an external link by GOFLAGS',
      files: programs.hello,
      code: build('ENV CGO_ENABLED=0 GOFLAGS=-ldflags=-linkmode=external\nRUN «go build» -o /app .'),
      messages: [external],
      fixed: build('ENV CGO_ENABLED=1 GOFLAGS=-ldflags=-linkmode=external\nRUN go build -o /app .'),
    },
  ],
});

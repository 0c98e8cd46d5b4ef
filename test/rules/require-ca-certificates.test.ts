import { requireCaCertificates } from '../../server/analysis/rules/require-ca-certificates.ts';
import { testRule } from '../support/test-rule.ts';

const program = (imports: string, body: string) => ({
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${body}\n}\n`,
});
const client = program('"net/http"', '\thttp.Get("https://example.com")');
const doubtful = program('"net/http"', '\thttp.Get(url())');

const onto = (runtime: string, build = 'RUN CGO_ENABLED=0 go build -o /app .'): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${build}

${runtime}
`;
const run = 'COPY --from=build /app /app\nENTRYPOINT ["/app"]';

testRule(requireCaCertificates, {
  valid: [
    { name: 'nothing is known', code: onto(`FROM scratch\n${run}`) },
    ...['gcr.io/distroless/static-debian13', 'alpine:3.24', 'example.com/own', 'golang:1.26'].map((image) => ({
      name: image,
      files: client,
      code: onto(`FROM ${image}\n${run}`),
    })),
    {
      name: 'a server',
      files: program('"net/http"', '\thttp.ListenAndServe(":8080", http.FileServer(http.Dir("/www")))'),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'a server with client certificates',
      files: program(
        '"crypto/tls"\n"crypto/x509"\n"net/http"',
        '\tpool := x509.NewCertPool()\n\ts := http.Server{TLSConfig: &tls.Config{ClientCAs: pool}}\n\ts.ListenAndServeTLS("", "")',
      ),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'plain http alone',
      files: program('"net/http"', '\thttp.Get("http://localhost:8080/healthz")'),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'a compose file mounts them',
      files: client,
      code: onto(`FROM scratch\n${run}`),
      mounts: ['/etc/ssl/certs'],
    },
    {
      name: 'a compose file names them',
      files: client,
      code: onto(`FROM scratch\n${run}`),
      environment: ['SSL_CERT_FILE'],
    },
    {
      name: 'a database alone',
      files: program('_ "github.com/jackc/pgx/v5"\n_ "google.golang.org/grpc"', ''),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'plain http that is put together',
      files: program('"net/http"', '\thttp.Get("http://" + host())'),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'certificates are in the program',
      files: program('"net/http"\n_ "golang.org/x/crypto/x509roots/fallback"', '\thttp.Get("https://example.com")'),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'only a test calls',
      files: {
        ...program('"fmt"', '\tfmt.Println()'),
        'main_test.go': 'package main\n\nimport "net/http"\n\nvar r, _ = http.Get("https://example.com")\n',
      },
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'only another program calls',
      files: {
        ...program('"fmt"', '\tfmt.Println()'),
        'cmd/x/main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.Get("https://example.com") }\n',
      },
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'only on Windows',
      files: {
        ...program('"fmt"', '\tfmt.Println()'),
        'x_windows.go': 'package main\n\nimport "net/http"\n\nvar r, _ = http.Get("https://example.com")\n',
      },
      code: onto(`FROM scratch\n${run}`),
    },
    ...[
      'COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/',
      'COPY --from=build /etc/ssl/certs /etc/ssl/certs',
      'COPY --from=build /etc/ssl /etc/ssl',
      'COPY --from=build /etc /etc',
      'COPY --from=build /etc/ssl/cert.pem /etc/ssl/cert.pem',
      'COPY ca.pem /etc/pki/tls/certs/ca-bundle.crt',
      'COPY --from=build / /',
      'ADD https://curl.se/ca/cacert.pem /etc/ssl/certs/',
      'ENV SSL_CERT_FILE=/certs/ca.crt',
      'ENV SSL_CERT_DIR=/certs',
    ].map((line) => ({
      name: line,
      files: { ...client, 'ca.pem': '' },
      code: onto(`FROM scratch\n${line}\n${run}`),
    })),
    ...[
      'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates',
      'RUN apt-get update && apt-get install -y curl',
      'RUN ./install.sh',
      'RUN update-ca-certificates',
    ].map((line) => ({
      name: `debian, ${line}`,
      files: client,
      code: onto(`FROM debian:trixie-slim\n${line}\n${run}`),
    })),
    {
      name: 'in a stage below',
      files: client,
      code: onto(
        `FROM scratch AS base\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n\nFROM base\n${run}`,
      ),
    },
    { name: 'another program is started', files: client, code: onto(`FROM scratch\nCOPY x /x\nENTRYPOINT ["/x"]`) },
    { name: 'a stage for development', files: client, code: onto(`FROM scratch AS dev\n${run}\n\nFROM alpine:3.24`) },
    {
      name: 'tags nobody knows',
      files: client,
      code: onto(`FROM scratch\n${run}`, 'ARG TAGS\nRUN CGO_ENABLED=0 go build -tags "$TAGS" -o /app .'),
    },
  ],
  invalid: [
    {
      name: 'https from scratch',
      files: client,
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app opens TLS connections, and scratch has no CA certificates: they all fail.'],
      fixed: onto(`FROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n${run}`),
      severity: 'warning',
      related: ['main.go:8 of the program that is built here says so.'],
    },
    {
      name: 'a URL from elsewhere',
      files: doubtful,
      code: onto(`FROM «scratch» AS run\n${run}`),
      messages: ['/app may open TLS connections, and scratch has no CA certificates: those would fail.'],
      fixed: onto(`FROM scratch AS run\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n${run}`),
      severity: 'information',
    },
    {
      name: 'certificates of its own beside',
      files: program(
        '"crypto/tls"\n"net/http"',
        '\tc := &tls.Config{}\n\tc.RootCAs = pool\n\thttp.Get("https://example.com")',
      ),
      code: onto(`FROM «busybox:1.38»\n${run}`),
      messages: ['/app may open TLS connections, and busybox:1.38 has no CA certificates: those would fail.'],
      fixed: onto(`FROM busybox:1.38\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n${run}`),
    },
    {
      name: 'debian has two ways',
      files: client,
      code: onto(`FROM «debian:trixie-slim»\nWORKDIR /srv\n${run}`),
      messages: ['/app opens TLS connections, and debian:trixie-slim has no CA certificates: they all fail.'],
      fixed: onto(
        `FROM debian:trixie-slim\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nWORKDIR /srv\n${run}`,
      ),
      fixes: ['Copy the certificates of stage build', 'Install ca-certificates'],
    },
    {
      name: 'a client of a public service in a package of its own',
      files: {
        ...program('_ "example.com/app/chat"', ''),
        'chat/chat.go': 'package chat\n\nimport "github.com/slack-go/slack"\n\nvar c = slack.New("")\n',
      },
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app opens TLS connections, and scratch has no CA certificates: they all fail.'],
      fixed: onto(`FROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n${run}`),
      related: ['github.com/slack-go/slack of the program that is built here says so.'],
    },
    {
      name: 'a stage without a name',
      files: client,
      code: `FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\nFROM «scratch»\nCOPY --from=0 /app /app\nENTRYPOINT ["/app"]\n`,
      messages: ['/app opens TLS connections, and scratch has no CA certificates: they all fail.'],
      fixed: `FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\nFROM scratch\nCOPY --from=0 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=0 /app /app\nENTRYPOINT ["/app"]\n`,
    },
  ],
});

import { matchExposedPort } from '../../server/analysis/rules/match-exposed-port.ts';
import { testRule } from '../support/test-rule.ts';

const program = (body: string, imports = '"net/http"\n"os"\n"flag"') => ({
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n\t${body}\n}\n`,
});
const fixed = program('http.ListenAndServe(":8080", nil)');
const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
${lines.join('\n')}
`;
const start = 'ENTRYPOINT ["/app"]';

testRule(matchExposedPort, {
  valid: [
    { name: 'nothing is known', code: onto('EXPOSE 80', start) },
    ...[
      'EXPOSE 8080',
      'EXPOSE 8080/tcp',
      'EXPOSE 8080 9090',
      'EXPOSE 8000-8090',
      'EXPOSE $PORT',
      'EXPOSE 53/udp',
      'LABEL a=b',
    ].map((line) => ({
      name: line,
      files: fixed,
      code: onto(line, start),
    })),
    ...[
      'http.ListenAndServe(":"+os.Getenv("PORT"), nil)',
      'addr := ":8080"\n\tif p := os.Getenv("APP_PORT"); p != "" { addr = p }\n\thttp.ListenAndServe(addr, nil)',
      'os.LookupEnv("LISTEN"); http.ListenAndServe(":8080", nil)',
      'addr := flag.String("addr", ":8080", "")\n\thttp.ListenAndServe(*addr, nil)',
      'go http.ListenAndServe(":8080", nil); http.ListenAndServe(":9090", nil)',
      'http.ListenAndServe(addr, nil)',
    ].map((body) => ({ name: body, files: program(body), code: onto('EXPOSE 80', start) })),
    { name: 'an argument', files: fixed, code: onto('EXPOSE 80', 'ENTRYPOINT ["/app", "-port", "80"]') },
    { name: 'another program is started', files: fixed, code: onto('EXPOSE 80', 'COPY x /x', 'ENTRYPOINT ["/x"]') },
    {
      name: 'a test listens',
      files: { ...program(''), 'main_test.go': fixed['main.go'] },
      code: onto('EXPOSE 80', start),
    },
  ],
  invalid: [
    {
      name: 'a port of its own',
      files: fixed,
      code: onto('EXPOSE «80»', start),
      messages: ['/app listens on port 8080, and EXPOSE says 80.'],
      fixed: onto('EXPOSE 8080', start),
      severity: 'hint',
      related: ['main.go:10 of the program that is built here says so.'],
    },
    {
      name: 'a server with an address',
      files: program('s := http.Server{Addr: ":9000"}\n\ts.ListenAndServe()'),
      code: onto('EXPOSE «8080/tcp»', start),
      messages: ['/app listens on port 9000, and EXPOSE says 8080/tcp.'],
      fixed: onto('EXPOSE 9000/tcp', start),
    },
    {
      name: 'gin',
      files: program('r.Run(":3000")', '"github.com/gin-gonic/gin"'),
      code: onto('EXPOSE «8080»', start),
      messages: ['/app listens on port 3000, and EXPOSE says 8080.'],
      fixed: onto('EXPOSE 3000', start),
    },
  ],
});

import { requireTmp } from '../../server/analysis/rules/require-tmp.ts';
import { testRule } from '../support/test-rule.ts';

const program = (imports: string, body: string) => ({
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${body}\n}\n`,
});
const temporary = program('"os"', '\tos.CreateTemp("", "x")');
const current = program('"os/user"', '\tuser.Current()');

const onto = (runtime: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

${runtime}
`;
const run = 'COPY --from=build /app /app\nENTRYPOINT ["/app"]';

testRule(requireTmp, {
  valid: [
    { name: 'nothing is known', code: onto(`FROM scratch\n${run}`) },
    ...['gcr.io/distroless/static-debian13', 'alpine:3.24', 'busybox:1.38', 'x.example/y'].map((image) => ({
      name: image,
      files: temporary,
      code: onto(`FROM ${image}\n${run}`),
    })),
    ...['os.CreateTemp("/data", "x")', 'os.CreateTemp(dir(), "x")', 'os.MkdirTemp(".", "x")', 'os.UserHomeDir()'].map(
      (call) => ({ name: call, files: program('"os"', `\t${call}`), code: onto(`FROM scratch\n${run}`) }),
    ),
    ...[
      'COPY --from=build --chmod=1777 /tmp /tmp',
      'COPY --from=build /out/tmp /tmp/',
      'COPY tmp/.keep /tmp/.keep',
      'COPY --from=build / /',
      'WORKDIR /tmp',
      'VOLUME /tmp',
      'VOLUME ["/data", "/tmp"]',
      'ENV TMPDIR=/data',
    ].map((line) => ({
      name: line,
      files: { ...temporary, 'tmp/.keep': '' },
      code: onto(`FROM scratch\n${line}\n${run}`),
    })),
    ...[
      'COPY --from=build /etc/passwd /etc/passwd',
      'COPY --from=build /etc/passwd /etc/group /etc/',
      'COPY --from=build /etc /etc',
      'ENV USER=app',
    ].map((line) => ({ name: line, files: current, code: onto(`FROM scratch\n${line}\n${run}`) })),
    { name: 'a compose file mounts /tmp', files: temporary, code: onto(`FROM scratch\n${run}`), mounts: ['/tmp'] },
    {
      name: 'a compose file sets TMPDIR',
      files: temporary,
      code: onto(`FROM scratch\n${run}`),
      environment: ['TMPDIR'],
    },
    {
      name: 'a variable named user',
      files: program('"os/user"\n"example.com/app/data"', '\tuser := data.User{}\n\tuser.Current()'),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'only other modules do',
      files: program('_ "example.org/stranger"', ''),
      code: onto(`FROM scratch\n${run}`),
    },
  ],
  invalid: [
    {
      name: 'temporary files',
      files: temporary,
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app makes temporary files, and scratch has no /tmp: no such file or directory.'],
      fixed: onto(`FROM scratch\nCOPY --from=build /tmp /tmp\n${run}`),
      severity: 'warning',
      related: ['main.go:8 of the program that is built here says so.'],
    },
    {
      name: 'temporary files of a user with a number',
      files: temporary,
      code: onto(`FROM «scratch»\nUSER 1000\n${run}`),
      messages: ['/app makes temporary files, and scratch has no /tmp: no such file or directory.'],
      fixed: onto(`FROM scratch\nCOPY --from=build --chown=1000 /tmp /tmp\nUSER 1000\n${run}`),
    },
    {
      name: 'temporary files of a user nobody knows',
      files: temporary,
      code: onto(`FROM «scratch»\nARG WHO\nUSER $WHO\n${run}`),
      messages: ['/app makes temporary files, and scratch has no /tmp: no such file or directory.'],
    },
    {
      name: 'temporary files in a method of another package, which nothing may call',
      files: {
        ...program('"example.com/app/files"', '\tfiles.Open()'),
        'files/files.go':
          'package files\n\nimport "os"\n\ntype Store struct{}\n\nfunc Open() Store { return Store{} }\n\nfunc (Store) Put() { os.CreateTemp("", "x") }\n',
      },
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app may make temporary files, and scratch has no /tmp.'],
      fixed: onto(`FROM scratch\nCOPY --from=build /tmp /tmp\n${run}`),
      severity: 'information',
      related: ['files/files.go:9 of the program that is built here says so.'],
    },
    {
      name: 'uploaded forms',
      files: program(
        '"net/http"',
        '\thttp.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { r.ParseMultipartForm(1 << 20) })',
      ),
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app may make temporary files, and scratch has no /tmp.'],
      fixed: onto(`FROM scratch\nCOPY --from=build /tmp /tmp\n${run}`),
      severity: 'information',
    },
    {
      name: 'the current user',
      files: current,
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app asks who its user is, and scratch has neither /etc/passwd nor $USER: that fails.'],
      fixed: onto(`FROM scratch\nENV USER=nonroot\n${run}`),
    },
    {
      name: 'another user',
      files: program('"os/user"', '\tuser.Lookup("root")'),
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app looks users up, and scratch has no /etc/passwd: no such file or directory.'],
      fixed: onto(`FROM scratch\nCOPY --from=build /etc/passwd /etc/group /etc/\n${run}`),
    },
  ],
});

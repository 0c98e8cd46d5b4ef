import { copyRuntimeFiles } from '../../server/analysis/rules/copy-runtime-files.ts';
import { testRule } from '../support/test-rule.ts';

const goMod = 'module example.com/app\n\ngo 1.26\n';
const opening = (body: string, imports = '"os"', more: Readonly<Record<string, string>> = {}) => ({
  'go.mod': goMod,
  'main.go': `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n\t${body}\n}\n`,
  'config/app.yaml': '',
  'templates/index.html': '',
  'README.md': '',
  ...more,
});
const config = opening('os.ReadFile("config/app.yaml")');

const onto = (runtime: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

${runtime}
`;
const copy = 'COPY --from=build /app /app';
const start = 'ENTRYPOINT ["/app"]';
const plain = onto(`FROM scratch\n${copy}\n${start}`);
const marked = onto(`FROM scratch\nCOPY --from=build «/app» /app\n${start}`);
const fixed = (source: string, to = source): string => onto(`FROM scratch\n${copy}\nCOPY ${source} ./${to}\n${start}`);
const says = (path: string): string => `/app opens ${path} when it runs, and the image does not have it.`;

testRule(copyRuntimeFiles, {
  valid: [
    { name: 'nothing is known', code: plain },
    ...[
      'os.ReadFile("/config/app.yaml")',
      'os.ReadFile("config/other.yaml")',
      'os.ReadFile("../config/app.yaml")',
      'os.ReadFile(name())',
      'os.ReadFile("config/" + name())',
      'os.Stat("config/app.yaml")',
      'os.Create("config/app.yaml")',
      'os.MkdirAll("config", 0o755)\n\tos.ReadFile("config/app.yaml")',
      'os.WriteFile("config/app.yaml", nil, 0o600)\n\tos.ReadFile("config/app.yaml")',
      'os.Chdir("/etc/app")\n\tos.ReadFile("config/app.yaml")',
      'files.ReadFile("config/app.yaml")',
      'os.ReadDir(".")',
      '// os.ReadFile("config/app.yaml")',
      'if b, err := os.ReadFile("config/app.yaml"); err == nil {\n\t\tparse(b)\n\t}',
      'file, err := os.Open("config/app.yaml")\n\tif err == nil && wanted {\n\t\tparse(file)\n\t}',
      'b, _ := os.ReadFile("config/app.yaml")',
      'b, err := os.ReadFile("config/app.yaml")\n\tif err != nil {\n\t\tb = standard\n\t}',
      'b, err := os.ReadFile("config/app.yaml")\n\tif err != nil && !os.IsNotExist(err) {\n\t\tpanic(err)\n\t}',
    ].map((body) => ({ name: body, files: opening(body), code: plain })),
    {
      name: 'a test opens it',
      files: { ...opening(''), 'main_test.go': opening('os.ReadFile("config/app.yaml")')['main.go'] },
      code: plain,
    },
    {
      name: 'another program opens it',
      files: { ...opening(''), 'cmd/x/main.go': config['main.go'] },
      code: plain,
    },
    ...[
      'COPY config ./config',
      'COPY config/app.yaml /config/',
      'COPY --from=build /src/config /config',
      'COPY . .',
      'COPY --from=build /src /',
      'VOLUME /config',
      'VOLUME ["/data", "/config"]',
    ].map((line) => ({ name: line, files: config, code: onto(`FROM scratch\n${line}\n${copy}\n${start}`) })),
    {
      name: 'WORKDIR where the sources are',
      files: config,
      code: onto(`FROM scratch\nCOPY --from=build /src/config /srv/config\n${copy}\nWORKDIR /srv\n${start}`),
    },
    { name: 'a compose file mounts it', files: config, code: plain, mounts: ['/config'] },
    { name: 'a compose file mounts what is in it', files: config, code: plain, mounts: ['/config/app.yaml'] },
    { name: 'hidden by .dockerignore', files: { ...config, '.dockerignore': 'config\n' }, code: plain },
    {
      name: 'private',
      files: opening('os.ReadFile(".env"); os.ReadFile("server.key")', '"os"', { '.env': '', 'server.key': '' }),
      code: plain,
    },
    {
      name: 'one stage',
      files: config,
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nENTRYPOINT ["/app"]\n',
    },
    { name: 'a script may bring it', files: config, code: onto(`FROM alpine:3.24\nRUN ./setup.sh\n${copy}\n${start}`) },
    { name: 'a base nobody knows', files: config, code: onto(`FROM example.com/base\n${copy}\n${start}`) },
    {
      name: 'started by a script',
      files: config,
      code: onto(`FROM alpine:3.24\n${copy}\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]`),
    },
  ],
  invalid: [
    {
      name: 'configuration',
      files: config,
      code: marked,
      messages: [says('config/app.yaml')],
      fixed: fixed('config/app.yaml'),
      severity: 'warning',
      related: ['main.go:8 of the program that is built here says so.'],
    },
    ...[
      'b, err := os.ReadFile("config/app.yaml")\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}',
      'b, err := os.ReadFile("config/app.yaml")\n\tif err != nil {\n\t\treturn err\n\t}\n\tc, _ := os.ReadFile("config/app.yaml")',
      'c, _ := os.ReadFile("config/app.yaml"); b := must(os.ReadFile("config/app.yaml"))',
    ].map((body) => ({
      name: body,
      files: opening(body),
      code: marked,
      messages: [says('config/app.yaml')],
      fixed: fixed('config/app.yaml'),
    })),
    {
      name: 'templates by a pattern',
      files: opening('template.Must(template.ParseGlob("./templates/*.html"))', '"html/template"'),
      code: marked,
      messages: [says('./templates/*.html')],
      fixed: fixed('templates'),
    },
    {
      name: 'a folder that is served, and a file in it once',
      files: opening(
        'http.Handle("/", http.FileServer(http.Dir("templates"))); os.Open("templates/index.html")',
        '"net/http"\n"os"',
      ),
      code: marked,
      messages: [says('templates')],
      fixed: fixed('templates'),
    },
    {
      name: 'migrations, and a path that is joined',
      files: opening(
        'migrate.New("file://db/migrations", dsn); os.ReadFile(filepath.Join("config", "app.yaml"))',
        '"os"\n"path/filepath"\n"github.com/golang-migrate/migrate/v4"',
        { 'db/migrations/1.sql': '' },
      ),
      code: onto(`FROM scratch\nCOPY --from=build ««/app»» /app\n${start}`),
      messages: [says('db/migrations'), says('config/app.yaml')],
      fixed: onto(
        `FROM scratch\n${copy}\nCOPY db/migrations ./db/migrations\nCOPY config/app.yaml ./config/app.yaml\n${start}`,
      ),
    },
    {
      name: 'the working directory is another one',
      files: config,
      code: onto(`FROM scratch\nCOPY config /config\nWORKDIR /srv\nCOPY --from=build «/app» /app\n${start}`),
      messages: [says('config/app.yaml')],
      fixed: onto(
        `FROM scratch\nCOPY config /config\nWORKDIR /srv\n${copy}\nCOPY config/app.yaml ./config/app.yaml\n${start}`,
      ),
    },
    {
      name: 'WORKDIR behind the program',
      files: config,
      code: onto(`FROM scratch\nCOPY --from=build «/app» /app\nWORKDIR /srv\n${start}`),
      messages: [says('config/app.yaml')],
    },
    {
      name: 'beside the program in the repository',
      files: { 'go.mod': goMod, 'cmd/web/main.go': config['main.go'], 'cmd/web/config/app.yaml': '' },
      code: marked.replace('-o /app .', '-o /app ./cmd/web'),
      messages: [says('config/app.yaml')],
      fixed: fixed('cmd/web/config/app.yaml', 'config/app.yaml').replace('-o /app .', '-o /app ./cmd/web'),
    },
  ],
});

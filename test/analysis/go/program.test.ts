import { deepEqual, equal } from 'node:assert/strict';
import { listenedPorts } from '../../../server/analysis/go/listened-ports.ts';
import { isSettable, type ProgramCode, programCode, variablesOf } from '../../../server/analysis/go/program-code.ts';
import { openedPaths } from '../../../server/analysis/go/program-files.ts';
import { programSignals } from '../../../server/analysis/go/project-signals.ts';
import {
  type Need,
  outboundTls,
  temporaryFiles,
  timeZones,
  userLookups,
} from '../../../server/analysis/go/runtime-needs.ts';
import { servedPorts } from '../../../server/analysis/go/served-ports.ts';
import { type Files, projectOf } from '../../support/project.ts';

const goMod = 'module example.com/app\n\ngo 1.24\n';

const programOf = (files: Files, tags: readonly string[] = []): ProgramCode => {
  const program = programCode(projectOf({ 'go.mod': goMod, ...files }), 'example.com/app', {
    tags: new Set(tags),
    cgo: true,
  });
  if (!program) throw new Error('no program');
  return program;
};

/** A program of one file. */
const main = (imports: string, body: string): ProgramCode =>
  programOf({ 'main.go': `package main\nimport (\n${imports}\n)\n${body}\n` });

const shown = ({ verdict, surely, because, imported }: Need): string => {
  if (verdict !== 'yes') return verdict;
  return [surely ? 'surely' : 'perhaps', because ? `${because.path}:${because.use.line}` : imported].join(' ');
};

describe('ports a program listens on', () => {
  const ports = (body: string): string[] =>
    listenedPorts(main('"net"\n"net/http"\n"flag"\n"os"\n"github.com/redis/go-redis/v9"', body)).map(
      ({ port, fixed }) => `${port}${fixed ? '' : '?'}`,
    );
  for (const [body, expected] of [
    ['func f() { http.ListenAndServe(":8080", nil) }', ['8080']],
    ['var l, _ = net.Listen("tcp", "127.0.0.1:9000")', ['9000']],
    ['var s = http.Server{\n\tAddr: ":8443",\n}', ['8443']],
    ['var addr = flag.String("addr", ":3000", "where")', ['3000?']],
    ['func f() { flag.IntVar(&p, "port", 8081, "port") }', ['8081?']],
    ['func f() { port := "8080"\n }', ['8080?']],
    ['var p = getenv("PORT", "5000")', ['5000?']],
    ['func f() { viper.SetDefault("server.port", 7000) }', ['7000?']],
    ['func f() { r.Run(":8080"); r.Run(":8080"); e.Start(":9090") }', ['8080', '9090']],
    ['// http.ListenAndServe(":8080", nil)\nvar s = "http://x:99"', []],
    ['var c = redis.Options{Addr: "localhost:6379"}', []],
    ['var c = smtp.Dial("mail.example.com:25")', []],
    ['var c = db.Config{Host: "db", Port: 5432}', []],
    ['func f() { exec.Run("a:1234/b") }', []],
  ] as const) {
    it(body.replaceAll('\n', '⏎'), () => deepEqual(ports(body), expected));
  }
});

describe('ports a program serves at', () => {
  const ports = (body: string, imports = '"os"\n"flag"\n"net/http"'): readonly number[] =>
    servedPorts(main(imports, body));
  const kingpin = 'github.com/prometheus/exporter-toolkit/web/kingpinflag';
  for (const [body, expected] of [
    ['func f() { port := "8080"\n }', [8080]],
    ['var a = flag.String("listen", ":9000", "")', [9000]],
    ['var a = getEnv("APP_PORT", "5000")', [5000]],
    ['var s = Options{HTTPAddress: "0.0.0.0:4151"}', [4151]],
    ['func f() { go http.ListenAndServe(":6060", nil); http.ListenAndServe(":8080", nil) }', [8080]],
    ['var a = flag.String("db", "localhost:3306", "")', []],
    ['var n = getEnvInt("EXPORTER_BATCH", 1000)', []],
    ['func f() { flag.IntVar(&n, "maxReports", 10000, "") }', []],
    ['var a = flag.String("metrics-addr", ":8080", "")', []],
    ['func f() { flag.IntVar(&n, "profilePort", 7070, "") }', []],
  ] as const) {
    it(body.replaceAll('\n', '⏎'), () => deepEqual(ports(body), expected));
  }

  it('knows the flags of exporters', () => {
    deepEqual(ports('func f() { kingpinflag.AddFlags(app, ":9104") }', `"${kingpin}"`), [9104]);
  });

  it('does not take the port that another package takes apart for its own', () => {
    const port = 'func F() { port := "443"; _ = port }\nvar defaultPort = "4000"\n';
    const files = { 'x/x.go': `package x\n${port}`, 'main.go': 'package main\nimport _ "example.com/app/x"\n' };
    deepEqual(servedPorts(programOf(files)), [4000]);
  });
});

describe('what a program needs', () => {
  for (const [name, imports, body, expected] of [
    ['https in the code', '"net/http"', 'func f() { http.Get("https://example.com") }', 'surely main.go:4'],
    ['plain http', '"net/http"', 'func f() { http.Get("http://localhost:8080/healthz") }', 'no'],
    ['a URL from elsewhere', '"net/http"', 'func f() { http.Get(url) }', 'perhaps main.go:4'],
    ['a request', '"net/http"', 'func f() { http.NewRequest("GET", "https://x", nil) }', 'surely main.go:4'],
    [
      'a request with context',
      '"net/http"',
      'func f() { http.NewRequestWithContext(ctx, "GET", "http://x", nil) }',
      'no',
    ],
    ['a server', '"net/http"', 'func f() { http.ListenAndServe(":8080", http.FileServer(http.Dir("."))) }', 'no'],
    ['a client', '"net/http"', 'var c = http.Client{}', 'perhaps main.go:4'],
    ['a hidden package', '"net/http"', 'func f(http *client) { http.Get("https://x") }', 'perhaps main.go:4'],
    ['tls.Dial', '"crypto/tls"', 'func f() { tls.Dial("tcp", "example.com:443", nil) }', 'surely main.go:4'],
    [
      'a plain URL that is put together',
      '"net/http"',
      'func f() { url := "http://" + host; http.Get(url) }',
      'unknown',
    ],
    [
      'a URL that is put together',
      '"net/http"',
      'const docs, api = "http://x", "https://y"\nfunc f() { http.Get(api + x) }',
      'perhaps main.go:5',
    ],
    [
      'certificates of its own',
      '"crypto/tls"',
      'func f() { tls.Dial("tcp", a, &tls.Config{RootCAs: pool}) }',
      'perhaps main.go:4',
    ],
    [
      'no verification',
      '"crypto/tls"',
      'func f() { tls.Dial("tcp", a, &tls.Config{InsecureSkipVerify: true}) }',
      'perhaps main.go:4',
    ],
    [
      'certificates in a module',
      '"net/http"\n_ "golang.org/x/crypto/x509roots/fallback"',
      'func f() { http.Get("https://x") }',
      'no',
    ],
    ['a public service', '"github.com/stripe/stripe-go/v82"', '', 'surely github.com/stripe/stripe-go/v82'],
    ['a database', '"github.com/jackc/pgx/v5"', '', 'perhaps github.com/jackc/pgx/v5'],
    ['another module', '"example.com/other"', '', 'unknown'],
  ] as const) {
    it(`certificates: ${name}`, () => equal(shown(outboundTls(main(imports, body))), expected));
  }

  for (const [body, expected] of [
    ['var z, _ = time.LoadLocation("Europe/Berlin")', 'surely main.go:4'],
    ['var z, _ = time.LoadLocation(name)', 'perhaps main.go:4'],
    ['var z, _ = time.LoadLocation("UTC")', 'no'],
    ['var z, _ = time.LoadLocation("Local")', 'no'],
    ['var z, _ = time.LoadLocation("")', 'no'],
    ['var z = time.FixedZone("CET", 3600)', 'no'],
  ] as const) {
    it(`zones: ${body}`, () => equal(shown(timeZones(main('"time"', body))), expected));
  }

  for (const [body, expected] of [
    ['var f, _ = os.CreateTemp("", "x")', 'surely main.go:4'],
    ['var f, _ = os.MkdirTemp(``, "x")', 'surely main.go:4'],
    ['var f, _ = os.CreateTemp(dir, "x")', 'no'],
    ['var f, _ = os.CreateTemp("/data", "x")', 'no'],
    ['var f = os.TempDir()', 'perhaps main.go:4'],
    ['func f() { r.ParseMultipartForm(1) }', 'perhaps main.go:4'],
  ] as const) {
    it(`temporary files: ${body}`, () => equal(shown(temporaryFiles(main('"os"', body))), expected));
  }

  it('users', () => {
    equal(shown(userLookups(main('"os/user"', 'var u, _ = user.Current()'))), 'surely main.go:4');
    equal(shown(userLookups(main('"os"', ''))), 'no');
  });

  it('reads own packages, and only the files that are built for Linux', () => {
    const files: Files = {
      'main.go': 'package main\nimport _ "example.com/app/zone"\n',
      'zone/zone.go': 'package zone\n',
      'zone/zone_windows.go': 'package zone\nimport "time"\nvar z, _ = time.LoadLocation("Europe/Berlin")\n',
      'zone/zone_test.go': 'package zone\nimport "time"\nvar y, _ = time.LoadLocation("Europe/Berlin")\n',
      'zone/tagged.go':
        '//go:build extra\n\npackage zone\nimport "time"\nvar x, _ = time.LoadLocation("Europe/Rome")\n',
    };
    equal(shown(timeZones(programOf(files))), 'no');
    equal(shown(timeZones(programOf(files, ['extra']))), 'surely zone/tagged.go:4');
  });
});

describe('files a program opens', () => {
  const opened = (imports: string, body: string): string[] =>
    openedPaths(main(imports, body)).map(({ path, asked }) => (asked ? `${path}?` : path));

  it('by relative paths that are written out', () => {
    deepEqual(
      opened('"os"', 'func f() { os.ReadFile("config/a.yaml"); os.Open("/etc/x"); os.Stat("b"); os.Open(c) }'),
      ['config/a.yaml', 'b?'],
    );
    deepEqual(opened('"html/template"', 'var t = template.Must(template.ParseFiles("a.html", "b.html"))'), [
      'a.html',
      'b.html',
    ]);
    deepEqual(
      opened(
        '"net/http"',
        'var h = http.FileServer(http.Dir("./static")); func f() { http.ServeFile(w, r, "i.html") }',
      ),
      ['./static', 'i.html'],
    );
    deepEqual(opened('', 'func f() { r.Static("/assets", "./public"); r.LoadHTMLGlob("templates/*") }'), [
      './public',
      'templates/*',
    ]);
    deepEqual(
      opened('m "github.com/golang-migrate/migrate/v4"', 'var m1, _ = m.New("file://db/migrations", "postgres://db")'),
      ['db/migrations'],
    );
    deepEqual(opened('"os"', 'func f() { os.WriteFile("out.txt", b, 0o600); os.Create("log") }'), []);
  });
});

describe('variables that -X can set', () => {
  it('are variables of type string without a value or with a literal', () => {
    const text =
      'var a string\nvar b = "x"\nvar c = f()\nvar d int\nconst e = "x"\nvar g string = h()\nvar k T = "x"\nvar l = 1\nvar m string = "x"';
    const { main: known } = main('', text);
    deepEqual(
      known &&
        variablesOf(known)
          .filter(isSettable)
          .map(({ name }) => name),
      ['a', 'b', 'm'],
    );
  });
});

describe('signals of a program', () => {
  const files: Files = {
    'go.mod': goMod,
    'cmd/web/main.go': 'package main\nimport _ "example.com/app/server"\nvar commit, version string\n',
    'server/server.go':
      'package server\nimport (\n"embed"\n"net/http"\n)\n//go:embed static\nvar f embed.FS\nfunc F() { http.ListenAndServe(":8080", nil) }\n',
    'cmd/job/main.go':
      'package main\nimport (\n"net/http"\n_ "time/tzdata"\n)\nfunc main() { http.Get("https://x") }\n',
    'cmd/lib/main.go': 'package main\nimport _ "example.com/lib"\n',
  };

  it('cover its own packages, and say no only when all is known', () => {
    const facts = projectOf(files);
    deepEqual(programSignals(facts, 'cmd/web'), {
      outboundTls: 'no',
      timeZones: 'no',
      embedsZones: false,
      tempFiles: 'no',
      ports: [8080],
      embeds: ['server/static'],
      versionVariable: 'main.version',
      readsBuildInfo: false,
      relativeFiles: [],
      health: { argument: undefined, route: undefined },
      generates: [],
    });
    const job = programSignals(facts, 'cmd/job');
    deepEqual([job.outboundTls, job.embedsZones], ['yes', true]);
    equal(programSignals(facts, 'cmd/lib').outboundTls, 'unknown');
    equal(programSignals(facts, 'nowhere').tempFiles, 'unknown');
  });

  it('name the variable of a package for versions, where main has none, by its literal', () => {
    const version = (main: string, body: string, name = 'version') =>
      programSignals(
        projectOf({
          'go.mod': goMod,
          'main.go': `package main\nimport _ "example.com/app/internal/${name}"\n${main}`,
          [`internal/${name}/a.go`]: `package ${name}\n${body}`,
        }),
        '',
      ).versionVariable;
    equal(version('', 'var Version = "dev"\n'), 'example.com/app/internal/version.Version');
    equal(version('var version string\n', 'var Version = "dev"\n'), 'main.version');
    equal(version('', 'var Version string\nfunc init() { Version = "1" }\n'), undefined);
    equal(version('', 'const Version = "1"\n'), undefined);
    equal(version('', 'var Version = "1"\n', 'api'), undefined);
  });

  it('know a program that asks what it was built from', () => {
    const asks = (body: string) =>
      programSignals(projectOf({ 'go.mod': goMod, 'main.go': `package main\n${body}` }), '').readsBuildInfo;
    equal(asks('import "runtime/debug"\nfunc main() { debug.ReadBuildInfo() }\n'), true);
    equal(asks('import "runtime/debug"\nfunc main() { debug.FreeOSMemory() }\n'), false);
  });

  it('name a version variable of package main first', () => {
    const version = (body: string) =>
      programSignals(projectOf({ 'go.mod': goMod, 'main.go': `package main\n${body}` }), '').versionVariable;
    equal(version('var version = "dev"\n'), 'main.version');
    equal(version('var (\n\tcommit string\n\tVersion string\n)\n'), 'main.Version');
    equal(version('var buildVersion string\n'), 'main.buildVersion');
    equal(version('var goVersion, version string\n'), 'main.version');
    equal(version('var goVersion, schemaVersion string\n'), undefined);
    equal(version('func f() {\n\tversion := "1"\n\tvar version = "2"\n}\n'), undefined);
    equal(version('const version = "1"\n'), undefined);
    equal(version('var version = readVersion()\n'), undefined);
  });
});

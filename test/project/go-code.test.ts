import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { GoUse } from '../../server/analysis/go/project-facts.ts';
import { parseGoFile } from '../../server/project/go-file.ts';

const codeOf = (text: string) => parseGoFile('x.go', text).code ?? { uses: [], variables: [] };

const shown = ({ from, name, kind, arguments: given, sure }: GoUse): string => {
  const what = from === '' ? name : `${from}.${name}`;
  const values = given.map((each) => (each === undefined ? '_' : JSON.stringify(each))).join(', ');
  const text =
    kind === 'call'
      ? `${what}(${values})`
      : kind === 'mention'
        ? what
        : `${what}${kind === 'set' ? ' =' : ':'} ${values}`;
  return sure ? text : `${text}?`;
};

const usesOf = (imports: string, body: string): string[] =>
  codeOf(`package x\nimport (\n${imports}\n)\n${body}\n`).uses.map(shown);

describe('uses in a Go file', () => {
  for (const [name, imports, body, expected] of [
    [
      'a call with literals',
      '"os"',
      'func f() { os.Open("a/b.txt"); os.Open(`c`) }',
      ['os.Open("a/b.txt")', 'os.Open("c")'],
    ],
    ['an alias', 'web "net/http"', 'func f() { web.Get(url); http.Get("x") }', ['net/http.Get(_)']],
    ['a dot import', '. "net/http"', 'func f() { Get("https://x"); x.Get("no") }', ['net/http.Get("https://x")']],
    ['a blank import', '_ "net/http"', 'func f() { http.Get("x") }', []],
    [
      'a major version',
      '"github.com/golang-migrate/migrate/v4"',
      'var m, _ = migrate.New("file://m", dsn)',
      ['github.com/golang-migrate/migrate.New("file://m", _)'],
    ],
    [
      'comments and strings',
      '"os"',
      '// os.Open("a")\n/* os.Open("b") */\nvar s = `os.Open("c")` + "os.Open(\\"d\\")"',
      [],
    ],
    [
      'a comment inside',
      '"os"',
      'var f, _ = os /* here */ . // there\n\tOpen( /* x */ "a" /* y */ )',
      ['os.Open("a")'],
    ],
    [
      'a mention',
      '"net/http"',
      'var c = &http.Client{Timeout: 1}; var d = http.DefaultClient.Get',
      ['net/http.Client', 'net/http.DefaultClient'],
    ],
    [
      'generics',
      '"os"',
      'func F[T any, P *os.File](x []T) { g[map[string]int](1); os.ReadFile("a") }',
      ['os.ReadFile("a")'],
    ],
    [
      'calls inside calls',
      '"net/http"',
      'func f() { http.ListenAndServe(getenv("ADDR", ":8080"), nil) }',
      ['net/http.ListenAndServe(_, _)', 'getenv("ADDR", ":8080")'],
    ],
    [
      'filepath.Join',
      '"os"\nfp "path/filepath"',
      'var b, _ = os.ReadFile(fp.Join("a", "b.yaml")); var c, _ = os.ReadFile(fp.Join(dir, "b"))',
      ['os.ReadFile("a/b.yaml")', 'os.ReadFile(_)'],
    ],
    ['joined strings are no literal', '"os"', 'var b, _ = os.ReadFile("a" + ext)', ['os.ReadFile(_)']],
    [
      'methods',
      '',
      'func f() { r.Run(":80"); r.Walk("x"); a.b.Listen(":90"); func() {}() }',
      ['Run(":80")', 'Listen(":90")'],
    ],
    ['declarations of kept names', '', 'func getenv(a string) string { return a }', []],
    [
      'settings',
      '',
      'var s = &server{Addr: ":8080", Port: 80, Other: ":1"}\nfunc f() { port := "90"; addr == ":7"; p.addr = ":6" + x }',
      ['Addr: ":8080"', 'Port: 80', 'port = "90"', 'addr = _'],
    ],
    ['typed settings', '', 'const defaultPort string = "8080"', ['defaultPort = "8080"']],
    ['escapes', '"os"', 'var b, _ = os.ReadFile("a\\tb\\\\c\\"")', ['os.ReadFile("a\\tb\\\\c\\"")']],
  ] as const) {
    it(name, () => deepEqual(usesOf(imports, body), expected));
  }

  for (const [name, body, sure] of [
    ['nothing declares it', 'func f() { http.Get(u) }', true],
    ['a variable', 'func f() { http := x(); http.Get(u) }', false],
    ['a second variable', 'func f() { a, http := x(); http.Get(u) }', false],
    ['a parameter', 'func f(http *client) { http.Get(u) }', false],
    ['a receiver', 'func (http client) f() { http.Get(u) }', false],
    ['a function', 'func http() {}\nfunc f() { http.Get(u) }', false],
    ['a field', 'type t struct { http *http.Client; a int }\nfunc f() { http.Get(u) }', true],
    ['a key', 'var a = t{http: 1}\nfunc f() { http.Get(u) }', true],
    ['a field that is used', 'func f() { x.http.Get(u); http.Get(u) }', true],
  ] as const) {
    it(`is sure of its package, or not: ${name}`, () => {
      const use = codeOf(`package x\nimport "net/http"\n${body}`).uses.find((each) => each.name === 'Get');
      equal(use?.sure, sure);
    });
  }

  it('tells lines, and equal uses once', () => {
    const { uses } = codeOf(
      'package x\n\nimport "os"\n\n// one\nfunc f() {\n\tos.Open("a")\n\tos.Open("b"); os.Open("a")\n}\n',
    );
    deepEqual(
      uses.map(({ line, arguments: [path] }) => [line, path]),
      [
        [6, 'a'],
        [7, 'b'],
      ],
    );
  });

  it('does not look behind the imports when only the head is asked for', () => {
    equal(parseGoFile('x.go', 'package x\nimport "os"\nvar x = os.Open("a")', 'head').code, undefined);
  });
});

describe('variables of a Go file', () => {
  const variables = (text: string): string[] =>
    codeOf(`package main\nimport "os"\n${text}`).variables.map(
      ({ name, constant, type, initial }) => `${constant ? 'const' : 'var'} ${name} ${type ?? '-'} ${initial}`,
    );

  for (const [text, expected] of [
    ['var version = "dev"', ['var version - text']],
    ['var version string', ['var version string none']],
    ['var version string = "a" +\n\t"b"', ['var version string text']],
    [
      'var version = os.Getenv("V")\nvar commit = "x" + y\nvar n int',
      ['var version - call', 'var commit - other', 'var n other none'],
    ],
    ['const version = "1"; const n = 2', ['const version - text']],
    [
      'var (\n\ta, b string // c\n\tc = "x"\n\n\td, e = "y", f()\n)\nvar g = 1',
      ['var a string none', 'var b string none', 'var c - text', 'var d - text', 'var e - other', 'var g - other'],
    ],
    ['var a, b = f()', ['var a - other', 'var b - other']],
    ['func f() {\n\tvar version = "no"\n}\nvar yes string', ['var yes string none']],
    [
      'var f = func() {\n\tvar no string\n}\nvar m = map[string]string{\n\t"a": "b",\n}\nvar yes = `x\ny`',
      ['var f - other', 'var m - other', 'var yes - text'],
    ],
    [
      'type t struct {\n\tvar_ string\n}\nvar _ string\nvar p *string\nvar q pkg.string',
      ['var p other none', 'var q other none'],
    ],
    ['var a, b = os.LookupEnv("A")', ['var a - call', 'var b - call']],
    ['var a = os.Args[0]', ['var a - other']],
    ['var (\n)\nvar x string', ['var x string none']],
    ['var s = `\nvar not string\n`', ['var s - text']],
    ['/* var no string */ var yes string /*\n*/ ; var more string', ['var yes string none', 'var more string none']],
  ] as const) {
    it(text.replaceAll('\n', '⏎'), () => deepEqual(variables(text), expected));
  }
});

describe('any text as a Go file', () => {
  const pieces = fc.constantFrom(
    ...[
      'package x\n',
      'import (\n"os"\n)\n',
      'import . "net/http"\n',
      'var ',
      'const ',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      ',',
      ';',
    ],
    ...[
      '"',
      '`',
      "'",
      '\\',
      '\n',
      '//',
      '/*',
      '*/',
      '=',
      ':',
      '.',
      'os.Open(',
      'a, err := os.Open("a")',
      'if err != nil ',
      'else ',
      'func ',
      'http',
      '//go:embed x\n',
      'é',
      '\0',
      '\ud800',
      '12',
    ],
  );

  it('is accepted', () => {
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 60 }).map((all) => `package x\nimport (\n"os"\n"embed"\n)\n${all.join('')}`),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { code } = parseGoFile('x.go', text);
        for (const { line } of code?.uses ?? []) ok(line >= 0 && line <= text.split('\n').length);
      }),
      { numRuns: 2000 },
    );
  });

  for (const unit of [
    'f(',
    'os.Open(',
    '"',
    '`',
    '/*',
    '/* */',
    '//x',
    'var a,',
    'var (',
    'a=',
    '{',
    ')',
    'a.',
    '\n',
    'x := "a"\n',
    '\\',
    '//go:embed ',
    'a, err := os.Open();if err != nil {',
    'x, err := os.Open(); os.IsNotExist(err) {}\n',
    'func (',
  ]) {
    it(`takes time in proportion: ${JSON.stringify(unit)}`, () => {
      const work = (count: number): number => {
        const text = `package x\nimport (\n"os"\n"embed"\n)\n${unit.repeat(count)}`;
        const start = process.cpuUsage();
        parseGoFile('x.go', text);
        const { user } = process.cpuUsage(start);
        return user;
      };
      work(2_000);
      // Ten times the text in quadratic time would take a hundred times as long, at every try; a busy machine disturbs one.
      const inProportion = (): boolean => work(200_000) < Math.max(work(20_000), 2_000) * 50;
      ok(Array.from({ length: 5 }).some(inProportion));
    });
  }
});

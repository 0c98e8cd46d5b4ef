import { deepEqual } from 'node:assert/strict';
import { parseGoFile } from '../../server/project/go-file.ts';

/** Of each different use of a file whether its absence is tolerated. */
const toleratedIn = (body: string): boolean[] =>
  (parseGoFile('x.go', `package x\nimport (\n"io/ioutil"\n"os"\n)\nfunc f() {\n${body}\n}\n`).code?.uses ?? [])
    .filter(({ name }) => /^(?:Open|OpenFile|Read)/.test(name))
    .map(({ tolerated }) => tolerated ?? false);

const read = 'b, err := os.ReadFile("a")\n';

describe('a file that may be missing', () => {
  for (const body of [
    'if b, err := os.ReadFile("a"); err == nil { use(b) }',
    'if b, err := os.ReadFile("a"); err == nil { return b }\nlog.Fatal("none")',
    'if b, err := os.ReadFile("a"); wanted && err == nil { use(b) }',
    'if b, err := os.ReadFile("a"); err == nil { use(b) } else { b = standard }',
    'if b, err := os.ReadFile("a"); err == nil { use(b) } else if !os.IsNotExist(err) { return err }',
    'if x {\n} else if b, err := ioutil.ReadFile("a"); err == nil { use(b) }',
    'file, err := os.Open("a")\nif err == nil && wanted {\nuse(file)\n}',
    'b, _ := os.ReadFile("a")',
    'b, _ = os.ReadDir("a")',
    'var b, _ = ioutil.ReadDir("a")',
    `${read}if err != nil { b = standard }`,
    `${read}// Nothing is lost.\nif err != nil {\nlog.Println("no config: return", err)\n}`,
    `${read}if err != nil { continue }`,
    `${read}if os.IsNotExist(err) { return standard, nil }`,
    `${read}if err != nil {\nif errors.Is(err, fs.ErrNotExist) { return nil }\nreturn err\n}`,
    `${read}if err != nil && !errors.Is(err, os.ErrNotExist) { return err }`,
    `${read}switch { case os.IsNotExist(err): return nil; case err != nil: return err }`,
    `${read}missing := os.IsNotExist(err)`,
    `${read}if err != nil {\n${'b = standard\n'.repeat(100)}}`,
  ]) {
    it(body.slice(0, 200).replaceAll('\n', '⏎'), () => deepEqual(toleratedIn(body), [true]));
  }
});

describe('a file that has to be there', () => {
  for (const body of [
    'os.ReadFile("a")',
    'return os.ReadFile("a")',
    'b := must(os.ReadFile("a"))',
    'b, err := os.ReadFile("a")',
    'b, err := os.ReadFile("a"); use(b, err)',
    'if b, err := os.ReadFile("a"); err != nil { return err }',
    'if b, err := os.ReadFile("a"); err == nil { use(b) } else { log.Fatal(err) }',
    'if b, err := os.ReadFile("a"); other == nil { use(b) }',
    `${read}if err != nil { return nil, err }`,
    `${read}if err != nil { panic(err) }`,
    `${read}if err != nil { log.Fatalf("%v", err) }`,
    `${read}if err != nil { fmt.Println(err); os.Exit(1) }`,
    `${read}if err != nil { t.Fatal(err) }`,
    `${read}if nil != err || err != nil && x { must(err) }`,
    `${read}if err != nil { fatal(err) }`,
    `${read}if err != nil { return err }\nif os.IsNotExist(other) { use(b) }`,
    'b, err := os.ReadFile("a")\nif b == nil { use(b) }',
    'x == os.ReadFile("a")',
    'b, _ := os.OpenFile("a", 1, 2)',
  ]) {
    it(body.replaceAll('\n', '⏎'), () => deepEqual(toleratedIn(body), [false]));
  }
});

describe('equal uses of a file', () => {
  it('are kept apart where one is tolerated, in any order', () => {
    const [tolerated, not] = ['b, _ := os.ReadFile("a")\n', 'b := must(os.ReadFile("a"))\n'];
    deepEqual(toleratedIn(tolerated + not + tolerated + not), [true, false]);
    deepEqual(toleratedIn(not + tolerated), [false, true]);
  });
});

import { deepEqual } from 'node:assert/strict';
import { parseGoFile } from '../../server/project/go-file.ts';

const codeOf = (text: string) => parseGoFile('x.go', `package x\n${text}\n`).code;

describe('what a Go file mentions of other packages', () => {
  const mentions = (text: string): [string, string[]][] =>
    [...(codeOf(text)?.mentions ?? [])].map(([path, names]) => [path, [...names]]);

  for (const [name, text, expected] of [
    ['names, each once', 'import "a.b/c"\nvar x = c.D(c.E); var y c.D', [['a.b/c', ['D', 'E']]]],
    ['an alias', 'import d "a.b/c"\nvar x = d.D + c.E', [['a.b/c', ['D']]]],
    ['a major version', 'import "a.b/c/v2"\nvar x = c.D', [['a.b/c/v2', ['D']]]],
    ['a member of the same name', 'import "a.b/c"\nvar x = y.c.D', []],
    ['dot and blank imports', 'import . "a.b/c"\nimport _ "a.b/d"\nvar x = c.D + d.E', []],
    ['the standard library', 'import "net/http"\nvar x = http.Get', []],
    ['a module without a dot', 'import "app/c"\nvar x = c.D', [['app/c', ['D']]]],
  ] as const) {
    it(name, () => deepEqual(mentions(text), expected));
  }
});

describe('what other packages can call of a Go file', () => {
  for (const [text, expected] of [
    ['func A() {}\nfunc b() {}\nfunc init() {}', ['A']],
    ['func C[T any](t T) {}', ['C']],
    ['type D struct{}\nfunc (d D) Do() {}\nfunc (d *D) More() {}', ['D']],
    ['func (*E) Do() {}\nfunc (F) Do() {}\nfunc (g *G[K, V]) Do() {}', ['E', 'F', 'G']],
    ['type H string\nconst I = H("i")\nvar j = func(k int) {}', []],
    ['func (', []],
  ] as const) {
    it(text.replaceAll('\n', '⏎'), () => deepEqual(codeOf(text)?.callable, expected));
  }
});

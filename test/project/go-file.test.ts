import { deepEqual, equal } from 'node:assert/strict';
import { parseGoFile } from '../../server/project/go-file.ts';

const parse = (text: string) => parseGoFile('x.go', text);

describe('head of a Go file', () => {
  it('reads grouped, aliased, dotted, blank and raw imports between comments', () => {
    const file = parse(`// Package x.
/* package wrong */
package /* here */ server // "not/this"

import "fmt"
import (
	"net/http" ; "os"
	// "commented/out"
	pq "github.com/lib/pq"
	_ \`embed\`
	. "math"
	/* "no" */ "C"
)
import v2 "example.com/v2"

var text = \`
import "in/a/string"
\`
`);
    equal(file.packageName, 'server');
    deepEqual(file.imports, ['fmt', 'net/http', 'os', 'github.com/lib/pq', 'embed', 'math', 'C', 'example.com/v2']);
    equal(file.cgo, true);
  });

  it('reads one-line files, CRLF and a byte order mark', () => {
    deepEqual(parse('package main; import "os"; import ("io"; "fmt"); func main() {}').imports, ['os', 'io', 'fmt']);
    const file = parse('\ufeff//go:build linux\r\n\r\npackage main\r\n\r\nimport (\r\n\t"os"\r\n)\r\n');
    deepEqual([file.packageName, file.imports, file.constraint], ['main', ['os'], 'linux']);
  });

  it('reads build constraints, old lines too', () => {
    const constraint = (lines: string) => parse(`${lines}\n\npackage x\n`).constraint;
    equal(constraint('// Copyright\n\n//go:build linux && !cgo'), 'linux && !cgo');
    equal(constraint('// +build linux,!cgo darwin\n// +build amd64'), '((linux && !cgo) || (darwin)) && (amd64)');
    equal(constraint('// +build ignore'), 'ignore');
    equal(constraint('//go:build windows\n// +build !windows'), 'windows');
    equal(constraint('/*\n//go:build windows\n*/'), undefined);
    equal(parse('package x\n//go:build late\n').constraint, undefined);
  });

  it('reads embed patterns anywhere, quoted or not, and none of strings', () => {
    const file = parse(`package x
import _ "embed"
const usage = \`
//go:embed not/this
\`
const quote = '"'
/*
//go:embed nor/this
*/
//go:embed static/*.css all:templates "with blank.txt" \`raw name\`
var files embed.FS
	//go:embed "say \\"hi\\""
	var s string
var x = 1 //go:embed no/line
//go:embedded nothing
`);
    deepEqual(file.embeds, ['static/*.css', 'all:templates', 'with blank.txt', 'raw name', 'say "hi"']);
    deepEqual(parse('package x\n//go:embed a.txt\n').embeds, []);
  });

  it('takes any text', () => {
    for (const text of [
      '',
      'package',
      '\0\xff"',
      'package x\nimport (',
      'package x\nimport "',
      'import',
      '/*',
      'package é\nimport ("a"',
    ]) {
      parse(text);
    }
    equal(parse('package é').packageName, 'é');
    deepEqual(parse('package x\nimport (\n"a"\nfunc').imports, ['a']);
    equal(parse('func main() {}').packageName, '');
  });
});

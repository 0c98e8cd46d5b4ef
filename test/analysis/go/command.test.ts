import assert from 'node:assert/strict';
import { flag, goCommandOf, isOn } from '../../../server/analysis/go/command.ts';
import type { ShellWord, SimpleCommand } from '../../../server/analysis/shell/model.ts';

const prefix = 'RUN ';

/** A simple command on one line, its words split at blanks outside quotes, standing behind `RUN `. */
const commandOf = (text: string): SimpleCommand => {
  const at = (start: number, end: number) => ({
    start: { line: 0, character: start },
    end: { line: 0, character: end },
  });
  const words = [...text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g)].map(({ 0: raw, index }): ShellWord => {
    const start = prefix.length + index;
    return { raw, range: at(start, start + raw.length) };
  });
  const range = at(prefix.length, prefix.length + text.length);
  return { assignments: [], words, redirects: [], range, runs: 'always', scope: [] };
};

const go = (text: string) => {
  const found = goCommandOf(commandOf(text));
  assert(found, text);
  return found;
};

const raws = (words: readonly ShellWord[]): readonly string[] => words.map(({ raw }) => raw);

describe('go command', () => {
  const outputs: readonly [string, string, readonly string[]][] = [
    ['go build -o /app ./cmd/x', '/app', ['./cmd/x']],
    ['go build -o=/app ./cmd/x', '/app', ['./cmd/x']],
    ['go build --o /app .', '/app', ['.']],
    ['/usr/local/go/bin/go build -a -v -race -trimpath -o /app', '/app', []],
    ['xx-go build -tags netgo -mod=vendor -o "/a b" .', '"/a b"', ['.']],
    ['go build "-o=/app" .', '/app', ['.']],
    ['go build -o /one -ldflags "-s -w" -o /two .', '/two', ['.']],
    ['go -C sub build -buildvcs=false -o ../app .', '../app', ['.']],
    ["go build -ldflags='-X a=b' -o app a.go b.go", 'app', ['a.go', 'b.go']],
  ];
  for (const [text, output, operands] of outputs) {
    it(text, () => {
      const command = go(text);
      const value = flag(command, 'o')?.value;
      assert.equal(value?.raw, output);
      assert.equal((prefix + text).slice(value.range.start.character, value.range.end.character), output);
      assert.deepEqual(raws(command.operands), operands);
    });
  }

  const others: readonly [string, string, string | undefined, readonly string[]][] = [
    ['go mod download -x', 'mod', 'download', []],
    ['go mod edit -replace a=./b go.mod', 'mod', 'edit', ['go.mod']],
    ['go work sync', 'work', 'sync', []],
    ['go tool -n stringer -type X', 'tool', 'stringer', ['-type', 'X']],
    ['go run ./cmd/tool -o /app', 'run', undefined, ['./cmd/tool']],
    ['go run a.go b.go -v', 'run', undefined, ['a.go', 'b.go']],
    ['go test ./... -run Foo -args -o /x', 'test', undefined, ['./...']],
    ['go install example.com/x@v1.2.3', 'install', undefined, ['example.com/x@v1.2.3']],
    ['go env -w GOFLAGS=-mod=mod', 'env', undefined, ['GOFLAGS=-mod=mod']],
    ['time go vet ./...', 'vet', undefined, ['./...']],
  ];
  for (const [text, verb, subverb, operands] of others) {
    it(text, () => {
      const command = go(text);
      assert.deepEqual([command.verb, command.subverb, raws(command.operands)], [verb, subverb, operands]);
    });
  }

  for (const text of ['go build.sh', 'gofmt -w .', 'go', 'go $VERB', 'cargo build', './go-build', 'make go build']) {
    it(`${text} is none`, () => {
      assert.equal(goCommandOf(commandOf(text)), undefined);
    });
  }

  it('knows boolean flags and where the folder of -C is', () => {
    const command = go('go build -C "dir" -race=false -trimpath');
    assert.deepEqual([isOn(command, 'race'), isOn(command, 'trimpath'), isOn(command, 'msan')], [false, true, false]);
    assert.equal(command.chdir?.raw, '"dir"');
  });
});

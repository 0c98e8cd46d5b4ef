import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';

const injection = 'go-dockerfile.injection';

/** The same root as VS Code's own grammar: instructions, strings, comments. */
const standIn = {
  scopeName: 'source.dockerfile',
  patterns: [
    { match: '^\\s*#.*$', name: 'comment.line.dockerfile' },
    { match: '^\\s*(FROM|RUN|COPY|ENTRYPOINT)\\b', name: 'keyword.other.special-method.dockerfile' },
    { begin: '"', end: '"', name: 'string.quoted.double.dockerfile' },
    { begin: "'", end: "'", name: 'string.quoted.single.dockerfile' },
  ],
};

const load = async (): Promise<textmate.IGrammar> => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const path = resolve(import.meta.dirname, '../../syntaxes/go-in-dockerfile.tmLanguage.json');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const text = scope === injection ? readFileSync(path, 'utf8') : JSON.stringify(standIn);
      return textmate.parseRawGrammar(text, `${scope}.json`);
    },
    getInjections: (scope) => (scope === 'source.dockerfile' ? [injection] : []),
  });
  const grammar = await registry.loadGrammar('source.dockerfile');
  assert.ok(grammar);
  return grammar;
};

describe('Go in Dockerfiles', () => {
  let grammar: textmate.IGrammar;
  before(async () => {
    grammar = await load();
  });

  /** Words that got a scope of ours, as `kind:word`. */
  const coloured = (code: string): readonly string[] => {
    let state = textmate.INITIAL;
    return code.split('\n').flatMap((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.flatMap(({ scopes, startIndex, endIndex }) => {
        const scope = scopes.at(-1) ?? '';
        const kind = /^(support|variable)\.(\w+)\.go-dockerfile$/.exec(scope)?.[2];
        return kind ? [`${kind}:${line.slice(startIndex, endIndex)}`] : [];
      });
    });
  };

  const build = ['other:CGO_ENABLED', 'function:go', 'function:build', 'parameter:-o'];

  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'command, flags, environment': ['RUN CGO_ENABLED=0 go build -o /app .', build],
    'behind a mount': [
      'RUN --mount=type=cache,target=/go/pkg/mod \\\n    CGO_ENABLED=0 go build \\\n    -o /app .',
      build,
    ],
    'after &&': ['RUN apk add git && go mod download', ['function:go', 'function:mod', 'function:download']],
    'xx-go': ['RUN xx-go build -v .', ['function:xx-go', 'function:build', 'parameter:-v']],
    heredoc: ['RUN <<EOF\nCGO_ENABLED=0 go build -o /app .\nEOF', build],
    'value of a flag is a string': [
      'RUN go build -ldflags="-s -w"',
      ['function:go', 'function:build', 'parameter:-ldflags'],
    ],
    comment: ['# go build -o /app', []],
    string: ['RUN echo "run go build -v first"', []],
    'part of a path': ['COPY go.mod /usr/local/go/build ./', []],
    'next instruction': ['RUN go build\nCOPY -x build .', ['function:go', 'function:build']],
  };

  for (const [name, [code, expected]] of Object.entries(cases)) {
    it(name, () => assert.deepEqual(coloured(code), expected));
  }
});

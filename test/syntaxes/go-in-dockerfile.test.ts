import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';

const injection = 'go-dockerfile.injection';

/** VS Code's own, where `npm start` or the editor tests have installed one. */
const ofVsCode = resolve(
  import.meta.dirname,
  '../../out/vscode-host/node_modules/code-server/lib/vscode/extensions/docker/syntaxes/docker.tmLanguage.json',
);

/** What matters of it here: instructions, strings, comments. */
const standIn = {
  scopeName: 'source.dockerfile',
  patterns: [
    { match: '^\\s*#.*$', name: 'comment.line.dockerfile' },
    { match: '^\\s*(FROM|RUN|COPY|ENTRYPOINT)\\b', name: 'keyword.other.special-method.dockerfile' },
    { begin: '"', end: '"', name: 'string.quoted.double.dockerfile' },
    { begin: "'", end: "'", name: 'string.quoted.single.dockerfile' },
  ],
};

const load = async (root: string): Promise<textmate.IGrammar> => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const path = resolve(import.meta.dirname, '../../syntaxes/go-in-dockerfile.tmLanguage.json');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const text = scope === injection ? readFileSync(path, 'utf8') : root;
      return textmate.parseRawGrammar(text, `${scope}.json`);
    },
    getInjections: (scope) => (scope === 'source.dockerfile' ? [injection] : []),
  });
  const grammar = await registry.loadGrammar('source.dockerfile');
  assert.ok(grammar);
  return grammar;
};

/** The last part of a scope of ours; undefined for other text. */
const kindOf = (scope: string): string | undefined =>
  /^(?:support|variable|string)\.(?:\w+\.)*(\w+)\.go-dockerfile$/.exec(scope)?.[1];

/** Words that got a scope of ours, as `kind:word`; neighbours of one kind are one word. */
const coloured = (grammar: textmate.IGrammar, code: string): readonly string[] => {
  let state = textmate.INITIAL;
  return code.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    const words: string[] = [];
    let before: string | undefined;
    for (const { scopes, startIndex, endIndex } of tokens) {
      const kind = kindOf(scopes.at(-1) ?? '');
      const text = line.slice(startIndex, endIndex);
      if (kind !== undefined && kind === before) words.push(`${words.pop()}${text}`);
      else if (kind !== undefined) words.push(`${kind}:${text}`);
      before = kind;
    }
    return words;
  });
};

const goBuild = ['function:go', 'function:build'];
const build = ['constant:CGO_ENABLED', ...goBuild, 'parameter:-o'];

const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'command, flags, environment': ['RUN CGO_ENABLED=0 go build -o /app .', build],
  'several variables': [
    'RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH="$TARGETARCH" go build .',
    ['constant:CGO_ENABLED', 'constant:GOOS', 'constant:GOARCH', 'double:"$TARGETARCH"', ...goBuild],
  ],
  'behind a mount': [
    'RUN --mount=type=cache,target=/go/pkg/mod \\\n    CGO_ENABLED=0 go build \\\n    -o /app .',
    build,
  ],
  'after &&': ['RUN apk add git && go mod download', ['function:go', 'function:mod', 'function:download']],
  'after a semicolon and in parentheses': ['RUN set -e; (go build -v)', [...goBuild, 'parameter:-v']],
  substitution: ['RUN ls $(go env GOPATH) -l', ['function:go', 'function:env']],
  'another folder': ['RUN go -C cmd build -v', ['function:go', 'parameter:-C', 'function:build', 'parameter:-v']],
  'xx-go': ['RUN xx-go build -v .', ['function:xx-go', 'function:build', 'parameter:-v']],
  heredoc: ['RUN <<EOF\nCGO_ENABLED=0 go build -o /app .\nEOF', build],
  'heredoc of several commands': [
    "RUN <<'EOF'\nset -e\ngo vet ./...\nCGO_ENABLED=0 go build \\\n  -o /app .\nEOF\nCOPY -v build .",
    ['function:go', 'function:vet', ...build],
  ],
  'value of a flag is a string': [
    'RUN go build -ldflags="-s -w" -v',
    [...goBuild, 'parameter:-ldflags', 'double:"-s -w"', 'parameter:-v'],
  ],
  'a string over two lines': [
    'RUN go build -ldflags="-s \\\n  -w" -o /app',
    [...goBuild, 'parameter:-ldflags', 'double:"-s \\', 'double:  -w"', 'parameter:-o'],
  ],
  'quotes in quotes': [
    `RUN go build -ldflags "-X 'main.v=1'" -v`,
    [...goBuild, 'parameter:-ldflags', `double:"-X 'main.v=1'"`, 'parameter:-v'],
  ],
  'a comment inside a continuation': ['RUN go build \\\n  # -not a flag\n  -o /app .', [...goBuild, 'parameter:-o']],
  comment: ['# go build -o /app', []],
  string: ['RUN echo "run go build -v first"', []],
  'exec form': ['CMD ["go", "run", "."]', []],
  'part of a path': ['COPY go.mod /usr/local/go/build ./', []],
  'next instruction': ['RUN go build\nCOPY -x build .', goBuild],
  'an open quote ends with its line': [
    'RUN go build -o "/app\nCOPY -x build .',
    [...goBuild, 'parameter:-o', 'double:"/app'],
  ],
};

const roots: Readonly<Record<string, string>> = {
  'a grammar with its main parts': JSON.stringify(standIn),
  ...(existsSync(ofVsCode) ? { 'the grammar of VS Code': readFileSync(ofVsCode, 'utf8') } : {}),
};

if (!existsSync(ofVsCode)) {
  it.skip('Go in Dockerfiles, in the grammar of VS Code (not here; npx tsx test/vscode/main.ts fetches it)');
}

for (const [title, root] of Object.entries(roots)) {
  describe(`Go in Dockerfiles, in ${title}`, () => {
    let grammar: textmate.IGrammar;
    before(async () => {
      grammar = await load(root);
    });
    for (const [name, [code, expected]] of Object.entries(cases)) {
      it(name, () => assert.deepEqual(coloured(grammar, code), expected));
    }
  });
}

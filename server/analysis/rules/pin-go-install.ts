import type { Range, TextEdit } from 'vscode-languageserver-types';
import { replace } from '../edits.ts';
import { isInPlace, wordText } from '../go/word-text.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { ShellWord } from '../shell/model.ts';

interface Unpinned {
  readonly path: string;
  /** What stands behind the `@`. */
  readonly query: string;
}

/** A version query that moves: words, branches, and the beginnings of versions. A commit or a whole version does not. */
const moves = (query: string): boolean =>
  /^(latest|upgrade|patch|main|master|HEAD|head|dev|develop|trunk|v\d+(\.\d+)?|[<>]=?v.*)$/.test(query);

const unpinned = (word: ShellWord): Unpinned | undefined => {
  const match = /^([^@$`]+)@([^@$`]+)$/.exec(wordText(word.raw));
  return match?.[1] && match[2] && moves(match[2]) ? { path: match[1], query: match[2] } : undefined;
};

/** The version that go.mod of the context has of the module a package is in. */
const required = (path: string, { project }: Subject): string | undefined =>
  project.modules
    .flatMap(({ mod }) => mod.requires)
    .filter((each) => path === each.path || path.startsWith(`${each.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0]?.version;

const queryEdit = (word: ShellWord, version: string, { dockerfile }: Subject): TextEdit | undefined => {
  const { source } = dockerfile;
  const at = word.raw.indexOf('@');
  if (!isInPlace(word, source)) return undefined;
  const start = source.offset(word.range.start);
  const end = start + word.raw.length - (/["']$/.test(word.raw) ? 1 : 0);
  const range: Range = source.range(start + at + 1, end);
  return replace(range, version);
};

const fixOf = (word: ShellWord, path: string, subject: Subject): readonly Fix[] => {
  const version = required(path, subject);
  const edit = version ? queryEdit(word, version, subject) : undefined;
  return edit ? [{ title: `Use ${version}, as go.mod does`, safe: false, edits: [edit] }] : [];
};

function* check(subject: Subject): Iterable<Finding> {
  // An image to develop in is there to have the newest tools.
  const stages = subject.trace.stages.filter(({ role }) => role !== 'development');
  for (const { command } of stages.flatMap(({ goSteps }) => goSteps)) {
    if (command.verb !== 'install' && command.verb !== 'run') continue;
    for (const word of command.operands) {
      const found = unpinned(word);
      if (!found) continue;
      yield {
        range: word.range,
        message: message('{path}@{query} is whatever is newest on the day of the build.', { ...found }),
        fixes: fixOf(word, found.path, subject),
      };
    }
  }
}

export const pinGoInstall: Rule = {
  id: 'pin-go-install',
  title: 'go install or go run of a version that moves',
  severity: 'warning',
  concern: 'reproducible',
  why: `\`go install example.com/tool@latest\` installs what is newest on the day of the build. The same Dockerfile makes
another image next week: a new release of a linter or a generator breaks the build of an old commit, and a release that was
taken over reaches every build at once. The layer cache hides it: a machine that has the layer goes on with the old tool.

\`@v1\`, \`@v1.2\` and names of branches move as well. Write the whole version, \`@v1.2.3\`, or let go.mod do it: from Go 1.24 on
\`go get -tool example.com/tool@v1.2.3\` there and \`go tool NAME\` in the build.`,
  silent: [
    'Whole versions, commits, and variables behind the `@`.',
    'Packages without `@`, whose version is that of go.mod.',
    'Images for development: dev containers, and stages such as `dev`, `test` and `lint` that nothing is built from.',
    'What stands behind the package of `go run`: those are words for the program.',
  ],
  references: ['https://go.dev/ref/mod#version-queries', 'https://go.dev/doc/modules/managing-dependencies#tools'],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
RUN go install github.com/a-h/templ/cmd/templ@latest
COPY . .
RUN templ generate && CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
RUN go install github.com/a-h/templ/cmd/templ@v0.3.960
COPY . .
RUN templ generate && CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

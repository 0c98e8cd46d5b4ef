import type { Range } from 'vscode-languageserver-types';
import { replace } from '../edits.ts';
import { flag } from '../go/command.ts';
import { wordText } from '../go/word-text.ts';
import { goMinor } from '../images/stopped-tags.ts';
import { knownValue, message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { goWords, mayFail } from '../trace/cgo.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { below } from '../trace/paths.ts';

/** Packages of the module itself: what it needs is fetched. */
const isOwn = (text: string): boolean => /^(\.{1,2}(\/.*)?|all)$/.test(text);

/** From Go 1.16 on modules are the default; a floating tag is newer, unless no new Go is published for its release. */
const isModern = ({ env }: GoStep, { rootImage }: StageTrace): boolean =>
  rootImage?.family === 'golang' && goMinor(rootImage.go, 16) >= 16 && !env.get('GO111MODULE');

const editsModule = ({ command: { verb, subverb } }: GoStep): boolean =>
  verb === 'mod' && (subverb === 'init' || subverb === 'edit');

const isReported = (goStep: GoStep, stage: StageTrace): boolean =>
  goStep.command.verb === 'get' &&
  !flag(goStep.command, 'tool') &&
  isModern(goStep, stage) &&
  !stage.goSteps.slice(0, stage.goSteps.indexOf(goStep)).some(editsModule);

/** From `get` to the end of its last word. */
const wordsOf = ({ command }: GoStep): Range => ({
  start: command.verbRange.start,
  end: (command.command.words.at(-1) ?? { range: command.verbRange }).range.end,
});

const isComplete = ({ module }: GoStep): boolean =>
  module !== undefined && (module.hasGoSum || module.mod.requires.length === 0);

const download = (goStep: GoStep): readonly Fix[] => {
  if (!isComplete(goStep) || goStep.run.form.kind === 'exec') return [];
  const edits = [replace(wordsOf(goStep), 'mod download')];
  return [{ title: 'Download the modules that go.mod names', safe: false, edits }];
};

const installs = (goStep: GoStep, { dockerfile }: Subject): readonly Fix[] => {
  const { operands } = goStep.command;
  const isPlain = operands.every(({ raw }) => /^[\w./~-]+(@[\w.+${}-]+)?$/.test(raw));
  if (!isPlain || goStep.run.form.kind === 'exec') return [];
  const words = operands.map(({ raw }) => (raw.includes('@') ? raw : `${raw}@latest`));
  if (words.length !== 1 || dockerfile.source.slice(wordsOf(goStep)).includes('\n')) return [];
  return [
    {
      title: 'Install it with go install',
      safe: false,
      edits: [replace(wordsOf(goStep), `install ${words.join(' ')}`)],
    },
  ];
};

const isBelow = (path: string, above: string): boolean => below(above, path) !== undefined;

/** Whether the project imports the package or its module, or go.mod requires it: then it is no program to install. */
const isUsed = ({ module }: GoStep, path: string, { project }: Subject): boolean =>
  [...project.modules, ...(module ? [module] : [])].some(({ mod }) =>
    mod.requires.some((each) => !each.indirect && isBelow(path, each.path)),
  ) ||
  [...project.packages.values()].some(
    ({ dir, files }) => dir !== undefined && files.some(({ imports }) => imports.some((each) => isBelow(each, path))),
  );

const stopsOutside = (goStep: GoStep, { dockerfile }: Subject): boolean =>
  goStep.moduleSeen === 'no' &&
  goStep.runs === 'always' &&
  (goStep.toolchain?.minor ?? 18) >= 18 &&
  !mayFail(goStep, dockerfile);

const templates = {
  outside: 'go get works in a module alone since Go 1.18, and {folder} has no go.mod: the build stops.',
  newer: 'go get -u takes newer modules than go.mod names: every build may be of other code.',
  may: 'go get may change go.mod and go.sum, and fetches for every package: go mod download takes what they say.',
  nothing: 'go get installs no program since Go 1.18: {path} only gets into go.mod.',
} as const;

const findingOf = (goStep: GoStep, subject: Subject): Finding | undefined => {
  const texts = goStep.command.operands.map(({ raw }) => wordText(raw));
  const range = goWords(goStep);
  if (texts.some((text) => /^[$`]/.test(text))) return undefined;
  const areOwn = texts.every(isOwn);
  const [path = ''] = texts.map((text) => text.replace(/@.*$/, ''));
  const areUsed = areOwn || texts.some((text) => isUsed(goStep, text.replace(/@.*$/, ''), subject));
  if (stopsOutside(goStep, subject)) {
    const folder = knownValue(goStep.workdir) ?? '';
    const fixes = areUsed ? [] : installs(goStep, subject);
    return { range, message: message(templates.outside, { folder }), severity: 'error', fixes };
  }
  if (flag(goStep.command, 'u')) {
    return { range, message: message(templates.newer), fixes: areOwn ? download(goStep) : [] };
  }
  if (areUsed) return { range, message: message(templates.may), fixes: download(goStep) };
  if ((goStep.toolchain?.minor ?? 18) < 18) return undefined;
  return { range, message: message(templates.nothing, { path }), fixes: installs(goStep, subject) };
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    for (const goStep of stage.goSteps) {
      const found = isReported(goStep, stage) ? findingOf(goStep, subject) : undefined;
      if (found) yield found;
    }
  }
}

export const noGoGet: Rule = {
  id: 'no-go-get',
  title: 'go get in the build',
  severity: 'warning',
  concern: 'reproducible',
  why: `\`go get\` is the command that changes go.mod. In a build it takes versions that no commit names (\`-u\` on purpose), and it
looks at every package, tests too with \`-t\`. \`go mod download\` fetches what go.mod and go.sum say, and is cached until one of
them changes.

Since Go 1.18 it installs no programs: the tool is not there when the next command wants it, and outside of a module it stops:

    /bin/sh: 1: tool: not found
    go: go.mod file not found in current directory or any parent directory.
        'go get' is no longer supported outside a module.

\`go install example.com/tool@v1.2.3\` installs one and leaves go.mod alone.`,
  silent: [
    'Go before 1.16, other images than golang, and `GO111MODULE`.',
    'Stages that make or edit a go.mod before: `go mod init`, `go mod edit`.',
    '`go get -tool`.',
    'No `go install` is offered for what the project imports, and for packages of modules that go.mod requires.',
  ],
  references: ['https://go.dev/doc/go1.18#go-get', 'https://go.dev/doc/go-get-install-deprecation'],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
RUN go get github.com/a-h/templ/cmd/templ@v0.3.960
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

import type { Range } from 'vscode-languageserver-types';
import type { Word } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import type { GoModule } from '../go/project-facts.ts';
import { hiddenBy } from '../ignore-lines.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { contextPattern, inContext, isSureContext } from '../trace/context-files.ts';
import type { CopyTrace, StageTrace } from '../trace/model.ts';
import { contextPath } from '../trace/paths.ts';

const moduleOf = (path: string, { project }: Subject): GoModule | undefined =>
  project.modules.find(({ dir }) => (dir === '' ? 'go.sum' : `${dir}/go.sum`) === path);

/** The word and the blank before it; an exec-form word cannot be cut out so. */
const cut = (word: Word, copy: CopyTrace, { dockerfile }: Subject): Range | undefined => {
  const { start, end } = word.range;
  const before = { start: { line: start.line, character: start.character - 1 }, end: start };
  if (copy.instruction.sources.length < 2 || start.character === 0) return undefined;
  return /^\s$/.test(dockerfile.source.slice(before)) && word.raw.endsWith('go.sum')
    ? { start: before.start, end }
    : undefined;
};

const withoutSum = (word: Word, copy: CopyTrace, module: GoModule, subject: Subject): readonly Fix[] => {
  const range = cut(word, copy, subject);
  if (!range) return [];
  return [{ title: 'Do not copy go.sum', safe: module.mod.requires.length === 0, edits: [replace(range, '')] }];
};

function* missingSums(copy: CopyTrace, subject: Subject): Iterable<Finding> {
  const { context } = subject.project;
  for (const [at, source] of copy.sources.entries()) {
    const word = copy.instruction.sources[at];
    const path = source.known ? contextPath(source.value) : '';
    const module = path.endsWith('go.sum') ? moduleOf(path, subject) : undefined;
    if (!word || word.raw.includes('$') || !module || inContext(context, path) !== 'absent') continue;
    const ignored = context.files.has(path);
    if (ignored && inContext(context, path.replace(/sum$/, 'mod')) !== 'file') continue;
    const hidden = ignored ? hiddenBy(context, path) : undefined;
    const template = ignored
      ? '{file} hides {path} from the build, which stops here.'
      : 'There is no {path} in the build context: the build stops here.';
    yield {
      range: word.range,
      message: message(template, { path, file: context.ignoreFile ?? '' }),
      fixes: ignored ? [hidden?.fix ?? []].flat() : withoutSum(word, copy, module, subject),
      ...(hidden && { elsewhere: hidden.elsewhere }),
    };
  }
}

const explicit = (word: Word, { project }: Subject): readonly Fix[] => {
  if (!/^(\.\/)?go[.*?]+$/.test(word.raw)) return [];
  const there = ['go.mod', 'go.sum'].filter((path) => inContext(project.context, path) === 'file');
  if (there[0] !== 'go.mod') return [];
  return [{ title: `Copy ${there.join(' and ')} alone`, safe: true, edits: [replace(word.range, there.join(' '))] }];
};

/** A pattern that brings go.work, whose members a go command of the stage then misses. */
function* workByPattern(copy: CopyTrace, stage: StageTrace, subject: Subject): Iterable<Finding> {
  const { context, workspace } = subject.project;
  const failing = stage.goSteps.find(
    (goStep) =>
      goStep.runs === 'always' && goStep.localModules.some(({ kind, there }) => kind === 'member' && there === 'no'),
  );
  const missing = failing?.localModules.find(({ there }) => there === 'no');
  if (!failing || !missing || workspace?.dir !== '' || inContext(context, 'go.work') !== 'file') return;
  for (const [at, source] of copy.sources.entries()) {
    const word = copy.instruction.sources[at];
    if (!word || !source.known || !/[*?]/.test(source.value) || !contextPattern(source.value)?.test('go.work'))
      continue;
    yield {
      range: word.range,
      message: message('{pattern} also copies go.work, whose {member} is not in the stage yet.', {
        pattern: word.raw,
        member: missing.written,
      }),
      related: [step(failing.command.command.range, 'This command stops, as it reads go.work.')],
      fixes: explicit(word, subject),
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  if (!isSureContext(subject.project.context)) return;
  for (const stage of subject.trace.stages) {
    for (const copy of stage.copies) {
      if (copy.from !== undefined || copy.instruction.keyword !== 'COPY') continue;
      yield* missingSums(copy, subject);
      yield* workByPattern(copy, stage, subject);
    }
  }
}

export const copyExistingGoSum: Rule = {
  id: 'copy-existing-go-sum',
  title: 'COPY of a go.sum that is not there, or of go.work by a pattern',
  severity: 'error',
  concern: 'starts',
  why: `A module without requirements has no go.sum, and COPY of a file that is not there ends the build:

    failed to compute cache key: "/go.sum" not found: not found

So it is where .dockerignore hides it. A pattern such as \`go.*\` finds what there is, but go.work too; then even
\`go mod download\` wants the go.mod of every member:

    go: cannot load module greet listed in go.work file: open greet/go.mod: no such file or directory`,
  silent: [
    'A go.sum beside which there is no go.mod: the build context may be another one.',
    'A missing go.sum that .gitignore names: it is made beside the Dockerfile before the build.',
    '`go.sum*`, which needs no file.',
    'Patterns that bring go.work where all its members are in the stage.',
  ],
  references: ['https://docs.docker.com/reference/dockerfile/#copy', 'https://go.dev/ref/mod#workspaces'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

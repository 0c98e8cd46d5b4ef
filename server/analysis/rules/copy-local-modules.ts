import { insertInstructionsAbove } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { contextPattern, inContext } from '../trace/context-files.ts';
import type { LocalModule } from '../trace/go-step.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { below } from '../trace/paths.ts';

/** Surely not there, and not because a submodule or a generated folder is missing in this checkout. */
const isMissing = (local: LocalModule, { project }: Subject): boolean =>
  local.there === 'no' &&
  (local.contextFolder === undefined || project.context.files.has(`${local.contextFolder}/go.mod`.replace(/^\//, '')));

/** go.work that only a pattern brought (`COPY go.* ./`) is the matter of copy-existing-go-sum. */
const workspaceByPattern = (stage: StageTrace): boolean =>
  stage.copies.some(
    ({ from, sources }) =>
      from === undefined &&
      sources.some(
        (source) => source.known && /[*?]/.test(source.value) && contextPattern(source.value)?.test('go.work'),
      ),
  );

const isDownload = ({ command }: GoStep): boolean => command.verb === 'mod';

/** The COPY that brings what the command reads: the go.mod for a download, the whole folder for a build. */
const copyLine = (local: LocalModule, goStep: GoStep, { project }: Subject): string | undefined => {
  const { contextFolder, folder } = local;
  if (contextFolder === undefined || contextFolder === '' || !goStep.workdir.known || /\s/.test(contextFolder))
    return undefined;
  const rest = below(goStep.workdir.value, folder);
  const target = rest === undefined || rest === '' ? `${folder}/` : `./${rest}/`;
  const files = ['go.mod', 'go.sum'].map((name) => `${contextFolder}/${name}`);
  const there = files.filter((file) => inContext(project.context, file) === 'file');
  if (there[0] !== files[0]) return undefined;
  return `COPY ${isDownload(goStep) ? there.join(' ') : `${contextFolder}/`} ${target}`;
};

const fixesFor = (missing: readonly LocalModule[], goStep: GoStep, subject: Subject): readonly Fix[] => {
  const lines = missing.map((local) => copyLine(local, goStep, subject));
  if (!lines.every((line) => line !== undefined) || goStep.command.command.scope.length > 0) return [];
  const edits = [insertInstructionsAbove(subject.dockerfile.source, goStep.run.range, [...new Set(lines)])];
  return [{ title: 'Copy the local modules first', safe: true, edits }];
};

const sentence = (local: LocalModule): string => {
  if (local.contextFolder === undefined && local.kind === 'replace') {
    return 'go.mod replaces {module} by {folder}, which lies outside of the build context: this command stops.';
  }
  if (local.contextFolder === undefined) {
    return 'go.work lists {folder}, which lies outside of the build context: this command stops.';
  }
  return local.kind === 'replace'
    ? 'go.mod replaces {module} by {folder}, which is not in the stage yet: this command stops.'
    : 'go.work lists {folder}, which is not in the stage yet: this command stops.';
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const goStep of stage.goSteps) {
    const missing = goStep.localModules.filter((local) => isMissing(local, subject));
    const [first] = missing;
    if (!first || goStep.runs !== 'always') continue;
    if (first.kind === 'member' && workspaceByPattern(stage)) return;
    yield {
      range: goStep.command.command.range,
      message: message(sentence(first), { module: first.replaces ?? '', folder: first.written }),
      fixes: fixesFor(missing, goStep, subject),
    };
    return;
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const copyLocalModules: Rule = {
  id: 'copy-local-modules',
  title: 'A local replacement or workspace member is not in the stage',
  severity: 'error',
  concern: 'starts',
  why: `A go.mod with \`replace example.com/greet => ./greet\` makes go read \`greet/go.mod\`, and a go.work the go.mod of
each member, even for \`go mod download\`. Where only the module's own go.mod was copied, the build stops:

    go: example.com/greet@v0.0.0 (replaced by ./greet): reading greet/go.mod: open /src/greet/go.mod: no such file or directory
    go: cannot load module greet listed in go.work file: open greet/go.mod: no such file or directory

For the download the go.mod of each local module is enough. A folder outside of the build context (\`../greet\`) cannot be
copied: build from the folder above, or hand it in with \`--build-context\`.`,
  silent: [
    'Replacements of modules that go.mod does not require.',
    'Vendored modules, GOWORK=off, `-modfile` and `-mod`, and stages whose go.mod was edited.',
    'Folders that something unknown may have brought.',
    'Folders that this checkout does not have, such as submodules.',
  ],
  references: ['https://go.dev/ref/mod#go-mod-file-replace', 'https://go.dev/ref/mod#workspaces'],
  example: {
    files: {
      'go.mod':
        'module example.com/app\n\ngo 1.26\n\nrequire example.com/greet v0.0.0\n\nreplace example.com/greet => ./greet\n',
      'main.go': 'package main\n\nimport _ "example.com/greet"\n\nfunc main() {}\n',
      'greet/go.mod': 'module example.com/greet\n\ngo 1.26\n',
      'greet/greet.go': 'package greet\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod ./
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
COPY greet/go.mod ./greet/
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

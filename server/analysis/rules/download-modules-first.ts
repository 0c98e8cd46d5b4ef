import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Mount, RunInstruction } from '../dockerfile/model.ts';
import { insertInstructionsAbove, removeLines } from '../edits.ts';
import type { GoModule } from '../go/project-facts.ts';
import { knownValue, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import { inContext } from '../trace/context-files.ts';
import { hasModules, hidesVendor, noFetching } from '../trace/fetching.ts';
import type { CopyTrace, GoStep, StageTrace } from '../trace/model.ts';
import { isDownload, mayIgnoreModules, mountOver, needsModules, usesVendor } from '../trace/modules.ts';
import { contextPath } from '../trace/paths.ts';
import { preparesBetween, preparesInRun } from '../trace/prepared-download.ts';

const line = ({ range }: { readonly range: Range }): number => range.start.line;

const inside = (folder: string, path: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/** Whether a path of the context is, or holds, Go sources of the module; a folder with a go.mod of its own is what a replacement needs. */
const holdsSources = (path: string, module: GoModule, { project }: Subject): boolean => {
  if (inside(path, module.dir)) return true;
  if (!inside(module.dir, path)) return false;
  if (path.endsWith('.go')) return !path.endsWith('tools.go');
  if (project.modules.some(({ dir }) => dir !== module.dir && inside(path, dir))) return false;
  return [...project.packages.values()].some(({ dir }) => dir !== undefined && inside(path, dir));
};

/** A COPY that brings sources of the module. */
const bringsSources = (copy: CopyTrace, module: GoModule, subject: Subject): boolean =>
  copy.from === undefined &&
  copy.destination.known &&
  copy.sources.some((source) => source.known && holdsSources(contextPath(source.value), module, subject));

const bringsGoMod = (copy: CopyTrace): boolean =>
  copy.from === undefined && copy.sources.some((source) => source.known && contextPath(source.value) === 'go.mod');

/** Programs that start others: what they do with a go.mod is not known. */
const isScript = (program: string): boolean => /^(make|task|just|mage|xargs|sh|bash)$|\.(sh|bash)$/.test(program);

/** Whether go.mod came before the sources, and then ran what may have downloaded the modules. */
const mayHaveModules = (stage: StageTrace, copy: CopyTrace): boolean => {
  const to = line(copy.instruction);
  const from = stage.copies.find(
    ({ from: stageName, sources }) =>
      stageName === undefined &&
      sources.some((source) => source.known && /(^|\/)go\.(mod|\*)$/.test(contextPath(source.value))),
  );
  if (!from) return false;
  return stage.commands.some(
    ({ program, run }) => isScript(program) && line(run) > line(from.instruction) && line(run) < to,
  );
};

/** The mount in which the modules are kept when the first command asks for them. */
const moduleMount = (goStep: GoStep): Mount | undefined => {
  const folder = knownValue(goStep.caches.modules);
  const mount = folder === undefined ? undefined : mountOver(goStep, folder);
  return mount !== 'unknown' && mount?.type === 'cache' ? mount : undefined;
};

/** More local modules than this are nothing to list by hand. */
const mostLines = 8;

/** `COPY go.mod go.sum ./`, one line for each go.mod that `go mod download` reads; undefined when one cannot be copied. */
const copyLines = (module: GoModule, { project }: Subject): readonly string[] | undefined => {
  const local = module.mod.replaces.flatMap(({ folder }) => (folder === undefined ? [] : [folder]));
  if (project.workspace || local.some((folder) => folder.startsWith('..') || folder.startsWith('/'))) return undefined;
  const folders = ['', ...local.map(contextPath)];
  const lines = folders.map((folder) => {
    const prefix = folder === '' ? '' : `${folder}/`;
    const files = ['go.mod', 'go.sum'].map((name) => prefix + name);
    const there = files.filter((file) => inContext(project.context, file) === 'file');
    return there[0] === `${prefix}go.mod` ? `COPY ${there.join(' ')} ./${prefix}` : undefined;
  });
  return lines.length <= mostLines && lines.every((text) => text !== undefined) ? lines : undefined;
};

/** A later RUN of nothing but `go mod download` moves up; one with more in it stays. */
const removal = (run: RunInstruction, { dockerfile }: Subject): readonly TextEdit[] => {
  if (commandsOfRun(run, dockerfile).commands.length !== 1) return [];
  return [removeLines(run.range)];
};

const fixOf = (
  copy: CopyTrace,
  download: GoStep | undefined,
  first: GoStep,
  stage: StageTrace,
  subject: Subject,
): readonly Fix[] => {
  const here = knownValue(copy.workdir);
  const { module } = first;
  if (module?.dir !== '' || here === undefined || here !== first.moduleRoot) return [];
  // A RUN of its own moves with all that stands in it.
  const moved = download && removal(download.run, subject).length > 0 ? download : undefined;
  const to = line((moved ?? first).run);
  if (preparesBetween(stage, line(copy.instruction), to, subject.dockerfile)) return [];
  if (!moved && preparesInRun(first, subject.dockerfile)) return [];
  if (here === '/' || here === '/go' || (download && knownValue(download.workdir) !== here)) return [];
  const isThere = stage.copies.some((other) => line(other.instruction) < line(copy.instruction) && bringsGoMod(other));
  const lines = copyLines(module, subject);
  if (!lines || (isThere && lines.length > 1)) return [];
  const { source } = subject.dockerfile;
  const mount = moduleMount(first);
  const run = moved
    ? source.slice(moved.run.range)
    : `RUN ${mount ? `${source.slice(mount.range)} ` : ''}go mod download`;
  const insert = insertInstructionsAbove(source, copy.instruction.range, [...(isThere ? [] : lines), run]);
  const edits = [insert, ...(moved ? removal(moved.run, subject) : [])];
  return [{ title: 'Download the modules before the sources are copied', safe: true, edits }];
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  const first = stage.goSteps.find(needsModules);
  const module = first?.module;
  // In a branch, it may never run.
  const isSure = stage.goSteps.some((goStep) => goStep.runs === 'always' && needsModules(goStep));
  if (
    !first ||
    !isSure ||
    mayIgnoreModules(first) ||
    !module ||
    module.mod.requires.length === 0 ||
    usesVendor(module, first, subject.project)
  )
    return;
  // Then the folder has to come back, and no download helps: match-vendor-mode says so.
  if (hasModules(stage) || (hidesVendor(module, subject.project) && noFetching(first, stage, subject.project))) return;
  const copy = stage.copies.find((candidate) => bringsSources(candidate, module, subject));
  if (!copy || line(copy.instruction) > line(first.run) || mayHaveModules(stage, copy)) return;
  const download = stage.goSteps.find((goStep) => isDownload(goStep) && line(goStep.run) > line(copy.instruction));
  yield {
    range: copy.instruction.range,
    message: message(
      'Every edit of a source file downloads all modules again, as the sources are copied before the modules are downloaded.',
    ),
    severity: moduleMount(first) ? 'information' : 'warning',
    related: [step(first.command.command.range, 'The modules are downloaded here, after the sources were copied.')],
    fixes: fixOf(copy, download, first, stage, subject),
  };
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const downloadModulesFirst: Rule = {
  id: 'download-modules-first',
  title: 'Sources are copied before the modules are downloaded',
  severity: 'warning',
  concern: 'fast',
  why: `Docker takes a layer from its cache as long as the files that went into it are the same. With \`COPY . .\` above
\`go mod download\` (or \`go build\`), every edit of any file makes that layer new, and all modules are downloaded again.
With go.mod and go.sum copied first, the download is repeated only when they change.

This saves the download, not the compilation: for that, mount the build cache
(\`RUN --mount=type=cache,target=/root/.cache/go-build\`). With a cache mount for the module cache it is only an
information, as the builder keeps the modules then; a fresh CI machine does not.`,
  silent: [
    'Go before 1.11, and where GO111MODULE or GOPATH says that go.mod does not count.',
    'Modules without requirements, and vendored ones, as nothing is downloaded.',
    'A vendor folder that the ignore file hides where the modules cannot be fetched: `match-vendor-mode` speaks of that.',
    'Projects that cannot be read, and go commands that only run in a branch of a script.',
    'Stages in which go.mod was copied or bound and its modules downloaded before, and stages that start from such a one.',
    'Stages in which make, a script or xargs runs between go.mod and the sources: it may have downloaded them.',
    'Folders with a go.mod of their own, as a local replacement needs them for the download.',
  ],
  references: ['https://docs.docker.com/build/cache/optimize/', 'https://go.dev/ref/mod#go-mod-download'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire golang.org/x/sync v0.18.0\n',
      'go.sum': 'golang.org/x/sync v0.18.0 h1:kr88TuHDroi+UVf+0hZnirlk8o8T+4MrK6mr60WkH/I=\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
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

import { insertLinesBelow } from '../edits.ts';
import { changesFolder, type OpenedPath, openedPaths } from '../go/program-files.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { isSureContext } from '../trace/context-files.ts';
import type { StageTrace } from '../trace/model.ts';
import { basename, below, contextPath, resolve } from '../trace/paths.ts';
import { isMounted, type RunProgram, runPrograms } from '../trace/programs.ts';
import { type ShippedBinary, shippedBinaries } from '../trace/questions.ts';

/** What is before the first element with a wildcard, without `./`; undefined for what lies above. */
const fixedPart = (path: string): string | undefined => {
  const parts = path.split('/').filter((part) => part !== '.' && part !== '');
  const at = parts.findIndex((part) => /[*?[]/.test(part));
  const kept = at < 0 ? parts : parts.slice(0, at);
  return kept.length === 0 || kept.includes('..') ? undefined : kept.join('/');
};

/** Keys and settings of one machine, which nobody wants in an image. */
const isPrivate = (path: string): boolean =>
  /^\.env|\.(?:pem|key|crt|p12|pfx)$|secret|credential/i.test(basename(path));

/** Where the repository has it: below the module, the context, or the program's own folder. */
const sourceOf = (
  path: string,
  { binary, program }: RunProgram,
  { project: { context } }: Subject,
): string | undefined =>
  [binary.module?.dir ?? '', '', program.main?.known.dir ?? '']
    .map((dir) => contextPath(`${dir}/${path}`))
    .find((source) => context.files.has(source) || context.folders.has(source));

/** The author keeps it, or a part of it, out of the build. */
const isKeptOut = (source: string, { project: { context } }: Subject): boolean =>
  context.isIgnored(source) ||
  [...context.files].some((file) => file.startsWith(`${source}/`) && context.isIgnored(file));

const makers: ReadonlySet<string> = new Set(['Create', 'WriteFile', 'Mkdir', 'MkdirAll', 'OpenFile']);

/** The program makes it when it is not there. */
const isMade = (path: string, { program }: RunProgram): boolean =>
  program.uses.some(({ use }) => {
    const made = use.arguments[0];
    if (!makers.has(use.name) || typeof made !== 'string') return false;
    const fixed = fixedPart(made) ?? '';
    return below(fixed, path) !== undefined || below(path, fixed) !== undefined;
  });

/** A volume may hold anything when the container starts. */
const mayBeMounted = (place: string, { stage }: StageTrace): boolean =>
  stage.instructions.some(
    (each) =>
      each.keyword === 'VOLUME' &&
      each.words.some(({ raw }) => raw.includes('$') || below(resolve('/', raw), place) !== undefined),
  );

interface Lacking {
  readonly path: string;
  readonly source: string;
  readonly opened: OpenedPath;
}

const lackingOf = (found: RunProgram, subject: Subject): readonly Lacking[] => {
  const { shipped, program } = found;
  const { workdir } = shipped;
  if (!workdir.known || shipped.opaque || changesFolder(program)) return [];
  const lacking = openedPaths(program).flatMap((opened): readonly Lacking[] => {
    const path = opened.asked || !opened.because.use.sure ? undefined : fixedPart(opened.path);
    const source = path === undefined || isPrivate(path) ? undefined : sourceOf(path, found, subject);
    if (path === undefined || source === undefined || isMade(path, found)) return [];
    const place = resolve(workdir.value, path);
    const isAbsent = shipped.lookup(place).state === 'absent' && !mayBeMounted(place, shipped);
    // Asked last, as it looks through the whole context.
    if (!isAbsent || isMounted(place, subject) || isKeptOut(source, subject)) return [];
    return [{ path, source, opened }];
  });
  return lacking.filter(({ path }, at) => lacking.findIndex((other) => below(other.path, path) !== undefined) === at);
};

/** A line below the COPY of the program, if that stands behind the last WORKDIR. */
const fixesOf = (
  { path, source }: Lacking,
  { shipped }: RunProgram,
  brought: ShippedBinary | undefined,
  { dockerfile }: Subject,
): readonly Fix[] => {
  if (!brought?.copy.workdir.known || !shipped.workdir.known || !/^[\w./@+-]+$/.test(source)) return [];
  if (brought.copy.workdir.value !== shipped.workdir.value) return [];
  const edit = insertLinesBelow(dockerfile.source, brought.copy.instruction.range, [`COPY ${source} ./${path}`]);
  return [{ title: `Copy ${source} to ./${path}`, safe: false, edits: [edit] }];
};

function* check(subject: Subject): Iterable<Finding> {
  if (!isSureContext(subject.project.context)) return;
  const copies = shippedBinaries(subject.trace);
  for (const found of runPrograms(subject)) {
    const { shipped, binary, path: program } = found;
    const brought = copies.find((copied) => copied.binary === binary && copied.shipped === shipped);
    const { from } = shipped.stage;
    for (const lacking of lackingOf(found, subject)) {
      const { path: file, use } = lacking.opened.because;
      const { path } = lacking.opened;
      const place = `${file}:${use.line + 1}`;
      yield {
        range: brought?.word.range ?? from.image?.range ?? from.range,
        message: message('{program} opens {path} when it runs, and the image does not have it.', { program, path }),
        related: [step(binary.command.command.range, '{place} of the program that is built here says so.', { place })],
        fixes: fixesOf(lacking, found, brought, subject),
      };
    }
  }
}

export const copyRuntimeFiles: Rule = {
  id: 'copy-runtime-files',
  title: 'Files that the program opens are not in the image',
  severity: 'warning',
  concern: 'starts',
  why: `Templates, static files, migrations and configuration that a program opens by a relative path lie beside it in the
repository, and in the build stage. The last stage has the program alone, and it fails where it opens them:

    open templates/index.html: no such file or directory

Copy them as well, or put them into the program with \`//go:embed\`. A relative path begins at WORKDIR. Switch the rule off
where they are mounted when the container starts.`,
  silent: [
    'Paths that are not written out, absolute ones, and those that are not in the repository.',
    'Files that .dockerignore keeps out of the build, private ones (`.env`, keys, certificates), volumes, and what a compose file mounts.',
    'Paths that the program only asks after (`os.Stat`), or makes itself; programs that change their folder.',
    'Files without which the program goes on: `err == nil`, `b, _ :=`, `os.IsNotExist`, an `err != nil` that does not end.',
    'What packages of other modules open.',
  ],
  references: ['https://docs.docker.com/reference/dockerfile/#copy', 'https://pkg.go.dev/embed'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport (\n\t"html/template"\n\t"os"\n)\n\nfunc main() {\n\ttemplate.Must(template.ParseGlob("templates/*.html")).Execute(os.Stdout, nil)\n}\n',
      'templates/index.html': '<!doctype html>\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
WORKDIR /srv
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
WORKDIR /srv
COPY --from=build /app /app
COPY templates ./templates
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { replace } from '../edits.ts';
import type { ContextFacts } from '../go/project-facts.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { inContext, isSureContext } from '../trace/context-files.ts';
import { type NamedSource, namedSources } from '../trace/named-sources.ts';
import { basename } from '../trace/paths.ts';

const parentOf = (path: string): string => path.split('/').slice(0, -1).join('/');

/** Go sources that nobody generates: what else is missing may be built beside the Dockerfile before the image is. */
const isWritten = (path: string): boolean =>
  /(^|\/)go\.mod$/.test(path) ||
  (/\.go$/.test(path) && !/(\.pb|_gen|_generated|bindata|_string)\.go$|wire_gen|zz_/.test(path));

const sameLetters = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The path that was meant: other capitals, a plural, or the same name in the folder of the Dockerfile. */
const meant = (path: string, { files, folders, dockerfile }: ContextFacts): string | undefined => {
  const all = [...folders, ...files];
  const beside = all.filter((each) => parentOf(each) === parentOf(path));
  const near = beside.filter((each) => sameLetters(each, path) || each === `${path}s` || path === `${each}s`);
  if (near.length > 0) return near.length === 1 ? near[0] : undefined;
  const own = parentOf(dockerfile ?? '');
  const there = own === '' ? undefined : `${own}/${path}`;
  return there !== undefined && (files.has(there) || folders.has(there)) ? there : undefined;
};

const fixesFor = ({ word }: NamedSource, found: string | undefined): readonly Fix[] => {
  if (found === undefined || /["'\s]/.test(word.raw + found)) return [];
  const newText = (word.raw.startsWith('./') ? './' : '') + found + (word.raw.endsWith('/') ? '/' : '');
  return [{ title: `Copy ${found}`, safe: true, edits: [replace(word.range, newText)] }];
};

/** A path that neither this context has nor a folder above, where the build of a nested module may start. */
const isNowhere = ({ path }: NamedSource, { nested, mayLieAbove }: ContextFacts): boolean =>
  nested === true && mayLieAbove?.(path) === false && isWritten(path);

function* check({ trace, project }: Subject): Iterable<Finding> {
  const { context } = project;
  const all = trace.stages.flatMap(({ copies }) => copies.flatMap(namedSources));
  const isThere = ({ path }: NamedSource): boolean => ['file', 'folder'].includes(inContext(context, path));
  // The context is surely the right one when what is named finds itself in it.
  if (!context.known || !all.some(isThere)) return;
  const isSure = isSureContext(context);
  for (const source of all) {
    const { word, path } = source;
    if (inContext(context, path) !== 'absent' || context.files.has(path) || basename(path) === 'go.sum') continue;
    const found = meant(path, context);
    if (isSure ? found === undefined && !isWritten(path) : !isNowhere(source, context)) continue;
    const template = isSure
      ? 'There is no {path} in the build context: the build stops here.'
      : 'There is no {path} in the build context, and in no folder above it: the build stops here.';
    yield {
      range: word.range,
      message: message(template, { path }),
      fixes: isSure ? fixesFor(source, found) : [],
    };
  }
}

export const copyExistingSource: Rule = {
  id: 'copy-existing-source',
  title: 'COPY of a source that does not exist',
  severity: 'error',
  concern: 'starts',
  why: `COPY reads its sources from the build context, not from the folder of the Dockerfile, and capitals count. A source
that is not there ends the build:

    failed to compute cache key: "/template" not found: not found

Reported is what can only be a mistake: a Go file or go.mod that is not there, a name of which the context has another
spelling, or a path that is right only from the folder of the Dockerfile.`,
  silent: [
    'Other names that are missing: a binary or a bundle may be built before the image is.',
    'Modules inside of another one, unless no folder above has a Go file or go.mod of that name either.',
    'Files in which no source is found in the context: it may be another one.',
    'Patterns, variables, and files that .dockerignore hides.',
  ],
  references: ['https://docs.docker.com/build/concepts/context/', 'https://docs.docker.com/reference/dockerfile/#copy'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() {}\n',
      'templates/index.html': '',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod main.go ./
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
COPY template /template
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod main.go ./
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
COPY templates /template
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

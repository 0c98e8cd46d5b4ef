import { fixedPart, ignorePatterns, perhapsNeeded } from '../go/ignore-patterns.ts';
import type { ContextFacts, ProjectFacts } from '../go/project-facts.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { isSureContext } from '../trace/context-files.ts';
import type { CopyTrace, StageTrace } from '../trace/model.ts';
import { contextPath } from '../trace/paths.ts';

const isFromContext = ({ from, instruction }: CopyTrace): boolean =>
  from === undefined && !instruction.flags.some(({ name }) => name === 'from');

/** The word of a COPY or ADD that takes all of the build context. */
const wholeContext = (copy: CopyTrace) => {
  if (!isFromContext(copy) || copy.instruction.flags.some(({ name }) => name === 'exclude')) return undefined;
  const at = copy.sources.findIndex((source) => source.known && contextPath(source.value) === '');
  return copy.instruction.sources[at];
};

/** Versions are read from .git by git itself, by scripts and make, and by a go command that is told to. */
const mayReadGit = ({ dockerfile, trace }: Subject): boolean =>
  trace.stages.some(({ opaque }) => opaque) || /\bgit\s|buildvcs(?!=false)|goreleaser/.test(dockerfile.source.content);

/** A container that starts a script beside the copied sources, to build something of them: it may ask git too. */
const startsScript = ({ start }: StageTrace): boolean => /\.(sh|bash)$/.test(start?.words?.[0] ?? '');

const secrets = ['.env', '.env.local', '.env.production', '.env.development'];

/** What a whole context brings that no image wants, the heaviest first. */
const unwanted = ({ folders, files }: ContextFacts, keepsGit: boolean): readonly string[] => [
  ...(folders.has('.git') && !keepsGit ? ['.git'] : []),
  ...secrets.filter((name) => files.has(name)),
];

const kept = new WeakMap<ContextFacts, readonly string[]>();

/** Files beside the sources that may be part of the program. Facts never change, so that they are looked through once. */
const keptFiles = (context: ContextFacts): readonly string[] => {
  const known = kept.get(context) ?? perhapsNeeded(context.files);
  kept.set(context, known);
  return known;
};

const embedded = ({ packages }: ProjectFacts): readonly string[] =>
  [...packages.values()].flatMap(({ dir, files }) =>
    dir === undefined ? [] : files.flatMap(({ embeds }) => embeds.map((pattern) => contextPath(`${dir}/${pattern}`))),
  );

const head = '# Not part of the build: secrets stay out of it, and their changes do not repeat it.';

/** The new file; not where a source of COPY is not known, which it may hide. */
const fixesFor = ({ trace, project }: Subject, keepsGit: boolean): readonly Fix[] => {
  const copies = trace.stages.flatMap((stage) => stage.copies.filter(isFromContext));
  const sources = copies.flatMap((copy) => copy.sources);
  if (!sources.every((source) => source.known)) return [];
  const named = sources.map((source) => contextPath(source.value)).filter((path) => path !== '');
  const patterns = [...named, ...embedded(project)].map(fixedPart);
  const needed = [...keptFiles(project.context), ...patterns, ...(keepsGit ? ['.git/HEAD'] : [])];
  const text = [head, ...ignorePatterns(needed), ''].join('\n');
  return [{ title: 'Create a .dockerignore', safe: false, edits: [], files: [{ path: '.dockerignore', text }] }];
};

function* check(subject: Subject): Iterable<Finding> {
  const { context } = subject.project;
  if (context.ignoreFile !== undefined || !isSureContext(context)) return;
  for (const stage of subject.trace.stages) {
    if (stage.role === 'development' || stage.role === 'test') continue;
    const word = stage.copies.map(wholeContext).find((found) => found !== undefined);
    if (!word) continue;
    const keepsGit = mayReadGit(subject) || startsScript(stage);
    const names = unwanted(context, keepsGit);
    if (names.length === 0) return;
    yield {
      range: word.range,
      message: message('There is no .dockerignore: this copies {names} too.', { names: names.join(', ') }),
      fixes: fixesFor(subject, keepsGit),
    };
    return;
  }
}

export const requireDockerignore: Rule = {
  id: 'require-dockerignore',
  title: 'All of the folder is copied, and there is no .dockerignore',
  severity: 'warning',
  concern: 'safe',
  why: `\`COPY . .\` takes what is in the folder: \`.git\` with every version of every file, so that each commit repeats the
build although no source changed; and \`.env\`, whose secrets then lie in a layer or in the build cache.

The fix writes a .dockerignore that hides neither Go sources nor embedded files nor anything that a COPY names. Without
\`.git\` the go command stamps no version into the program (\`go version -m\` shows none); set it with
\`-ldflags "-X main.version=$VERSION"\`.`,
  silent: [
    'Stages named dev, debug, test and the like, files such as `Dockerfile.dev`, and folders such as `test` and `e2e`.',
    'Contexts without .git and .env files, as far as they are known.',
    '.git where git, make or a script of the Dockerfile may read it.',
    'A `Dockerfile.dockerignore` beside the Dockerfile, which Docker prefers; `COPY --exclude`; bind mounts.',
  ],
  references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() {}\n',
      '.env': 'TOKEN=secret\n',
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
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    goodFiles: { '.dockerignore': '.git\n**/.env\n' },
  },
  check,
};

import type { Range, TextEdit } from 'vscode-languageserver-types';
import { byRun, cacheMount, type StepOfStage, stepsOfFamily } from '../cache-mounts.ts';
import type { Mount } from '../dockerfile/model.ts';
import { addRunFlags, replace } from '../edits.ts';
import { knownValue, type Message, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { cacheId, downloadsModules, families, movesCache, needsModules } from '../trace/modules.ts';
import { withAncestors } from '../trace/questions.ts';

/** Two commands of one chain of layers that keep the same modules in different places. */
interface Mismatch {
  readonly first: GoStep;
  readonly again: GoStep;
}

const mountOf = (goStep: GoStep): Mount | undefined => {
  const mount = cacheMount(goStep, 'modules');
  return mount === 'unknown' ? undefined : mount;
};

/** `layer`, or which cache it is; undefined when that is not known. */
const placeOf = (goStep: GoStep): string | undefined => {
  const mount = cacheMount(goStep, 'modules');
  if (mount === undefined) return 'layer';
  return mount === 'unknown' || mount.type !== 'cache' ? undefined : cacheId(mount);
};

const mismatchIn = (stage: StageTrace, { project }: Subject): Mismatch | undefined => {
  let first: GoStep | undefined;
  for (const each of withAncestors(stage).toReversed()) {
    for (const goStep of each.goSteps) {
      if (goStep.runs !== 'always' || !downloadsModules(goStep, project)) continue;
      const [one, other] = [first && placeOf(first), placeOf(goStep)];
      const sameFolder = first && knownValue(first.caches.modules) === knownValue(goStep.caches.modules);
      if (first && sameFolder && one !== undefined && other !== undefined && one !== other) {
        return { first, again: goStep };
      }
      first ??= goStep;
    }
  }
  return undefined;
};

const shown = ({ command }: GoStep): string => ['go', command.verb, command.subverb ?? ''].join(' ').trim();

const say = ({ first, again }: Mismatch): Message => {
  const values = { first: shown(first), again: shown(again), target: mountOf(again)?.target?.raw ?? '' };
  if (!mountOf(again)) {
    return message('{again} downloads the modules again, as {first} keeps them in a cache mount.', values);
  }
  return mountOf(first)
    ? message('{again} downloads the modules again, as its cache mount is not the one of {first}.', values)
    : message('{again} downloads the modules again, as the cache mount at {target} hides those of {first}.', values);
};

/** Every RUN of the family that reads modules gets the mount; one with another gets it in its place. */
const editsFor = (mount: Mount, readers: readonly StepOfStage[], { dockerfile }: Subject): readonly TextEdit[] => {
  const text = dockerfile.source.slice(mount.range);
  return [...byRun(readers)].flatMap(([run, [reader]]) => {
    const own = reader && mountOf(reader.goStep);
    if (!own) return [addRunFlags(dockerfile, run, [text])];
    return cacheId(own) === cacheId(mount) ? [] : [replace(own.range, text)];
  });
};

const fixOf = (family: readonly StageTrace[], subject: Subject): readonly Fix[] => {
  const readers = stepsOfFamily(family).filter(({ goStep }) => needsModules(goStep));
  const mount = readers.map(({ goStep }) => mountOf(goStep)).find((each) => each !== undefined);
  const users = new Set(readers.map(({ goStep }) => knownValue(goStep.user)));
  const folders = new Set(readers.map(({ goStep }) => knownValue(goStep.caches.modules)));
  const [folder] = folders;
  if (!mount || users.size !== 1 || users.has(undefined) || folders.size !== 1 || folder === undefined) return [];
  // A mount of a folder above has more in it.
  const isThere = (own: Mount | undefined): boolean => !own || own.target?.raw.replace(/\/+$/, '') === folder;
  if (!readers.every(({ goStep }) => placeOf(goStep) !== undefined && isThere(mountOf(goStep)))) return [];
  if (family.some((stage) => movesCache(stage, folder, subject.trace.stages))) return [];
  // A container of one of the stages may read the modules, which are in none of its layers then.
  const safe = family.every(({ role }) => role === 'intermediate');
  const title = 'Give every command the same cache mount for modules';
  return [{ title, safe, edits: editsFor(mount, readers, subject) }];
};

const nameRange = ({ command }: GoStep): Range => ({ start: command.toolRange.start, end: command.verbRange.end });

function* check(subject: Subject): Iterable<Finding> {
  for (const family of families(subject.trace.stages)) {
    const mismatch = family.map((stage) => mismatchIn(stage, subject)).find((each) => each !== undefined);
    if (!mismatch) continue;
    const { first, again } = mismatch;
    yield {
      range: mountOf(again)?.range ?? nameRange(again),
      message: say(mismatch),
      related: [
        step(mountOf(first)?.range ?? nameRange(first), '{first} downloads them here.', { first: shown(first) }),
      ],
      fixes: fixOf(family, subject),
    };
  }
}

export const matchCacheMounts: Rule = {
  id: 'match-cache-mounts',
  title: 'Modules are downloaded twice, as cache mounts differ',
  severity: 'warning',
  concern: 'fast',
  why: `A mount lies over the folder of the image. With a cache mount at /go/pkg/mod, \`go build\` does not see the modules
that \`go mod download\` left in a layer below it, and downloads them again. The other way round, what was downloaded into
a cache mount is in no layer: a later RUN without that mount finds nothing. Mounts of different ids are different caches.

Where the second command has no network, it fails:

    module lookup disabled by GOPROXY=off

Give all commands that read modules the same mount, or none.`,
  silent: [
    'Modules without requirements, and vendored ones: nothing is downloaded.',
    'Projects that cannot be read.',
    'Mounts whose place is not known, and bind mounts.',
    'Commands that only may run, and commands that use different module caches anyway.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#run---mounttypecache',
    'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire golang.org/x/sync v0.18.0\n',
      'go.sum': 'golang.org/x/sync v0.18.0 h1:kr88TuHDroi+UVf+0hZnirlk8o8T+4MrK6mr60WkH/I=\n',
      'main.go': 'package main\n\nimport _ "golang.org/x/sync/errgroup"\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \\
    CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \\
    go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \\
    CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

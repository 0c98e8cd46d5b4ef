import { removeWord, replace } from '../edits.ts';
import { startsPrograms } from '../go/starts-programs.ts';
import { isInPlace } from '../go/word-text.ts';
import { knownValue, message, step, type Tri } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { inContext } from '../trace/context-files.ts';
import { type InstalledPackage, installedPackages } from '../trace/installed-packages.ts';
import type { CopyTrace, GoBinary, StageTrace } from '../trace/model.ts';
import { below, contextPath, join, resolve } from '../trace/paths.ts';
import { shownImage, startedBinary, startsDebugger, withAncestors } from '../trace/questions.ts';
import { smallerBase } from '../trace/smaller-base.ts';
import { mayUseToolchain, sourcesIn } from '../trace/toolchain-use.ts';

/** Nothing but a compiler asks for these. */
const compilers = /^(gcc|g\+\+|clang|build-base|build-essential|musl-dev|libc6-dev|libc-dev|go|golang(-[\w.]+)?)$/;

/** What people and health checks outside of the Dockerfile start: compose, Kubernetes and others have their own. */
const clients = /^(curl|wget)$/;

/** A program may start these. */
const tools = /^(git|make|cmake|curl|wget|pkgconf|pkg-config)$/;

const unused = (name: string): Pick<Finding, 'message' | 'severity'> =>
  clients.test(name)
    ? {
        message: message('{name} is shipped unused, unless a health check elsewhere needs it.', { name }),
        severity: 'information',
      }
    : { message: message('{name} is shipped unused: the program is built in another stage.', { name }) };

const dropPackage = ({ word, isAlone }: InstalledPackage, { dockerfile: { source } }: Subject): readonly Fix[] =>
  !isAlone && isInPlace(word, source)
    ? [{ title: `Leave ${word.raw} out`, safe: false, edits: [removeWord(source, word.range)] }]
    : [];

function* installed(stage: StageTrace, starts: () => Tri, subject: Subject): Iterable<Finding> {
  for (const each of installedPackages(stage, subject)) {
    const { range, raw } = each.word;
    const isUnused = compilers.test(raw) ? starts() !== 'yes' : tools.test(raw) && starts() === 'no';
    if (isUnused) yield { range, ...unused(raw), fixes: dropPackage(each, subject) };
  }
}

/** The one Go program in the folder, copied to the place where it lies now. */
const copyAlone = ({ instruction, destination }: CopyTrace, from: StageTrace, folder: string): readonly Fix[] => {
  const inside = from.goFiles.filter(({ path }) => below(folder, path) !== undefined);
  const [source] = instruction.sources;
  const [program] = inside;
  if (!source || !program || inside.length > 1 || instruction.sources.length > 1) return [];
  if (!destination.known || !instruction.destination) return [];
  const target = join(destination.value, below(folder, program.path) ?? '');
  const edits = [replace(source.range, program.path), replace(instruction.destination.range, target)];
  return [{ title: 'Copy the program alone', safe: false, edits }];
};

const toolchain = '/usr/local/go';

function* copied(stage: StageTrace, starts: () => Tri): Iterable<Finding> {
  for (const copy of stage.copies) {
    const { from, sources, instruction } = copy;
    if (!from || from === 'unknown') continue;
    for (const [index, source] of sources.entries()) {
      const word = instruction.sources[index];
      if (!source.known || !word) continue;
      const folder = resolve('/', source.value);
      if (from.lookup(folder).state !== 'folder' && folder !== '/' && folder !== toolchain) continue;
      const root = sourcesIn(from, folder);
      if (root !== undefined) {
        yield {
          range: word.range,
          message: message('{folder} brings the sources of the program into the image, not the program alone.', {
            folder,
          }),
          related: [step(from.stage.from.range, 'The program is built in {root} of this stage.', { root })],
          fixes: copyAlone(copy, from, folder),
        };
      } else if (folder === toolchain && from.rootImage?.go && starts() === 'no') {
        yield { range: word.range, message: message('{folder} is shipped unused: the program is built.', { folder }) };
      }
    }
  }
}

/** `COPY . .` beside the program of another stage. */
function* context(stage: StageTrace, { module }: GoBinary, { project }: Subject): Iterable<Finding> {
  if (!module || inContext(project.context, `${module.dir}/go.mod`) !== 'file') return;
  for (const { from, sources, instruction } of stage.copies) {
    const at = sources.findIndex(
      (source) => source.known && below(`/${contextPath(source.value)}`, `/${module.dir}`) !== undefined,
    );
    const word = instruction.sources[at];
    if (from || !word) continue;
    yield {
      range: word.range,
      message: message('{source} brings the sources of the program into the image, which has the program already.', {
        source: word.raw,
      }),
    };
  }
}

/** `FROM golang` once more, for a program that another stage has built. */
function* base(stage: StageTrace, binary: GoBinary, starts: () => Tri, subject: Subject): Iterable<Finding> {
  const { image } = stage.stage.from;
  if (!image || stage.base.kind !== 'image' || starts() !== 'no' || mayUseToolchain(stage, subject)) return;
  const path = knownValue(binary.path) ?? '';
  const smaller = smallerBase(stage, binary, subject);
  yield {
    range: image.range,
    message: message('The image ships {image} with its compiler, but runs only {path} of another stage.', {
      image: shownImage(stage),
      path,
    }),
    related: [step(binary.command.command.range, 'The program is built here.')],
    fixes: smaller ? [{ title: `Start from ${smaller}`, safe: false, edits: [replace(image.range, smaller)] }] : [],
  };
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.shipped) {
    const binary = startedBinary(stage);
    if (!binary || startsDebugger(stage)) continue;
    // What a stage builds itself needs its compiler.
    if (withAncestors(stage).some(({ goSteps, stage: { index } }) => goSteps.length > 0 || index === binary.stage))
      continue;
    const main = knownValue(binary.package);
    const starts = (): Tri => (main === undefined ? 'unknown' : startsPrograms(subject.project, main));
    if (stage.rootImage?.go) {
      yield* base(stage, binary, starts, subject);
      continue;
    }
    yield* installed(stage, starts, subject);
    yield* copied(stage, starts);
    yield* context(stage, binary, subject);
  }
}

export const noToolchainInFinalImage: Rule = {
  id: 'no-toolchain-in-final-image',
  title: 'What built the program is shipped with it',
  severity: 'warning',
  concern: 'small',
  why: `A Go program needs neither compiler nor sources when it runs. \`COPY --from=build /src /src\` ships all sources with
it, \`COPY --from=build /usr/local/go …\` a toolchain of over 200 MB, and \`apk add gcc\` a compiler: pulled by every machine,
scanned for vulnerabilities, and at hand for whoever breaks in. So does a last stage that starts \`FROM golang\` again and
only runs the program of another stage.

Copy the program alone, and the files it opens, onto a small image.`,
  silent: [
    'Programs that import os/exec, as they may start what is installed; git, make, curl and a golang image also where not all imports could be read.',
    'Golang images that the sources come into as well, or in which a command may do anything; those of debug and test stages.',
    'What a HEALTHCHECK names, and stages that remove packages again. curl and wget are only an information, as health checks of compose or Kubernetes may start them.',
    'Stages that build something themselves, images that start dlv, which shows the sources, and images that start anything but a Go program built in another stage.',
  ],
  references: ['https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() { println("hello") }\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o app .

FROM alpine:3.24
COPY --from=build /src /src
USER 65532:65532
ENTRYPOINT ["/src/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o app .

FROM alpine:3.24
COPY --from=build /src/app /src/app
USER 65532:65532
ENTRYPOINT ["/src/app"]`,
  },
  check,
};

import type { Range } from 'vscode-languageserver-types';
import { replace } from '../edits.ts';
import { flag } from '../go/command.ts';
import { type SymbolAnswer, type SymbolVerdict, symbolAnswer } from '../go/linker-symbols.ts';
import type { GoCommand } from '../go/model.ts';
import { programCode } from '../go/program-code.ts';
import { isInPlace } from '../go/word-text.ts';
import { message } from '../known.ts';
import type { Finding, Rule, Severity, Subject } from '../rule.ts';
import type { GoBinary, GoStep, StageTrace } from '../trace/model.ts';
import { basename, join } from '../trace/paths.ts';

/** Where the name stands in -ldflags as written; undefined when a variable makes it, or it stands there more than once. */
const nameRange = (name: string, { command }: GoBinary, { dockerfile: { source } }: Subject): Range | undefined => {
  const word = flag(command, 'ldflags')?.value;
  const at = word?.raw.indexOf(`${name}=`) ?? -1;
  if (!word || at < 0 || word.raw.indexOf(`${name}=`, at + 1) >= 0) return undefined;
  if (!isInPlace(word, source)) return undefined;
  const start = source.offset(word.range.start) + at;
  return source.range(start, start + name.length);
};

/** What is asked of a stage for every name; a Dockerfile may have thousands of builds. */
interface Sources {
  readonly stepOf: ReadonlyMap<GoCommand, GoStep>;
  readonly generates: boolean;
  /** Names of the Go files in a folder; undefined when others may lie there. */
  readonly namesIn: (folder: string) => readonly string[] | undefined;
}

const sourcesOf = (stage: StageTrace): Sources => {
  const known = new Map<string, readonly string[] | undefined>();
  return {
    stepOf: new Map(stage.goSteps.map((step) => [step.command, step])),
    generates: stage.goSteps.some(({ command }) => command.verb === 'generate'),
    namesIn(folder) {
      if (!known.has(folder)) known.set(folder, stage.sourcesIn(folder)?.map(basename));
      return known.get(folder);
    },
  };
};

/** Sources of the package that the build may make anew, so that nobody knows their variables. */
const mayBeGenerated = ({ found }: SymbolAnswer, { command, module }: GoBinary, sources: Sources): boolean => {
  const moduleRoot = sources.stepOf.get(command)?.moduleRoot;
  if (sources.generates) return true;
  if (!found || !module || moduleRoot === undefined) return false;
  const there = sources.namesIn(join(moduleRoot, (found.known.dir ?? '').slice(module.dir.length)));
  const names = new Set(found.known.files.map(({ name }) => name));
  return !there || there.some((name) => !name.endsWith('_test.go') && !names.has(name));
};

const templates: Readonly<Partial<Record<SymbolVerdict, string>>> = {
  'no package': 'No package of the program has the path of {name}: -X sets nothing.',
  'no variable': 'There is no variable {name}: -X sets nothing.',
  constant: '{name} is a constant: -X sets nothing.',
  'set at start': '{name} gets its value from a function when the program starts: what -X sets is lost.',
  'no string': '{name} is no string: the linker stops with "cannot set with -X".',
  'import path of main': 'The linker calls the package of a program main, so that {name} is nothing: -X sets nothing.',
};

const findingOf = (name: string, answer: SymbolAnswer, binary: GoBinary, subject: Subject): Finding => {
  const range = nameRange(name, binary, subject);
  const severity: Severity = answer.verdict === 'no string' ? 'error' : 'warning';
  return {
    range: range ?? flag(binary.command, 'ldflags')?.range ?? binary.command.verbRange,
    message: message(templates[answer.verdict] ?? '', { name }),
    severity,
    fixes: range
      ? answer.suggestions
          .slice(0, 3)
          .map((symbol) => ({ title: `Set ${symbol}`, safe: false, edits: [replace(range, symbol)] }))
      : [],
  };
};

/** What is wrong with a name for every program that one command builds: a name may be meant for one of several. */
const answerOf = (
  name: string,
  binaries: readonly GoBinary[],
  sources: Sources,
  { project }: Subject,
): SymbolAnswer | undefined => {
  const answers = binaries.map((binary) => {
    const { flags, package: main, module, cgo } = binary;
    if (!main.known || !module || /[$`]/.test(name)) return undefined;
    const program = programCode(project, main.value, { tags: flags.tags, cgo: cgo === 'on' });
    const answer = program && symbolAnswer(name, program, module);
    return answer && !mayBeGenerated(answer, binary, sources) ? answer : undefined;
  });
  return answers.every((answer) => answer && templates[answer.verdict]) ? answers[0] : undefined;
};

/** The binaries of each command. */
const byCommand = ({ binaries }: StageTrace): Iterable<readonly GoBinary[]> => {
  const found = new Map<GoCommand, GoBinary[]>();
  for (const binary of binaries) found.set(binary.command, [...(found.get(binary.command) ?? []), binary]);
  return found.values();
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    if (stage.opaque || !stage.binaries.some(({ flags }) => flags.ldflags.variables.length > 0)) continue;
    const sources = sourcesOf(stage);
    for (const binaries of byCommand(stage)) {
      const [first] = binaries;
      for (const name of new Set(first?.flags.ldflags.variables.map((each) => each.name))) {
        const answer = answerOf(name, binaries, sources, subject);
        if (first && answer) yield findingOf(name, answer, first, subject);
      }
    }
  }
}

export const matchLdflagsVariable: Rule = {
  id: 'match-ldflags-variable',
  title: '-ldflags -X names a variable that cannot be set',
  severity: 'warning',
  concern: 'reproducible',
  why: `\`-ldflags "-X main.version=1.2"\` sets a string variable of the program. When no package or variable has exactly
that name, the linker sets nothing and says nothing: capitals count, the package of a program is called \`main\` whatever
its import path is, and every other package has its whole import path. A constant cannot be set, and a variable to which a
function such as os.Getenv gives its value is overwritten when the program starts.

For a variable of another type the build stops:

    main.build: cannot set with -X: not a var of type string (type:int)`,
  silent: [
    'Names that a variable of the shell makes, and packages of other modules.',
    'Packages whose sources were not all read, or into which the build may generate some.',
    'Variables whose value is a constant, an expression of other variables, or given by a function of the program.',
  ],
  references: ['https://pkg.go.dev/cmd/link'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nvar version = "dev"\n\nfunc main() { println(version) }\n',
    },
    bad: `FROM golang:1.26 AS build
ARG VERSION
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags "-s -X main.Version=$VERSION" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
ARG VERSION
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags "-s -X main.version=$VERSION" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

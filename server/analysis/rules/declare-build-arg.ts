import type { Range } from 'vscode-languageserver-types';
import type { Assignment } from '../dockerfile/model.ts';
import { insertInstructionsAbove } from '../edits.ts';
import { isInPlace } from '../go/word-text.ts';
import { message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { mayBeAssigned, plainVariables } from '../shell/expand.ts';
import type { ShellWord } from '../shell/model.ts';
import type { GoStep } from '../trace/model.ts';

/** The ARG of that name that this stage does not see. */
const declarationOf = (name: string, { dockerfile }: Subject): Assignment | undefined =>
  [...dockerfile.globalArgs, ...dockerfile.stages.flatMap(({ instructions }) => instructions)]
    .flatMap((instruction) => (instruction.keyword === 'ARG' ? instruction.assignments : []))
    .find((assignment) => assignment.name === name);

const rangeOf = (name: string, word: ShellWord, subject: Subject): Range => {
  const { source } = subject.dockerfile;
  const match = new RegExp(`\\$(${name}\\b|\\{${name}\\})`).exec(word.raw);
  const start = source.offset(word.range.start) + (match?.index ?? 0);
  return source.range(start, start + (match?.[0].length ?? 0));
};

function* undeclared(goStep: GoStep, subject: Subject): Iterable<Finding> {
  const { source } = subject.dockerfile;
  const { command, run, shell } = goStep;
  const word = command.flags.findLast(({ name }) => name === 'ldflags')?.value;
  // A word of a nested script may have no place of its own.
  if (!word || !isInPlace(word, source)) return;
  for (const name of plainVariables(word)) {
    const declared = shell.get(name) === undefined ? declarationOf(name, subject) : undefined;
    if (!declared || mayBeAssigned(name, source.slice(run.range))) continue;
    yield {
      range: rangeOf(name, word, subject),
      message: message('{name} is empty here: its ARG does not reach this RUN.', { name }),
      related: [step(declared.nameRange, 'The build argument {name} is declared here.', { name })],
      fixes: [
        {
          title: `Declare ARG ${name} in this stage`,
          safe: false,
          edits: [insertInstructionsAbove(source, run.range, [`ARG ${name}`])],
        },
      ],
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const goStep of subject.trace.stages.flatMap(({ goSteps }) => goSteps)) yield* undeclared(goStep, subject);
}

export const declareBuildArg: Rule = {
  id: 'declare-build-arg',
  title: '-ldflags uses a build argument that the stage does not declare',
  severity: 'warning',
  concern: 'reproducible',
  why: `An ARG above the first FROM is only for FROM lines, and an ARG of one stage ends with it. In any other stage the
shell finds no such variable and puts nothing in its place: \`-X main.version=$VERSION\` links an empty version. The build
says nothing; the program does:

    version:

Docker's own check UndefinedVar does not look into RUN. A bare \`ARG VERSION\` in the stage takes over the value, also the
default from above the first FROM.`,
  silent: [
    'Variables that no ARG of the file names: they may be meant for the shell.',
    'Variables that ENV, the base image or the same RUN may set; base images nobody described.',
    'Uses with a default, such as `${VERSION:-dev}`, and other flags than -ldflags.',
  ],
  references: [
    'https://docs.docker.com/build/building/variables/#scoping',
    'https://docs.docker.com/reference/build-checks/undefined-var/',
  ],
  example: {
    bad: `ARG VERSION=dev
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags="-X main.version=$VERSION" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `ARG VERSION=dev
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG VERSION
RUN CGO_ENABLED=0 go build -ldflags="-X main.version=$VERSION" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { message, type Step, step } from '../known.ts';
import type { Finding, Fix, Rule, Severity, Subject } from '../rule.ts';
import { type Building, cgoOffFix, compilerEdits, goWords, mayFail, surelyLacksCompiler } from '../trace/cgo.ts';
import { type CgoFlag, externalLinkFlag, sanitizerFlag } from '../trace/cgo-flags.ts';
import type { GoBinary, StageTrace } from '../trace/model.ts';
import { rootFrom } from '../trace/questions.ts';

interface Problem {
  readonly template: string;
  readonly severity: Severity;
}

const problemOf = ({ cgo, stop, stubs, leftEmpty }: GoBinary): Problem | undefined => {
  if (stop === 'compiler' && cgo === 'on') {
    const template =
      'cgo is on, and {image} has no C compiler: go build stops with "executable file not found in $PATH".';
    return { template, severity: 'error' };
  }
  if (cgo !== 'off-without-compiler') return undefined;
  if (stop === 'code') {
    const words = leftEmpty ? ' with "build constraints exclude all Go files"' : '';
    return { template: `{name} is C code, and {image} has no C compiler: go build stops${words}.`, severity: 'error' };
  }
  if (stop !== undefined || stubs.length === 0) return undefined;
  const template = '{name} is C code; without a C compiler in {image} it is a stub that fails at its first use.';
  return { template, severity: 'warning' };
};

const installing = (binary: Building, stage: StageTrace, subject: Subject): readonly Fix[] => {
  const edits = compilerEdits(binary, stage, subject);
  return edits ? [{ title: 'Install a C compiler and the headers of musl', safe: false, edits }] : [];
};

const imageOf = ({ rootImage }: StageTrace): string => rootImage?.ref.raw ?? '';

const lacking = (stage: StageTrace): Step =>
  step(rootFrom(stage).stage.from.range, '{image} has no C compiler.', { image: imageOf(stage) });

const ofCode = (binary: GoBinary, stage: StageTrace, subject: Subject): Finding | undefined => {
  const problem = problemOf(binary);
  if (!problem) return undefined;
  const chain = binary.cChain ?? [];
  const { range } = binary.command.command;
  const imports = step(range, 'Its imports lead there: {chain}.', { chain: chain.join(' → ') });
  const off = binary.stop === 'compiler' ? cgoOffFix(binary, subject.dockerfile) : [];
  return {
    range: goWords(binary),
    message: message(problem.template, { image: imageOf(stage), name: chain.at(-1) ?? '' }),
    severity: problem.severity,
    related: [lacking(stage), ...(chain.length > 1 ? [imports] : [])],
    fixes: [...off, ...installing(binary, stage, subject)],
  };
};

/** A flag that needs cgo, which is off by itself. */
const ofFlag = (flag: CgoFlag, step: Building, stage: StageTrace, subject: Subject, safe: boolean): Finding => {
  const { name, words, removal } = flag;
  const { verb } = step.command;
  const template = '{name} needs cgo, and {image} has no C compiler: go {verb} stops with "{words}".';
  const without = removal ? [{ title: `Leave ${name} out`, safe, edits: [removal] }] : [];
  const install = installing(step, stage, subject);
  return {
    range: flag.range,
    message: message(template, { name, image: imageOf(stage), verb, words }),
    severity: 'error',
    related: [lacking(stage)],
    fixes: safe ? [...without, ...install] : [...install, ...without],
  };
};

function* binaryFindings(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const binary of stage.binaries) {
    if (binary.command.command.runs !== 'always' || mayFail(binary, subject.dockerfile)) continue;
    const flag = binary.cgo === 'off-without-compiler' ? externalLinkFlag(binary, subject.dockerfile) : undefined;
    const found = flag
      ? ofFlag(flag, binary, stage, subject, binary.needsCgo === 'no')
      : ofCode(binary, stage, subject);
    if (found) yield found;
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    if (!surelyLacksCompiler(stage)) continue;
    yield* binaryFindings(stage, subject);
    for (const goStep of stage.goSteps) {
      const flag = goStep.cgo === 'off-without-compiler' ? sanitizerFlag(goStep, subject.dockerfile) : undefined;
      if (!flag || goStep.runs !== 'always' || mayFail(goStep, subject.dockerfile)) continue;
      yield ofFlag(flag, goStep, stage, subject, goStep.command.verb !== 'test');
    }
  }
}

export const requireCCompiler: Rule = {
  id: 'require-c-compiler',
  title: 'cgo without a C compiler',
  severity: 'error',
  concern: 'starts',
  why: `The Alpine variants of the golang image have no C compiler. With \`CGO_ENABLED=1\` every program that reaches
\`net\`, \`os/user\` or C code then fails to build:

    cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH

Where CGO_ENABLED is not set, Go 1.20 and newer turn cgo off by themselves: a program that consists of C code fails with
\`build constraints exclude all Go files\`, and go-sqlite3 is built as a stub that fails when it opens a database, which is
reported as a warning. \`-race\` (of \`go test\` as well), \`-msan\`, \`-asan\` and \`-ldflags '-linkmode external'\` then
stop whatever they are to build:

    go: -race requires cgo; enable cgo by setting CGO_ENABLED=1
    -linkmode requires external (cgo) linking, but cgo is not enabled

A program that needs C wants \`RUN apk add --no-cache gcc musl-dev\` above the build, and a runtime image with musl. All
others are built with \`CGO_ENABLED=0\`.`,
  silent: [
    'Debian variants, which have gcc, and other images than golang.',
    'Stages with packages that may bring a compiler, with scripts, or with programs copied into them.',
    'Stubs in packages of which the program only has constants and types without methods.',
    'A CC of your own, cross builds, and builds that may fail (`|| …`).',
  ],
  references: [
    'https://go.dev/doc/go1.20#cgo',
    'https://github.com/docker-library/docs/tree/master/golang#golangversion-alpine',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\t_ = http.ListenAndServe(":8080", http.NotFoundHandler())\n}\n',
    },
    bad: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -o /app .

FROM alpine:3.24
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM alpine:3.24
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

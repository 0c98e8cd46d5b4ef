import { replace } from '../edits.ts';
import { cgoModuleOf } from '../go/known-modules.ts';
import { message, type Step, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { compilerEdits, goWords, mayFail, settingOf } from '../trace/cgo.ts';
import { externalLinkFlag } from '../trace/cgo-flags.ts';
import type { GoBinary, StageTrace } from '../trace/model.ts';

const fixOf = (binary: GoBinary, stage: StageTrace, subject: Subject): readonly Fix[] => {
  const set = settingOf(binary, subject.dockerfile, 'CGO_ENABLED', '0');
  const compiler = stage.cCompiler === 'no' ? compilerEdits(binary, stage, subject) : [];
  if (!set || !compiler) return [];
  const title = compiler.length > 0 ? 'Build with CGO_ENABLED=1 and a C compiler' : 'Build with CGO_ENABLED=1';
  return [{ title, safe: false, edits: [replace(set.range, '1'), ...compiler] }];
};

const relatedTo = (binary: GoBinary): readonly Step[] => {
  const { range } = binary.command.command;
  const chain = binary.cChain ?? [];
  const alternative = cgoModuleOf(chain.at(-1) ?? '')?.alternative;
  return [
    ...(chain.length > 1 ? [step(range, 'Its imports lead there: {chain}.', { chain: chain.join(' → ') })] : []),
    ...(alternative ? [step(range, '{alternative} does the same in Go alone.', { alternative })] : []),
  ];
};

/** What becomes of C code where cgo is switched off. */
const ofCode = (binary: GoBinary, stage: StageTrace, subject: Subject): Finding | undefined => {
  const name = binary.cChain?.at(-1);
  const stops = binary.stop === 'code';
  if (name === undefined || (!stops && binary.stubs.length === 0)) return undefined;
  if (binary.stop !== undefined && !stops) return undefined;
  const words = 'build constraints exclude all Go files';
  return {
    range: settingOf(binary, subject.dockerfile, 'CGO_ENABLED', '0')?.range ?? goWords(binary),
    message: stops
      ? binary.leftEmpty
        ? message('{name} is C code, which CGO_ENABLED=0 leaves out: go build stops with "{words}".', { name, words })
        : message('{name} is C code, which CGO_ENABLED=0 leaves out: go build stops.', { name })
      : message('{name} is C code, and with CGO_ENABLED=0 only a stub that fails at its first use.', { name }),
    severity: stops ? 'error' : 'warning',
    related: relatedTo(binary),
    fixes: fixOf(binary, stage, subject),
  };
};

/** The external linker is called by cgo alone. Without it the program is static anyway, unless it needs C code. */
const ofLinker = (binary: GoBinary, stage: StageTrace, subject: Subject): Finding | undefined => {
  const flag = externalLinkFlag(binary, subject.dockerfile);
  if (!flag) return undefined;
  const { name, words, removal } = flag;
  const template = '{name} needs cgo, which CGO_ENABLED=0 turns off: go build stops with "{words}".';
  const without: readonly Fix[] = removal
    ? [{ title: `Leave ${name} out`, safe: binary.needsCgo === 'no', edits: [removal] }]
    : [];
  const withCgo = fixOf(binary, stage, subject);
  return {
    range: flag.range,
    message: message(template, { name, words }),
    severity: 'error',
    related: binary.linkage.because,
    fixes: binary.needsCgo === 'no' ? [...without, ...withCgo] : [...withCgo, ...without],
  };
};

const findingOf = (binary: GoBinary, stage: StageTrace, subject: Subject): Finding | undefined =>
  binary.cgo === 'set-off' ? (ofLinker(binary, stage, subject) ?? ofCode(binary, stage, subject)) : undefined;

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<string>();
  for (const stage of subject.trace.stages) {
    for (const binary of stage.binaries) {
      if (binary.command.command.runs !== 'always' || mayFail(binary, subject.dockerfile)) continue;
      const found = findingOf(binary, stage, subject);
      const key = found && JSON.stringify([found.range, found.message]);
      if (!found || !key || seen.has(key)) continue;
      seen.add(key);
      yield found;
    }
  }
}

export const requireCgo: Rule = {
  id: 'require-cgo',
  title: 'CGO_ENABLED=0 for a build that needs cgo',
  severity: 'error',
  concern: 'starts',
  why: `Some Go modules are a thin layer over C code. With \`CGO_ENABLED=0\` the go command leaves out every file that
imports "C". Mostly go build then stops:

    build constraints exclude all Go files in …
    undefined: kafka.NewProducer

go-sqlite3 is worse: it builds, and the program fails when it opens its database. That is a warning, as a program may
import the driver without using it:

    Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub

With \`-ldflags '-linkmode external'\` every program needs cgo, as only cgo calls the external linker. From Go 1.22 on:

    -linkmode requires external (cgo) linking, but cgo is not enabled

A program without C code is static with \`CGO_ENABLED=0\` alone. For one with C code, either build with \`CGO_ENABLED=1\`, a C compiler, and a runtime image that has the libc of the build stage, or use a
module that does the same in Go alone, such as \`modernc.org/sqlite\`.`,
  silent: [
    'Modules in go.mod that the built program does not import, also through `//go:build !cgo`.',
    'Modules that go.mod replaces, and imports that cannot be read and are in no table.',
    'Builds that may fail (`|| …`), and builds in a branch of a script.',
    'Stubs in packages of which the program only has constants and types without methods.',
    '`-linkmode external` before Go 1.22.',
  ],
  references: ['https://pkg.go.dev/cmd/cgo', 'https://github.com/mattn/go-sqlite3#installation'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
      'go.sum': 'github.com/mattn/go-sqlite3 v1.14.32 h1:AAAA=\n',
      'main.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/base-debian13:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=1 go build -o /app .

FROM gcr.io/distroless/base-debian13:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { removeWord } from '../edits.ts';
import type { GoFlag } from '../go/model.ts';
import { message, type Step, step, stepsOf, unknown } from '../known.ts';
import type { Finding, Rule, Severity, Subject } from '../rule.ts';
import { dynamicFlag, libcOf, mayFail } from '../trace/cgo.ts';
import { sanitizerFlag } from '../trace/cgo-flags.ts';
import type { GoStep } from '../trace/model.ts';
import { loaderOf, rootFrom, type ShippedBinary, shippedBinaries } from '../trace/questions.ts';

interface Problem {
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly related: readonly Step[];
}

const finding = (flag: GoFlag, problem: Problem, { dockerfile }: Subject): Finding => {
  const text = dockerfile.source.slice(flag.range);
  return {
    range: flag.range,
    message: message(problem.template, { ...problem.values, flag: text }),
    severity: problem.severity,
    related: problem.related,
    fixes: [
      {
        title: `Build without ${text}`,
        safe: problem.severity === 'error',
        edits: [removeWord(dockerfile.source, flag.range)],
      },
    ],
  };
};

/** What a flag does to an image that gets the binary. */
const inImage = ({ binary, shipped }: ShippedBinary, flag: GoFlag): Problem | undefined => {
  const loader = loaderOf(shipped);
  const libc = libcOf(binary) ?? '';
  const image = shipped.rootImage?.ref.raw ?? '';
  const related = [
    ...binary.linkage.because,
    step(rootFrom(shipped).stage.from.range, 'It is copied to {image}.', { image }),
  ];
  if (loader !== 'unknown' && loader !== libc) {
    const template =
      '{flag} makes the program ask for the loader of {libc}, which {image} does not have: it will not start.';
    return { template, values: { libc, image }, severity: 'error', related };
  }
  if (flag.name !== 'race') return undefined;
  const template = '{flag} leaves the race detector in the program that {image} ships.';
  return { template, values: { image }, severity: 'warning', related };
};

/** -race where cgo is switched off; taking it from a test makes another test of it. */
const withoutCgo = (goStep: GoStep, { dockerfile }: Subject): Finding | undefined => {
  const flag = sanitizerFlag(goStep, dockerfile);
  if (!flag?.removal || goStep.cgo !== 'set-off' || goStep.runs !== 'always' || mayFail(goStep, dockerfile))
    return undefined;
  const { verb } = goStep.command;
  const { name, words } = flag;
  const template = '{name} needs cgo, which CGO_ENABLED=0 turns off: go {verb} stops with "{words}".';
  return {
    range: flag.range,
    message: message(template, { name, verb, words }),
    severity: 'error',
    related: stepsOf(goStep.env.get('CGO_ENABLED') ?? unknown),
    fixes: [{ title: `Leave ${name} out`, safe: verb !== 'test', edits: [flag.removal] }],
  };
};

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<GoFlag>();
  for (const found of shippedBinaries(subject.trace)) {
    const flag = dynamicFlag(found.binary);
    const problem = flag && inImage(found, flag);
    if (!flag || !problem || seen.has(flag)) continue;
    seen.add(flag);
    yield finding(flag, problem, subject);
  }
  for (const goStep of subject.trace.stages.flatMap(({ goSteps }) => goSteps)) {
    const found = withoutCgo(goStep, subject);
    if (found) yield found;
  }
}

export const noDynamicBuildMode: Rule = {
  id: 'no-dynamic-build-mode',
  title: 'A build flag that makes the program dynamic, or keeps the race detector in it',
  severity: 'error',
  concern: 'starts',
  why: `\`-buildmode=pie\` makes a binary that asks for a loader, even with \`CGO_ENABLED=0\`; \`-race\`, \`-msan\` and
\`-asan\` link it to libc. In \`scratch\`, in \`distroless/static\` and on another libc it does not start:

    exec /app: no such file or directory

With \`CGO_ENABLED=0\` none of the three builds at all, a test (\`go test -race\`) as little as a program:

    go: -race requires cgo; enable cgo by setting CGO_ENABLED=1

Where it does start, a program with the race detector needs five to ten times the memory and runs two to twenty times
slower. That is a warning; switch it off for an image that is made to look for races.`,
  silent: [
    'Position-independent programs in an image with the libc they were linked to.',
    'Programs that an external linker links statically, tests with cgo, and stages named test, debug and the like.',
    'The flag without a C compiler in the image: `require-c-compiler` speaks of that.',
    'Flags from GOFLAGS or from variables.',
  ],
  references: ['https://go.dev/doc/articles/race_detector', 'https://pkg.go.dev/cmd/go#hdr-Build_modes'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -buildmode=pie -o /app .

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
  },
  check,
};

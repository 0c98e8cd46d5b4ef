import { replace } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { BuildOutput, BuildPackage } from '../trace/go-step.ts';
import { mainOperands, nameOperand } from '../trace/mains.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { below } from '../trace/paths.ts';

const fixesFor = (
  goStep: GoStep,
  output: BuildOutput,
  packages: readonly BuildPackage[],
  stage: StageTrace,
  { project }: Subject,
): readonly Fix[] => {
  const [first] = packages;
  const word = output.flag.value;
  const onePattern = goStep.command.operands.length === 1 && /\.\.\.["']?$/.test(first?.word?.raw ?? '');
  const from = goStep.workdir.known ? goStep.workdir.value : '/';
  const mains = onePattern
    ? mainOperands(goStep, stage, project).filter(({ folder }) => below(from, folder) !== undefined)
    : [];
  const only = mains.length === 1;
  const name = mains.slice(0, 5).map(({ operand }) => ({
    title: `Build only ${operand}`,
    safe: only,
    edits: first ? [nameOperand(goStep, first, operand)] : [],
  }));
  if (!word || /["'$]/.test(word.raw) || !packages.some(({ kind }) => kind === 'main')) return name;
  const { end } = word.range;
  const fill = {
    title: `Build into the folder ${output.path}`,
    safe: false,
    edits: [replace({ start: end, end }, '/')],
  };
  return [...name, fill];
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const goStep of stage.goSteps) {
    const { output, packages } = goStep;
    if (output?.isFolder !== 'no' || goStep.runs !== 'always') continue;
    const sure = packages?.filter(({ kind }) => kind === 'main' || kind === 'library') ?? [];
    const folders = [...new Set(sure.map(({ folder }) => folder))];
    const [one, other] = folders;
    if (!packages || one === undefined || other === undefined) continue;
    yield {
      range: output.flag.range,
      message: message(
        'These are several packages ({one}, {other} …), and {path} is no folder: the build stops here.',
        {
          one,
          other,
          path: output.path,
        },
      ),
      related: sure.slice(0, 1).flatMap(({ word }) => (word ? [step(word.range, 'This names the packages.')] : [])),
      fixes: fixesFor(goStep, output, packages, stage, subject),
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const buildIntoDirectory: Rule = {
  id: 'build-into-directory',
  title: 'go build -o names a file for several packages',
  severity: 'error',
  concern: 'starts',
  why: `\`go build -o app ./...\` works as long as the module has a single package. With a second one, also a library, the
build stops, and nothing is written:

    go: cannot write multiple packages to non-directory /src/app

Name the program's package, or end the path with a slash: then go makes the folder and puts every program into it.`,
  silent: [
    'Paths that end in a slash, or at which a folder lies.',
    'Packages that only some build tags or systems have.',
    'Projects that cannot be read.',
  ],
  references: ['https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'cmd/app/main.go': 'package main\n\nimport _ "example.com/app/shop"\n\nfunc main() {}\n',
      'shop/shop.go': 'package shop\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./...

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./cmd/app

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { BuildPackage } from '../trace/go-step.ts';
import { mainOperands, nameOperand } from '../trace/mains.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';

const fixesFor = (goStep: GoStep, found: BuildPackage, stage: StageTrace, { project }: Subject): readonly Fix[] => {
  const mains = mainOperands(goStep, stage, project);
  return mains.slice(0, 5).map(({ operand }) => ({
    title: `Build ${operand}`,
    safe: mains.length === 1,
    edits: [nameOperand(goStep, found, operand)],
  }));
};

const sentence = ({ output }: GoStep, { kind }: BuildPackage): string | undefined => {
  if (kind === 'empty') return 'No Go file lies in {folder}: the build stops here.';
  if (kind !== 'library' || !output) return undefined;
  return output.isFolder === 'yes'
    ? '{folder} is no program, as no file of it is of package main: the build stops here.'
    : '{folder} is no program, as no file of it is of package main: {path} will be an archive that cannot be started.';
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const goStep of stage.goSteps) {
    const [found, ...others] = goStep.packages ?? [];
    if (!found || others.length > 0 || goStep.runs !== 'always' || /\.\.\./.test(found.word?.raw ?? '')) continue;
    const template = sentence(goStep, found);
    if (template === undefined) continue;
    yield {
      range: found.word?.range ?? goStep.command.command.range,
      message: message(template, { folder: found.folder, path: goStep.output?.path ?? '' }),
      fixes: fixesFor(goStep, found, stage, subject),
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const buildMainPackage: Rule = {
  id: 'build-main-package',
  title: 'The package that is built is no program',
  severity: 'error',
  concern: 'starts',
  why: `\`go build -o app ./shop\` of a package that is not \`main\` ends well and writes an archive of object code, which
nobody can execute. Only the container tells:

    exec: "/app": permission denied: unknown

In a folder without Go files, which is what the root of many projects is, the build itself stops:

    no Go files in /src

With \`-o\` and a folder it says \`go: no main packages to build\`.`,
  silent: [
    'Builds without -o, which only compile the package.',
    '`-buildmode`, `-o /dev/null`, and patterns such as `./...`.',
    'Folders in which something unknown may have written Go files, or from which .dockerignore took them.',
  ],
  references: [
    'https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies',
    'https://go.dev/ref/spec#Program_execution',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'cmd/app/main.go': 'package main\n\nimport _ "example.com/app/shop"\n\nfunc main() {}\n',
      'shop/shop.go': 'package shop\n',
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
RUN CGO_ENABLED=0 go build -o /app ./cmd/app

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { replace } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { BuildPackage } from '../trace/go-step.ts';
import { mainOperands, nameOperand } from '../trace/mains.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { basename } from '../trace/paths.ts';

const fixesFor = (goStep: GoStep, found: BuildPackage, stage: StageTrace, { project }: Subject): readonly Fix[] => {
  if (found.kind === 'bare') {
    const at = found.word?.range.start;
    return at
      ? [{ title: 'Put ./ before the folder', safe: true, edits: [replace({ start: at, end: at }, './')] }]
      : [];
  }
  // A package does not go with files beside it.
  if (found.kind === 'no-file' && goStep.command.operands.length > 1) return [];
  const mains = mainOperands(goStep, stage, project);
  const isSame = ({ folder }: { readonly folder: string }): boolean => basename(folder) === basename(found.folder);
  const sorted = [...mains.filter(isSame), ...mains.filter((main) => !isSame(main))];
  return sorted.slice(0, 5).map(({ operand }) => ({
    title: `Build ${operand}`,
    safe: mains.length === 1,
    edits: [nameOperand(goStep, found, operand)],
  }));
};

const sentences: Readonly<Partial<Record<BuildPackage['kind'], string>>> = {
  bare: 'Without ./ go looks for {written} in the standard library, not in {folder}: the build stops here.',
  missing: 'There is no folder {folder} in the stage: the build stops here.',
  'no-file': 'There is no file {folder} in the stage: the build stops here.',
  outside: '{folder} lies outside of the module: the build stops here.',
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const goStep of stage.goSteps) {
    if (goStep.runs !== 'always') continue;
    for (const found of goStep.packages ?? []) {
      const sentence = sentences[found.kind];
      if (!found.word || !sentence) continue;
      yield {
        range: found.word.range,
        message: message(sentence, { folder: found.folder, written: found.word.raw }),
        fixes: fixesFor(goStep, found, stage, subject),
      };
    }
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const buildExistingPackage: Rule = {
  id: 'build-existing-package',
  title: 'The package that is built does not exist',
  severity: 'error',
  concern: 'starts',
  why: `A package that go build names has to lie where the sources were copied to. A wrong or outdated path ends the build:

    stat /src/cmd/api: directory not found

The same holds for a Go file that is named:

    no required module provides package main.go

A path without \`./\` is a package of the standard library for go:

    package cmd/api is not in std (/usr/local/go/src/cmd/api)

And a folder that is a part of no module that the build knows:

    directory /tools outside main module or its selected dependencies`,
  silent: [
    'Folders that a script, go generate or another unknown command may have made.',
    'Import paths that a required module may provide, and names of standard packages.',
    'Folders outside of the module where there is a go.work, and those of required modules.',
    'Operands with variables whose values are not known.',
  ],
  references: ['https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'cmd/server/main.go': 'package main\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./cmd/api

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./cmd/server

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { insertInstructionsAbove } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { below } from '../trace/paths.ts';
import { withAncestors } from '../trace/questions.ts';

const isUnder = (gopath: string, path: string): boolean =>
  below(gopath, path) !== undefined && !/^\/(bin|pkg|src)(\/|$)/.test(path.slice(gopath.length));

/** Whether another stage or the image's own start names what would no longer lie below GOPATH. */
const isNamed = (stage: StageTrace, gopath: string, { trace }: Subject): boolean =>
  trace.stages.some((other) => {
    const copied = other.copies.some(
      ({ from, sources }) =>
        from &&
        from !== 'unknown' &&
        withAncestors(from).includes(stage) &&
        sources.some((source) => !source.known || isUnder(gopath, source.value)),
    );
    const program = withAncestors(other).includes(stage) ? other.start?.words?.[0] : undefined;
    return copied || (program !== undefined && isUnder(gopath, program));
  });

const fixesFor = (goStep: GoStep, stage: StageTrace, gopath: string, subject: Subject): readonly Fix[] => {
  const isHere = (copy: StageTrace['copies'][number]): boolean =>
    copy.from === undefined &&
    copy.workdir.known &&
    copy.workdir.value === gopath &&
    !copy.instruction.destination?.raw.startsWith('/');
  const first = stage.copies.find(isHere);
  const brought = first && first.instruction.range.start.line < goStep.run.range.start.line;
  if (!brought && goStep.run.mounts.length === 0) return [];
  const { source } = subject.dockerfile;
  const at = brought ? first.instruction.range : goStep.run.range;
  const fails = (goStep.toolchain?.minor ?? 99) < 22;
  const edits = [insertInstructionsAbove(source, at, ['WORKDIR /src'])];
  return [{ title: 'Work in /src', safe: fails && !isNamed(stage, gopath, subject), edits }];
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const goStep of stage.goSteps) {
    const path = goStep.env.get('GOPATH');
    const gopath = path?.known ? path.value.split(':')[0] : undefined;
    if (gopath === undefined || goStep.moduleRoot !== gopath || goStep.env.get('GO111MODULE')) continue;
    const fails = goStep.toolchain !== undefined && goStep.toolchain.minor < 22;
    const values = { folder: gopath, version: `1.${goStep.toolchain?.minor}` };
    yield {
      range: goStep.command.command.range,
      message: fails
        ? message('go.mod lies in {folder}, which is GOPATH: Go {version} stops here.', values)
        : message(
            'go.mod lies in {folder}, which is GOPATH, among the modules and programs that go puts there.',
            values,
          ),
      severity: fails ? 'error' : 'information',
      fixes: fixesFor(goStep, stage, gopath, subject),
    };
    return;
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const setWorkdir: Rule = {
  id: 'set-workdir',
  title: 'The module is copied to GOPATH, where the golang image starts',
  severity: 'error',
  concern: 'starts',
  why: `The golang images start in \`/go\`, and that folder is GOPATH. Without a WORKDIR of one's own, \`COPY . .\` puts
go.mod there. Up to Go 1.21, every go command then stops:

    $GOPATH/go.mod exists but should not

Since Go 1.22 it works, with \`go: warning: ignoring go.mod in $GOPATH /go\`, and the sources are mixed with \`/go/pkg\`
and \`/go/bin\`: an information.`,
  silent: [
    'A GOPATH that is not known, or lies elsewhere.',
    'GO111MODULE, where it is set.',
    'Folders below GOPATH such as /go/src/app.',
  ],
  references: ['https://go.dev/ref/mod#environment-variables', 'https://docs.docker.com/reference/dockerfile/#workdir'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.21\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.21 AS build
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.21 AS build
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

import type { Form, Instruction } from '../dockerfile/model.ts';
import { message, step, type Tri } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { isArguments, isOverridden, toExec } from '../trace/exec-form.ts';
import type { StageTrace } from '../trace/model.ts';
import { basename } from '../trace/paths.ts';
import { rootFrom, shownImage } from '../trace/questions.ts';

const formOf = (instruction: Instruction): Form | undefined => {
  const { keyword } = instruction;
  return keyword === 'RUN' || keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'HEALTHCHECK'
    ? instruction.form
    : undefined;
};

const needsShell = (form: Form): boolean =>
  form.kind === 'shell' || /^(sh|bash|ash|dash)$/.test(basename(form.words[0]?.raw ?? ''));

const shellFor = (instruction: Instruction, stage: StageTrace): Tri =>
  instruction.keyword === 'RUN' ? (stage.before(instruction)?.shell ?? 'unknown') : stage.shell;

const consequence = (instruction: Instruction): string => {
  if (instruction.keyword === 'RUN') return 'RUN starts a shell, and {image} has none: the build stops.';
  if (instruction.keyword === 'HEALTHCHECK')
    return 'HEALTHCHECK starts a shell, and {image} has none: it always fails.';
  return '{keyword} starts a shell, and {image} has none: the container does not start.';
};

function* check({ dockerfile, trace }: Subject): Iterable<Finding> {
  for (const stage of trace.stages) {
    if (stage.rootImage?.shell !== 'no') continue;
    for (const instruction of stage.stage.instructions) {
      const form = formOf(instruction);
      if (!form || instruction.onbuild || !needsShell(form)) continue;
      // What a stage for development starts is nobody's, but its build stops all the same.
      if (stage.role === 'development' && instruction.keyword !== 'RUN') continue;
      if (isArguments(instruction, stage) || isOverridden(instruction, stage)) continue;
      if (shellFor(instruction, stage) !== 'no') continue;
      const image = shownImage(stage);
      const edits = toExec(form, dockerfile);
      yield {
        range: form.range,
        message: message(consequence(instruction), { image, keyword: instruction.keyword }),
        related: [step(rootFrom(stage).stage.from.range, '{image} has no shell.', { image })],
        fixes: edits && instruction.keyword !== 'RUN' ? [{ title: 'Write it as a JSON array', safe: true, edits }] : [],
      };
    }
  }
}

export const noShellWithoutShell: Rule = {
  id: 'no-shell-without-shell',
  title: 'A shell-form instruction in an image without a shell',
  severity: 'error',
  concern: 'starts',
  why: `\`CMD /app\` is short for \`CMD ["/bin/sh", "-c", "/app"]\`. \`scratch\` and distroless images have no shell, so the
container ends with code 127 (and a RUN ends the build):

    exec: "/bin/sh": stat /bin/sh: no such file or directory

A JSON array starts the program itself. Then no variable is expanded: a program that needs one reads its environment.`,
  silent: [
    'Images with a shell, `:debug` tags of distroless, stages into which a shell may have been copied.',
    'A shell-form CMD beside an ENTRYPOINT: it is not started, only passed on.',
    'Instructions that a later one of the same kind replaces.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
    'https://github.com/GoogleContainerTools/distroless#entrypoints',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
CMD /app --verbose`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
CMD ["/app", "--verbose"]`,
  },
  check,
};

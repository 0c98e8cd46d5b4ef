import type { CommandInstruction, Dockerfile } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { wordText } from '../go/word-text.ts';
import { type Message, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Severity, Subject } from '../rule.ts';
import { isArguments, isOverridden, onlyCommand, toExec } from '../trace/exec-form.ts';
import type { StageTrace } from '../trace/model.ts';

const commandsOf = ({ stage }: StageTrace): readonly CommandInstruction[] =>
  stage.instructions.filter(
    (each): each is CommandInstruction => (each.keyword === 'CMD' || each.keyword === 'ENTRYPOINT') && !each.onbuild,
  );

/** Shells that replace themselves with the one command they are given: measured with busybox, and not with Debian's. */
const givesWay = ({ rootImage }: StageTrace): boolean => rootImage?.libc === 'musl' || rootImage?.family === 'busybox';

const say = (instruction: CommandInstruction, program: string, stage: StageTrace): Message => {
  const values = { keyword: instruction.keyword, program };
  if (isArguments(instruction, stage)) return message('ENTRYPOINT gets /bin/sh -c and the text of CMD as arguments.');
  return givesWay(stage)
    ? message('{keyword} starts a shell only to start {program}.', values)
    : message('{keyword} starts {program} through a shell, which passes no signal on: docker stop kills it.', values);
};

const severityFor = (stage: StageTrace): Severity => (givesWay(stage) ? 'hint' : 'warning');

const fixesOf = (instruction: CommandInstruction, stage: StageTrace, dockerfile: Dockerfile): readonly Fix[] => {
  const { form } = instruction;
  const edits = toExec(form, dockerfile);
  if (edits) return [{ title: 'Write it as a JSON array', safe: false, edits }];
  const first = onlyCommand(form, dockerfile)?.words[0];
  if (!first || isArguments(instruction, stage)) return [];
  const at = first.range.start;
  return [{ title: 'Let exec replace the shell', safe: false, edits: [replace({ start: at, end: at }, 'exec ')] }];
};

function* check({ dockerfile, trace }: Subject): Iterable<Finding> {
  for (const stage of trace.shipped) {
    // Without a shell it is an error of another rule, and SHELL says that one is wanted.
    if (stage.rootImage === undefined || stage.rootImage.shell !== 'yes') continue;
    if (stage.stage.instructions.some(({ keyword }) => keyword === 'SHELL')) continue;
    for (const instruction of commandsOf(stage)) {
      const { form } = instruction;
      const only = isOverridden(instruction, stage) ? undefined : onlyCommand(form, dockerfile);
      const program = only?.words[0] && wordText(only.words[0].raw);
      // What begins like an array is a broken one, which is told with the syntax.
      if (!program || program === 'exec' || program.startsWith('[')) continue;
      yield {
        range: form.range,
        message: say(instruction, program, stage),
        severity: severityFor(stage),
        related:
          stage.entrypoint && isArguments(instruction, stage)
            ? [step(stage.entrypoint.range, 'It is the program that is started.')]
            : [],
        fixes: fixesOf(instruction, stage, dockerfile),
      };
    }
  }
}

export const preferExecForm: Rule = {
  id: 'prefer-exec-form',
  title: 'A program is started through a shell',
  severity: 'warning',
  concern: 'safe',
  why: `\`CMD ./app\` is short for \`CMD ["/bin/sh", "-c", "./app"]\`. In an image of Debian or Ubuntu the shell stays the first
process of the container and the program is its child: \`docker stop\` tells the shell, which passes nothing on, and kills
both after ten seconds. The program gets no chance to finish what it does. (The shell of Alpine gives way to the program.)

A JSON array starts the program itself. It expands no variables: where they are needed, \`CMD exec ./app --port $PORT\`
lets the program take the place of the shell.`,
  silent: [
    'Images without a shell, of which `no-shell-without-shell` speaks, and images that nobody described.',
    'Scripts of several commands, with assignments or redirections; `exec`.',
    'Stages with a SHELL instruction, development stages, and instructions that a later one replaces.',
    'What looks like an array but is none: that is told with the syntax.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
    'https://docs.docker.com/reference/build-checks/json-args-recommended/',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:trixie-slim
COPY --from=build /app /app
USER 65532:65532
CMD /app --port 8080`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:trixie-slim
COPY --from=build /app /app
USER 65532:65532
CMD ["/app", "--port", "8080"]`,
  },
  check,
};

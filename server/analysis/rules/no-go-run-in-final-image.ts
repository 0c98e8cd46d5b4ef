import type { TextEdit } from 'vscode-languageserver-types';
import { insertInstructionsAbove, replace } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { StageTrace } from '../trace/model.ts';
import { basename } from '../trace/paths.ts';
import { withAncestors } from '../trace/questions.ts';
import { isForShow } from '../trace/roles.ts';

/** The words after `go run`, when that is what the image starts. */
const runWords = ({ start }: StageTrace): readonly string[] | undefined => {
  const [program = '', verb, ...rest] = start?.words ?? [];
  return basename(program) === 'go' && verb === 'run' ? rest : undefined;
};

const hasSources = (stage: StageTrace): boolean =>
  withAncestors(stage).some(({ copies }) => copies.some(({ from }) => from === undefined));

const program = '/usr/local/bin/app';

/** Builds in the image what it would build at every start. */
const fixOf = (stage: StageTrace, words: readonly string[], { dockerfile }: Subject): readonly Fix[] => {
  const { start } = stage;
  const [target = '', ...args] = words;
  const files = words.filter((word) => word.endsWith('.go'));
  if (!start?.direct || !stage.stage.instructions.includes(start.instruction) || !/^[\w./-]+$/.test(target)) return [];
  if (target.startsWith('-') || files.length > 1) return [];
  const { instruction } = start;
  if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') return [];
  const list = [program, ...args].map((word) => JSON.stringify(word)).join(', ');
  const edits: TextEdit[] = [
    insertInstructionsAbove(dockerfile.source, instruction.range, [`RUN go build -o ${program} ${target}`]),
    replace(instruction.form.range, `[${list}]`),
  ];
  return [{ title: 'Build the program in the image', safe: false, edits }];
};

function* check(subject: Subject): Iterable<Finding> {
  const { trace, project } = subject;
  if (isForShow(project.context.dockerfile)) return;
  for (const stage of trace.shipped) {
    const words = runWords(stage);
    if (!words || !stage.start || !stage.rootImage?.go || !hasSources(stage)) continue;
    const { instruction } = stage.start;
    if (!stage.stage.instructions.includes(instruction)) continue;
    const form =
      instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT' ? instruction.form.range : undefined;
    yield {
      range: form ?? instruction.range,
      message: message('Every container compiles the program anew before it starts it.'),
      fixes: fixOf(stage, words, subject),
    };
  }
}

export const noGoRunInFinalImage: Rule = {
  id: 'no-go-run-in-final-image',
  title: 'The image starts its program with go run',
  severity: 'warning',
  concern: 'small',
  why: `\`go run\` compiles the program each time a container starts: that takes seconds to minutes, needs the module cache
or the network, writes to the build cache, and fails for a user who has none. \`go run\` also stands between the engine
and the program: the program is not process 1, and an exit code other than 0 becomes 1.

Build it in the image instead, or better in a stage of its own, and start the binary.

Switch it off for images that are meant for development; a stage named dev, or a file named Dockerfile.dev, is left
alone anyway.`,
  silent: [
    'Stages named dev, debug, test and the like, files such as `Dockerfile.dev` and `Dockerfile.ci`, and folders such as `test`, `examples` and `.devcontainer`.',
    'Images without sources in them, which are mounted when they run.',
    'Other tools that watch and rebuild, such as air, which nobody ships by mistake.',
  ],
  references: ['https://pkg.go.dev/cmd/go#hdr-Compile_and_run_Go_program'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26
WORKDIR /src
COPY . .
CMD ["go", "run", "."]`,
    good: `FROM golang:1.26
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/app .
CMD ["/usr/local/bin/app"]`,
  },
  check,
};

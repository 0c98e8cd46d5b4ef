import type { TextEdit } from 'vscode-languageserver-types';
import type { Instruction } from '../dockerfile/model.ts';
import { insertLinesBelow, removeLines } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { cgoOffFix } from '../trace/cgo.ts';
import type { GoBinary, StageTrace, Start } from '../trace/model.ts';
import { below } from '../trace/paths.ts';
import { shownImage, startedBinary } from '../trace/questions.ts';

/** Instructions that describe the running image and may simply stand below the new FROM. */
const describing = new Set(['EXPOSE', 'ENV', 'LABEL', 'STOPSIGNAL', 'ENTRYPOINT', 'CMD', 'USER', 'WORKDIR', 'VOLUME']);

/** Metadata that moves down when it stands above the build. */
const moving = new Set(['EXPOSE', 'LABEL', 'STOPSIGNAL', 'VOLUME']);

const isGoSetting = (instruction: Instruction): boolean =>
  instruction.keyword === 'ENV' && instruction.assignments.every(({ name }) => /^(GO|CGO_|CC$|CXX$|PATH$)/.test(name));

const isNumericUser = (instruction: Instruction): boolean =>
  instruction.keyword !== 'USER' || /^\d+(:\d+)?$/.test(instruction.words[0]?.raw ?? '');

/** The base that the binary needs, with the edits that make it fit. */
const runtimeBase = (
  binary: GoBinary,
  { dockerfile }: Subject,
): { image: string; edits: readonly TextEdit[] } | undefined => {
  const { verdict, likely } = binary.linkage;
  const staticBase = 'gcr.io/distroless/static-debian13:nonroot';
  if (verdict === 'static') return { image: staticBase, edits: [] };
  const [off] = cgoOffFix(binary, dockerfile);
  if (off && binary.needsCgo === 'no') return { image: staticBase, edits: off.edits };
  if (verdict === 'glibc' || likely === 'glibc') return { image: 'gcr.io/distroless/base-debian13:nonroot', edits: [] };
  return undefined;
};

const fixOf = (stage: StageTrace, start: Start, binary: GoBinary, subject: Subject): readonly Fix[] => {
  const { source } = subject.dockerfile;
  const { instructions, from } = stage.stage;
  const at = instructions.indexOf(binary.run);
  const after = instructions.slice(at + 1);
  const base = runtimeBase(binary, subject);
  const path = binary.path.known ? binary.path.value : '';
  if (!base || at < 0 || !from.image || !start.direct || below('/root', path) !== undefined) return [];
  if (!after.includes(start.instruction) || !after.every((one) => describing.has(one.keyword) && isNumericUser(one)))
    return [];
  const before = instructions.slice(0, at);
  const moved = before.filter(({ keyword }) => moving.has(keyword));
  const repeated = before.filter((one) => one.keyword === 'ENV' && !isGoSetting(one));
  const name = stage.stage.name ?? 'build';
  const relative = !start.words?.[0]?.startsWith('/') && stage.workdir.known ? [`WORKDIR ${stage.workdir.value}`] : [];
  const lines = [
    '',
    `FROM ${base.image}`,
    ...relative,
    `COPY --from=${name} ${path} ${path}`,
    ...[...moved, ...repeated].map(({ range }) => source.slice(range)),
  ];
  const alias = stage.stage.name
    ? []
    : [{ range: { start: from.image.range.end, end: from.image.range.end }, newText: ' AS build' }];
  const edits = [
    ...alias,
    ...base.edits,
    ...moved.map(({ range }) => removeLines(range)),
    insertLinesBelow(source, binary.run.range, lines),
  ];
  return [{ title: `Copy the binary to ${base.image}`, safe: false, edits }];
};

/** `go install tool@version`: one such as air compiles the sources that are mounted or copied. */
const isTool = ({ command }: GoBinary): boolean => command.operands.some(({ raw }) => raw.includes('@'));

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.shipped) {
    const { start } = stage;
    const binary = startedBinary(stage);
    if (stage.base.kind !== 'image' || !stage.rootImage?.go || !start || binary?.stage !== stage.stage.index) continue;
    if (isTool(binary)) continue;
    const image = shownImage(stage);
    yield {
      range: stage.stage.from.image?.range ?? stage.stage.from.range,
      message: message('The image ships {image} with its compiler and all sources, but runs only {path}.', {
        image,
        path: binary.path.known ? binary.path.value : '',
      }),
      related: [
        step(binary.command.command.range, 'The program is built here.'),
        step(start.instruction.range, 'This is all that runs.'),
      ],
      fixes: fixOf(stage, start, binary, subject),
    };
  }
}

export const preferMultiStage: Rule = {
  id: 'prefer-multi-stage',
  title: 'The image ships the Go toolchain beside the program',
  severity: 'warning',
  concern: 'small',
  why: `A Go program needs neither the compiler nor its sources to run. An image that starts its binary on the golang
image is some hundred megabytes larger than one that copies the binary to \`scratch\`, distroless or Alpine, takes
longer to pull, and gives an attacker a shell, a compiler and the source code.

The fix names the stage, adds a second one below the build, and copies the binary there. Files that the program opens
at run time (templates, migrations) have to be copied as well, which is why it is not applied by itself.`,
  silent: [
    'Stages named dev, debug, test and the like, and folders such as `test`, `e2e` and `.devcontainer`.',
    'Images that start a go command, a shell or a tool instead of a binary built in them.',
  ],
  references: ['https://docs.docker.com/build/building/multi-stage/'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { replace } from '../edits.ts';
import { message, stepsOf } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { goWords, settingOf } from '../trace/cgo.ts';
import type { GoBinary, StageTrace } from '../trace/model.ts';
import { rootFrom, startedBinary } from '../trace/questions.ts';

/** Systems whose programs Linux does not start; WebAssembly (js, wasip1) has run times of its own. */
const foreign = new Set([
  'windows',
  'darwin',
  'freebsd',
  'netbsd',
  'openbsd',
  'dragonfly',
  'plan9',
  'solaris',
  'illumos',
  'aix',
]);

/** A described image is a Linux one, unless its platform is asked for. */
const isLinux = (stage: StageTrace): boolean => {
  const { flags } = rootFrom(stage).stage.from;
  const platform = flags.find(({ name }) => name === 'platform');
  return stage.rootImage !== undefined && (!platform || /^["']?linux\//.test(platform.value?.raw ?? ''));
};

const hasOutput = ({ command }: GoBinary): boolean => command.flags.some(({ name }) => name === 'o');

function* check({ dockerfile, trace }: Subject): Iterable<Finding> {
  for (const stage of trace.started) {
    const binary = startedBinary(stage);
    if (!binary?.goos.known || !foreign.has(binary.goos.value) || !stage.start?.direct || !isLinux(stage)) continue;
    const goos = binary.goos.value;
    const set = settingOf(binary, dockerfile, 'GOOS', goos);
    const image = stage.rootImage?.ref.raw ?? '';
    const path = binary.path.known ? binary.path.value : (stage.start.words?.[0] ?? '');
    yield {
      range: set?.range ?? goWords(binary),
      message: message('{path} is built for {goos}, and {image} is a Linux image: it will not start.', {
        path,
        goos,
        image,
      }),
      related: [
        ...stepsOf(binary.goos),
        { range: stage.start.instruction.range, message: message('The container starts it here.') },
      ],
      // Without -o the file is named by its system: app.exe becomes app.
      fixes: set ? [{ title: 'Build for Linux', safe: hasOutput(binary), edits: [replace(set.range, 'linux')] }] : [],
    };
  }
}

export const matchTargetOs: Rule = {
  id: 'match-target-os',
  title: 'A program built for another system than the image',
  severity: 'error',
  concern: 'starts',
  why: `A container runs on the Linux kernel, whatever the machine of its developer is. A binary built with
\`GOOS=darwin\` or \`GOOS=windows\` is copied like any other file, and the container ends with code 1:

    exec /app: exec format error

In an image with a shell it may be the shell that says \`not found\` or \`syntax error\`. \`GOOS=linux\`, or no GOOS at all,
is what a Linux image needs.`,
  silent: [
    'Binaries for other systems that an image only carries, for download.',
    'GOOS from a build argument without a default, WebAssembly, images with `--platform` of another system.',
    'Windows images and images that are not known.',
  ],
  references: ['https://pkg.go.dev/cmd/go#hdr-Environment_variables', 'https://github.com/golang/go/issues/35702'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=darwin go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=linux go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

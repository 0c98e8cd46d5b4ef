import { type Hidden, hiddenBy } from '../ignore-lines.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { goWords, mayFail } from '../trace/cgo.ts';
import { copyBefore, copyFix } from '../trace/missing-edits.ts';
import type { MissingInput } from '../trace/missing-input.ts';
import type { GoBinary } from '../trace/model.ts';

/** What is before the first element with a wildcard: the file, or the folder in which the files lie. */
const fixedPart = (path: string): string => {
  const parts = path.split('/');
  const at = parts.findIndex((part) => /[*?[]/.test(part));
  return (at < 0 ? parts : parts.slice(0, at)).join('/');
};

/** The line that hides the whole of a pattern's files, with its fix where one exception brings them all back. */
const hiding = ({ source, files }: MissingInput, { project: { context } }: Subject): Hidden | undefined => {
  const [first = ''] = files;
  if (context.isIgnored(source)) return hiddenBy(context, source);
  return hiddenBy(context, first);
};

const copied = (input: MissingInput, binary: GoBinary, subject: Subject): readonly Fix[] => {
  const source = fixedPart(input.source);
  const lost = input.source.length - source.length;
  const place = input.place.slice(0, input.place.length - lost);
  const fix = source === '' || source.endsWith('/') ? undefined : copyFix(binary, [{ source, place }], subject);
  return fix ? [fix] : [];
};

const findingOf = (input: MissingInput, binary: GoBinary, subject: Subject): Finding => {
  const { context } = subject.project;
  const values = { file: input.askedBy, name: input.name, ignore: context.ignoreFile ?? '' };
  const range = goWords(binary);
  if (input.files.every((file) => context.isIgnored(file))) {
    const hidden = hiding(input, subject);
    const isWhole = context.isIgnored(input.source) || input.files.length === 1;
    return {
      range,
      message: message('{file} embeds {name}, which {ignore} hides: go build stops here.', values),
      ...(hidden && { elsewhere: hidden.elsewhere, fixes: isWhole ? [hidden.fix] : [] }),
    };
  }
  const copy = copyBefore(binary, subject);
  return {
    range,
    message: message('{file} embeds {name}, which no COPY brings: go build stops here.', values),
    related: copy ? [step(copy.instruction.range, 'This COPY brings the program without {name}.', values)] : [],
    fixes: copied(input, binary, subject),
  };
};

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<string>();
  for (const binary of subject.trace.stages.flatMap(({ binaries }) => binaries)) {
    if (binary.command.command.runs !== 'always' || mayFail(binary, subject.dockerfile)) continue;
    for (const input of binary.missing) {
      const key = `${input.askedBy} ${input.source} ${binary.stage}`;
      if (input.kind !== 'embed' || seen.has(key)) continue;
      seen.add(key);
      yield findingOf(input, binary, subject);
    }
  }
}

export const copyEmbeddedFiles: Rule = {
  id: 'copy-embedded-files',
  title: 'Files that the program embeds are not there when it is built',
  severity: 'error',
  concern: 'starts',
  why: `\`//go:embed\` puts files into the program while it is built. When .dockerignore hides them, or no COPY brings them,
go build stops:

    main.go:8:12: pattern bin/greeting.txt: no matching files found

A folder that is often ignored (\`bin\`, \`dist\`, \`docs\`, \`*.md\`) is easily embedded, too.`,
  silent: [
    'Patterns of which no file is in the repository: something makes them before the build.',
    'Patterns of which some files are there, and files that a command of the Dockerfile may have made.',
    'Embeds in packages that the program does not import, or that are not built for Linux with the given tags.',
  ],
  references: ['https://pkg.go.dev/embed', 'https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport _ "embed"\n\n//go:embed static/index.html\nvar index string\n\nfunc main() { print(index) }\n',
      'static/index.html': '<!doctype html>\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod main.go ./
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod main.go ./
COPY static ./static
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

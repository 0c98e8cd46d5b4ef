import type { TextEdit } from 'vscode-languageserver-types';
import { insertAt } from '../edits.ts';
import { flag } from '../go/command.ts';
import { isInPlace } from '../go/word-text.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { goWords, mayFail } from '../trace/cgo.ts';
import type { GoBinary } from '../trace/model.ts';
import { rootFrom, shownImage } from '../trace/questions.ts';

const isKafka = ({ cModules }: GoBinary): boolean =>
  cModules.some(({ path }) => /^(github|gopkg)\.(com|in)\/confluentinc\/confluent-kafka-go(\.v1)?$/.test(path));

const tagEdit = ({ command }: GoBinary, { dockerfile }: Subject): TextEdit | undefined => {
  const tags = flag(command, 'tags');
  if (!tags) return insertAt(command.verbRange.end, ' -tags musl');
  const { value } = tags;
  if (!value || !isInPlace(value, dockerfile.source)) return undefined;
  const { line, character } = value.range.end;
  const at = { line, character: character - (/^(["']).*\1$/.test(value.raw) ? 1 : 0) };
  return insertAt(at, value.raw.trim().includes(' ') ? ' musl' : ',musl');
};

const fixOf = (binary: GoBinary, subject: Subject): readonly Fix[] => {
  const edit = binary.run.form.kind === 'shell' ? tagEdit(binary, subject) : undefined;
  return edit ? [{ title: 'Build with -tags musl', safe: false, edits: [edit] }] : [];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    for (const binary of stage.binaries) {
      const { tags, cgo } = binary;
      if (stage.rootImage?.libc !== 'musl' || cgo !== 'on' || !tags || !isKafka(binary)) continue;
      if (tags.has('musl') || tags.has('dynamic') || mayFail(binary, subject.dockerfile)) continue;
      const image = shownImage(stage);
      yield {
        range: goWords(binary),
        message: message('confluent-kafka-go is linked to a librdkafka for glibc here, and {image} has musl.', {
          image,
        }),
        related: [step(rootFrom(stage).stage.from.range, '{image} has musl.', { image })],
        fixes: fixOf(binary, subject),
      };
    }
  }
}

export const requireMuslTag: Rule = {
  id: 'require-musl-tag',
  title: 'confluent-kafka-go on Alpine without the tag musl',
  severity: 'warning',
  concern: 'starts',
  why: `confluent-kafka-go brings librdkafka along, compiled: one file for glibc, and one for musl that the build tag \`musl\` chooses.
On Alpine without the tag the linker gets the one for glibc, and go build stops:

    librdkafka_glibc_linux_amd64.a(libcrypto-lib-async_posix.o): in function \`ASYNC_is_capable':
    (.text+0xb): undefined reference to \`getcontext'

Build with \`-tags musl\`, or with \`-tags dynamic\` and Alpine's
own \`librdkafka-dev\`.`,
  silent: [
    'Builds with the tags `musl` or `dynamic`, and builds whose tags a variable holds.',
    'Builds without cgo: `require-cgo` speaks of those.',
    'Programs that do not import the module, whatever go.mod requires.',
  ],
  references: [
    'https://github.com/confluentinc/confluent-kafka-go#getting-started',
    'https://github.com/confluentinc/confluent-kafka-go/issues/454',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/confluentinc/confluent-kafka-go/v2 v2.11.0\n',
      'go.sum': 'github.com/confluentinc/confluent-kafka-go/v2 v2.11.0 h1:AAAA=\n',
      'main.go': 'package main\n\nimport _ "github.com/confluentinc/confluent-kafka-go/v2/kafka"\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26-alpine AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -o /app .

FROM alpine:3.24
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-alpine AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -tags musl -o /app .

FROM alpine:3.24
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { insertInstructionsAbove, replace } from '../edits.ts';
import { withGoVariant } from '../images/golang.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { cgoOffFix, dynamicFlag, libcOf } from '../trace/cgo.ts';
import { isDecidedElsewhere, retag } from '../trace/images.ts';
import { loaderOf, rootFrom, type ShippedBinary, shippedBinaries, shownImage } from '../trace/questions.ts';

/** Builds on the libc it runs on: the Alpine variant of the same Go version, with the compiler that it lacks. */
const alpineBuilder = ({ binary }: ShippedBinary, { dockerfile, trace }: Subject): readonly Fix[] => {
  const stage = trace.stages[binary.stage];
  const image = stage && trace.images[rootFrom(stage).stage.index];
  const tag = image?.image?.go && withGoVariant(image.image.ref, 'alpine');
  const edits = tag && image ? retag(dockerfile, image, tag) : undefined;
  if (!edits) return [];
  const compiler = insertInstructionsAbove(dockerfile.source, binary.run.range, [
    'RUN apk add --no-cache gcc musl-dev',
  ]);
  return [{ title: `Build on golang:${tag}, with gcc and musl-dev`, safe: false, edits: [...edits, compiler] }];
};

const glibcBase = ({ shipped }: ShippedBinary, { trace }: Subject): readonly Fix[] => {
  const from = rootFrom(shipped).stage;
  if (!from.from.image || isDecidedElsewhere(trace.images[from.index]) || shipped.packages.size > 0) return [];
  const image = 'debian:trixie-slim';
  return [{ title: `Run on ${image}, which has glibc`, safe: false, edits: [replace(from.from.image.range, image)] }];
};

const finding = (found: ShippedBinary, libc: string, subject: Subject): Finding => {
  const { binary, word, shipped } = found;
  const proven = binary.linkage.verdict !== 'unknown';
  const path = binary.path.known ? binary.path.value : word.raw;
  const values = { path, libc, image: shownImage(shipped), other: shipped.libc };
  const template = proven
    ? '{path} is linked to {libc}, and {image} has {other}: it will not start.'
    : '{path} is probably linked to {libc}, and {image} has {other}: it would not start.';
  const onSameLibc = libc === 'glibc' ? [...alpineBuilder(found, subject), ...glibcBase(found, subject)] : [];
  return {
    range: word.range,
    message: message(template, values),
    severity: proven ? 'error' : 'warning',
    related: [...binary.linkage.because, step(rootFrom(shipped).stage.from.range, '{image} has {other}.', values)],
    fixes: [...cgoOffFix(binary, subject.dockerfile), ...onSameLibc],
  };
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of shippedBinaries(subject.trace)) {
    const libc = libcOf(found.binary);
    const loader = loaderOf(found.shipped);
    if (!libc || libc === loader || (loader !== 'glibc' && loader !== 'musl') || dynamicFlag(found.binary)) continue;
    yield finding(found, libc, subject);
  }
}

export const matchLibc: Rule = {
  id: 'match-libc',
  title: 'A Go binary linked to another libc than the image has',
  severity: 'error',
  concern: 'starts',
  why: `A program that reaches \`net\`, \`os/user\` or C code and is built on the Debian variant of the golang image is
linked to glibc. Alpine has musl, another libc with another loader, so the container does not start. From an exec-form
ENTRYPOINT it exits with code 1, from a shell with code 127:

    exec /app: no such file or directory
    sh: /app: not found

The other way round, a musl binary does not start on Debian. \`CGO_ENABLED=0\` makes a binary that runs on both; a
program that needs C code is built on the libc it runs on.`,
  silent: [
    'Static binaries, and binaries whose linkage is not known.',
    'Alpine images with `gcompat` or `libc6-compat`, and images into which a loader was copied.',
    'Stages that only make files for other stages.',
  ],
  references: ['https://wiki.alpinelinux.org/wiki/Running_glibc_programs', 'https://go.dev/doc/go1.20#cgo'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\t_ = http.ListenAndServe(":8080", http.NotFoundHandler())\n}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/app .

FROM alpine:3.24
COPY --from=build /out/app /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM alpine:3.24
COPY --from=build /out/app /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/app"]`,
  },
  check,
};

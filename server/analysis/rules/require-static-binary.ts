import { replace } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { cgoOffFix, dynamicFlag, libcOf } from '../trace/cgo.ts';
import { isDecidedElsewhere } from '../trace/images.ts';
import { loaderOf, rootFrom, type ShippedBinary, shippedBinaries, shownImage } from '../trace/questions.ts';

/** distroless/base has glibc and nothing else; there is no such small base with musl. */
const glibcBase = ({ binary, shipped }: ShippedBinary, { trace }: Subject): readonly Fix[] => {
  const from = rootFrom(shipped).stage;
  if (!from.from.image || libcOf(binary) !== 'glibc' || isDecidedElsewhere(trace.images[from.index])) return [];
  const tag = shipped.rootImage?.ref.tag === 'nonroot' ? 'nonroot' : 'latest';
  const image = `gcr.io/distroless/base-debian13:${tag}`;
  return [{ title: `Run on ${image}, which has glibc`, safe: false, edits: [replace(from.from.image.range, image)] }];
};

const finding = (found: ShippedBinary, libc: string, subject: Subject): Finding => {
  const { binary, word, shipped } = found;
  const proven = binary.linkage.verdict !== 'unknown';
  const image = shownImage(shipped);
  const template = proven
    ? '{path} is linked to {libc}, which {image} does not have: it will not start.'
    : '{path} is probably linked to {libc}, which {image} does not have: it would not start.';
  return {
    range: word.range,
    message: message(template, { path: binary.path.known ? binary.path.value : word.raw, libc, image }),
    severity: proven ? 'error' : 'warning',
    related: [...binary.linkage.because, step(rootFrom(shipped).stage.from.range, '{image} has no libc.', { image })],
    fixes: [...cgoOffFix(binary, subject.dockerfile), ...glibcBase(found, subject)],
  };
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of shippedBinaries(subject.trace)) {
    const libc = libcOf(found.binary);
    if (libc && loaderOf(found.shipped) === 'none' && !dynamicFlag(found.binary)) yield finding(found, libc, subject);
  }
}

export const requireStaticBinary: Rule = {
  id: 'require-static-binary',
  title: 'A dynamically linked Go binary in an image without libc',
  severity: 'error',
  concern: 'starts',
  why: `With a C compiler in the build stage, \`go build\` links every program that reaches \`net\`, \`os/user\` or C code
to the libc of that stage. \`scratch\` and \`distroless/static\` have neither that libc nor its loader. The build passes;
the container exits with code 1 and a message that names the binary although it is the loader that is missing:

    exec /app: no such file or directory

\`CGO_ENABLED=0\` makes the binary static. A program that needs C code (go-sqlite3, confluent-kafka-go …) needs a base
image with a libc instead, such as \`gcr.io/distroless/base-debian13\`.

It is a warning where the imports of the program cannot be read to the end.`,
  silent: [
    'Programs that are static anyway: `fmt` only, an Alpine builder without gcc (Go 1.20 or newer), `-tags netgo,osusergo`, an external static link.',
    'Binaries that are cross-compiled, as Go turns cgo off for them.',
    'Images into which a loader or a folder such as `/lib` was copied.',
    'Binaries built by scripts, make and the like.',
  ],
  references: [
    'https://pkg.go.dev/cmd/cgo',
    'https://go.dev/doc/go1.20#cgo',
    'https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\t_ = http.ListenAndServe(":8080", http.NotFoundHandler())\n}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod ./
COPY . .
RUN go build -o /out/app .

FROM scratch
COPY --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod ./
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM scratch
COPY --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

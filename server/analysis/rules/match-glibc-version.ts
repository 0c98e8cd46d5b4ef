import { replace } from '../edits.ts';
import { type Glibc, glibcOf, isNewerGlibc, surelyLacks } from '../images/glibc.ts';
import { withGoVariant } from '../images/golang.ts';
import { newestTag } from '../images/support.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { cgoOffFix } from '../trace/cgo.ts';
import { retag } from '../trace/images.ts';
import type { GoBinary, StageTrace } from '../trace/model.ts';
import {
  loaderOf,
  rootFrom,
  type ShippedBinary,
  shippedBinaries,
  shownImage,
  withAncestors,
} from '../trace/questions.ts';

/** Builds on the Debian release that the program runs on. */
const olderBuilder = (builder: StageTrace, { release }: Glibc, { dockerfile, trace }: Subject): readonly Fix[] => {
  const image = trace.images[rootFrom(builder).stage.index];
  const tag = image?.image?.go && withGoVariant(image.image.ref, release);
  const edits = tag && image ? retag(dockerfile, image, tag) : undefined;
  return edits ? [{ title: `Build on golang:${tag}`, safe: false, edits }] : [];
};

/** Runs on the release that the program is built on, where the newest one is that. */
const newerBase = (shipped: StageTrace, { release }: Glibc, { dockerfile, trace }: Subject): readonly Fix[] => {
  const image = trace.images[rootFrom(shipped).stage.index];
  const word = image?.stage.from.image;
  if (!image?.image || !word || image.isNamed || shipped.packages.size > 0) return [];
  if (image.image.family === 'debian') {
    const tag = newestTag(image.image);
    const edits = tag?.startsWith(release) ? retag(dockerfile, image, tag) : undefined;
    return edits ? [{ title: `Run on debian:${tag}`, safe: false, edits }] : [];
  }
  const newer = word.raw.replace(/-debian12(?=$|[:@])/, '-debian13').replace(/@.*$/, '');
  if (newer === word.raw || /[$"']/.test(word.raw) || release !== 'trixie') return [];
  return [{ title: `Run on ${newer}`, safe: false, edits: [replace(word.range, newer)] }];
};

/** Up to Go 1.19 the C code of net and os/user came compiled, on an old system; what has C code of its own was always linked here. */
const isCompiledHere = ({ linksC }: GoBinary, { rootImage }: StageTrace): boolean =>
  linksC === 'yes' || (rootImage?.family === 'golang' && (rootImage.go?.version?.minor ?? 20) >= 20);

/** Nothing may have brought another glibc than that of the image. */
const isAsShipped = (stage: StageTrace): boolean =>
  !stage.opaque && !withAncestors(stage).some((each) => each.written('/etc/apt'));

const templates = {
  sure: '{path} is linked to glibc {built} and asks for GLIBC_2.34, and {image} has {runs}: it will not start.',
  may: '{path} has C code built with glibc {built}, and {image} has {runs}: it may not start.',
} as const;

const finding = ({ binary, word, shipped }: ShippedBinary, subject: Subject): Finding | undefined => {
  const builder = subject.trace.stages[binary.stage];
  const built = builder?.rootImage && glibcOf(builder.rootImage);
  const runs = shipped.rootImage && glibcOf(shipped.rootImage);
  if (!builder || !built || !runs || !isNewerGlibc(built, runs)) return undefined;
  const sure = surelyLacks(built, runs) && isCompiledHere(binary, builder) && isAsShipped(shipped);
  if (!sure && binary.linksC !== 'yes') return undefined;
  const path = binary.path.known ? binary.path.value : word.raw;
  const values = {
    path,
    built: built.version,
    runs: runs.version,
    image: shownImage(shipped),
    from: shownImage(builder),
  };
  return {
    range: word.range,
    message: message(sure ? templates.sure : templates.may, values),
    severity: sure ? 'error' : 'warning',
    related: [
      step(rootFrom(builder).stage.from.range, '{from} has glibc {built}.', values),
      ...binary.linkage.because,
      step(rootFrom(shipped).stage.from.range, '{image} has glibc {runs}.', values),
    ],
    fixes: [
      ...(binary.linksC === 'no' ? cgoOffFix(binary, subject.dockerfile) : []),
      ...olderBuilder(builder, runs, subject),
      ...newerBase(shipped, built, subject),
    ],
  };
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of shippedBinaries(subject.trace)) {
    const { binary, shipped } = found;
    if (binary.linkage.verdict !== 'glibc' || loaderOf(shipped) !== 'glibc') continue;
    const problem = finding(found, subject);
    if (problem) yield problem;
  }
}

export const matchGlibcVersion: Rule = {
  id: 'match-glibc-version',
  title: 'A program is built with a newer glibc than the image has',
  severity: 'warning',
  concern: 'starts',
  why: `A program that is linked to glibc runs on the glibc it was built with, and on newer ones. On an older one it starts only
if it uses nothing that came later. C code often does without knowing: built with glibc 2.38 or newer, a call of \`strtol\` or
\`sscanf\` with \`_GNU_SOURCE\` becomes one of \`__isoc23_strtol\`, and the container ends with

    /app: /lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.38' not found (required by /app)

\`golang:1.26\` stands on Debian 13 (trixie, glibc 2.41); \`debian:bookworm-slim\` and \`gcr.io/distroless/base-debian12\` have 2.36.
Build on the release you run on: \`golang:1.26-bookworm\`, or move the last stage on.

Glibc 2.34 is a border for every dynamic program, also for one that only imports \`net\` or \`os/user\`: what is built with it or a
newer one (Debian 12, 13) asks for \`pthread_create@GLIBC_2.34\`, and on an older one (Debian 11, Ubuntu 20.04: 2.31) ends with

    /app: /lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.34' not found (required by /app)

There it is an error. Where the program works without C code, \`CGO_ENABLED=0\` ends the question.`,
  silent: [
    'Static programs.',
    'Programs that use no C but that of net and os/user, which need glibc 2.34 at most, on images that have it; up to Go 1.19 on all.',
    'Images whose Debian or Ubuntu release their tag does not tell.',
    'Images into which another libc was copied or installed.',
  ],
  references: [
    'https://github.com/docker-library/golang/issues/466',
    'https://github.com/golang/go/issues/60937',
    'https://github.com/GoogleContainerTools/distroless/issues/1342',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\n// #include <stdlib.h>\nimport "C"\n\nfunc main() { println(C.abs(-1)) }\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM gcr.io/distroless/base-debian12:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM gcr.io/distroless/base-debian12:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]`,
  },
  check,
};

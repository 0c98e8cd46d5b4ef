import { replace } from '../edits.ts';
import { currentDistroless } from '../images/end-of-life.ts';
import type { BaseImage } from '../images/model.ts';
import { suggestPinned } from '../images/pinned.ts';
import { knownValue, type Message, message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { retag } from '../trace/images.ts';
import type { ResolvedImage } from '../trace/model.ts';

/** The `go` line that the stage's commands need, for the version of a golang image. */
const goLine = ({ trace, project }: Subject, { stage }: ResolvedImage): string | undefined => {
  const steps = trace.stages[stage.index]?.goSteps ?? [];
  const module =
    steps.find((step) => step.module)?.module ?? (project.modules.length === 1 ? project.modules[0] : undefined);
  return module?.mod.go?.version;
};

/** `golang:alpine` and `golang:trixie` name a variant and no version: they are `latest` on another base. */
const namesNoVersion = ({ ref, family, go }: BaseImage): boolean =>
  ref.tag === undefined ||
  ref.tag === 'latest' ||
  (family === 'golang' &&
    go?.version === undefined &&
    !go?.stopped &&
    /^(alpine[\d.]*|trixie|bookworm|bullseye)$/.test(ref.tag));

const isDistroless = ({ family }: BaseImage): boolean => family.startsWith('distroless');

/** Distroless has these tags only, none by version; its Debian release is part of the name. */
const namesNoRelease = ({ ref }: BaseImage): boolean =>
  !/-debian\d+$/.test(ref.repository) && /^(latest|nonroot|debug|debug-nonroot)$/.test(ref.tag ?? 'latest');

const isFloating = (image: BaseImage): boolean => {
  if (image.ref.digest || image.family.startsWith('chainguard')) return false;
  return isDistroless(image) ? namesNoRelease(image) : namesNoVersion(image);
};

const distrolessFix = (resolved: ResolvedImage): readonly Fix[] => {
  const { image, range, reference } = resolved;
  if (!image || !isDistroless(image) || !range || resolved.stage.from.image?.raw !== knownValue(reference)) return [];
  const suffix = image.ref.tag === undefined ? '' : `:${image.ref.tag}`;
  const named = `${image.ref.raw.slice(0, image.ref.raw.length - suffix.length)}-debian${currentDistroless}${suffix}`;
  return [{ title: `Name the Debian release: ${named}`, safe: true, edits: [replace(range, named)] }];
};

const tagFix = (resolved: ResolvedImage, subject: Subject): readonly Fix[] => {
  const pinned = resolved.image && suggestPinned(resolved.image, goLine(subject, resolved));
  const edits = pinned && retag(subject.dockerfile, resolved, pinned.tag);
  if (!pinned || !edits || !resolved.image) return [];
  return [{ title: `Pin to ${resolved.image.ref.repository}:${pinned.tag}`, safe: pinned.sameToday, edits }];
};

const textOf = (image: BaseImage): Message =>
  isDistroless(image)
    ? message('{image} moves to the next Debian release by itself.', { image: image.ref.raw })
    : message('{image} means another image after every release.', { image: image.ref.raw });

function* check(subject: Subject): Iterable<Finding> {
  for (const resolved of subject.trace.images) {
    const { image, range } = resolved;
    if (!image || !range || image.family === 'scratch' || !isFloating(image)) continue;
    if (subject.trace.stages[resolved.stage.index]?.base.kind !== 'image') continue;
    yield {
      range,
      message: textOf(image),
      severity: isDistroless(image) ? 'information' : 'warning',
      fixes: [...distrolessFix(resolved), ...tagFix(resolved, subject)],
    };
  }
}

export const pinBaseImage: Rule = {
  id: 'pin-base-image',
  title: 'A base image without a tag, with latest, or distroless without its Debian release',
  severity: 'warning',
  concern: 'reproducible',
  why: `\`latest\` is whatever was released last. A build of the same commit changes its Go version, its Debian or Alpine
release and with them its libc from one day to the next; a cached layer keeps the old one, so that two machines build
different images.

The fix gives \`golang\` the version that go.mod asks for, as long as that version is still supported, and Alpine,
Debian or Ubuntu the release that is current today.

Distroless names its Debian release in the repository: \`static:nonroot\` and \`static\` were Debian 12 and are Debian 13
now. They change once in years, and a static program uses little of them: for them it is information, with or without a
tag. The fix names today's release and keeps the tag.`,
  silent: [
    'Images with a digest, and tags that name a version.',
    'Tags such as `golang:alpine3.13`: no new Go is published for that release, and they stay where they are.',
    'Distroless images that name their Debian release (`static-debian13:nonroot`): they have no tags by version. Other tags than latest, nonroot, debug and debug-nonroot.',
    'Images nobody described, as no tag of them is known to exist.',
  ],
  references: [
    'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
    'hadolint DL3006, DL3007',
  ],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n' },
    bad: `FROM golang:latest AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { replace } from '../edits.ts';
import { supportedMinors } from '../images/go-releases.ts';
import type { BaseImage } from '../images/model.ts';
import { dayOfTables, type Ended, endedSystem, newestTag, tablesHold } from '../images/support.ts';
import { tagsWithGo } from '../images/tags-with-go.ts';
import { type Message, message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { golangTagFix } from '../trace/golang-retag.ts';
import { retag } from '../trace/images.ts';
import type { ResolvedImage, StageTrace } from '../trace/model.ts';
import { rootFrom } from '../trace/questions.ts';

/** Packages were surely installed from the mirrors that the image names: nothing was written where they are named. */
const asksMirrors = (stage: StageTrace): boolean =>
  stage.packages.size > 0 && !stage.opaque && !stage.written('/etc/apt');

const fixesOf = (resolved: ResolvedImage, image: BaseImage, subject: Subject): readonly Fix[] => {
  const { range, stage } = resolved;
  const raw = stage.from.image?.raw ?? '';
  if (
    image.family.startsWith('distroless') &&
    range &&
    !resolved.isNamed &&
    /-debian\d+(:[\w.-]+)?(@\S+)?$/.test(raw)
  ) {
    const name = raw.replace(/-debian\d+/, '-debian13').replace(/@.*$/, '');
    return [{ title: `Use ${name}`, safe: false, edits: [replace(range, name)] }];
  }
  if (image.family === 'golang') {
    return golangTagFix(resolved, tagsWithGo(image.ref, `1.${supportedMinors[0]}`), subject, false);
  }
  const tag = newestTag(image);
  const edits = tag === undefined ? undefined : retag(subject.dockerfile, resolved, tag);
  return edits ? [{ title: `Use ${image.ref.repository}:${tag}`, safe: false, edits }] : [];
};

const textOf = ({ name, lastDay }: Ended, breaks: boolean): Message => {
  if (breaks) return message('{name} is archived: apt-get finds no packages, and the build stops.', { name });
  return lastDay === undefined
    ? message('{name} gets no security fixes any more.', { name })
    : message('{name} has had no security fixes since {lastDay}.', { name, lastDay });
};

function* check(subject: Subject): Iterable<Finding> {
  const { trace } = subject;
  const today = dayOfTables(subject.today);
  if (today === undefined) return;
  const shipped = new Set(trace.shipped.map(rootFrom));
  for (const resolved of trace.images) {
    const { image, range } = resolved;
    const stage = trace.stages[resolved.stage.index];
    if (!image || !range || stage?.base.kind !== 'image') continue;
    const ended = endedSystem(image, today);
    const breaks =
      ended?.archived === true && trace.stages.some((each) => rootFrom(each) === stage && asksMirrors(each));
    // An old system below an old Go is the business of no-eol-go, as long as it builds.
    if (!ended || (!breaks && (image.family === 'golang' || !shipped.has(stage)))) continue;
    yield {
      range,
      message: textOf(ended, breaks),
      severity: breaks ? 'error' : 'warning',
      fixes: tablesHold(subject.today) ? fixesOf(resolved, image, subject) : [],
    };
  }
}

export const noEolBaseImage: Rule = {
  id: 'no-eol-base-image',
  title: 'A Debian, Alpine or distroless release that nobody fixes any more',
  severity: 'warning',
  concern: 'safe',
  why: `The libc, certificates and tools of the image keep every hole that was found after the last day of support, and no
rebuild brings a fix.

Months after that day the release moves to archive.debian.org. From then on a build that installs packages stops, and
this is an error:

    E: The repository 'http://deb.debian.org/debian buster Release' does not have a Release file.`,
  silent: [
    'Stages that are not shipped, as long as they build; Ubuntu, whose support depends on a contract.',
    'As to the error: stages that write below /etc/apt, and commands that may do anything.',
    'Tags that name no release (`latest`, `edge`, `stable`), and everything once the tables are older than a year.',
  ],
  references: [
    'https://endoflife.date/debian',
    'https://github.com/Bisonai/orakl/issues/2546',
    'https://endoflife.date/alpine-linux',
    'https://github.com/GoogleContainerTools/distroless/blob/main/SUPPORT_POLICY.md',
  ],
  example: {
    bad: `FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:bullseye-slim
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:trixie-slim
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import type { Range } from 'vscode-languageserver-types';
import { formatGoVersion } from '../go/version.ts';
import { golangTagVerdict } from '../images/golang.ts';
import { parseImageRef } from '../images/ref.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { golangTagFix } from '../trace/golang-retag.ts';
import type { ResolvedImage } from '../trace/model.ts';

interface GoStage extends ResolvedImage {
  readonly range: Range;
  readonly minor: number;
  readonly version: string;
}

/** Stages of the golang image whose version is written out; a name with a number in it wants that version. */
const goStages = ({ trace }: Subject): readonly GoStage[] =>
  trace.images.flatMap((each) => {
    const version = each.image?.family === 'golang' ? each.image.go?.version : undefined;
    if (!version || !each.range || each.image?.ref.digest || /\d/.test(each.stage.name ?? '')) return [];
    return [{ ...each, range: each.range, minor: version.minor, version: formatGoVersion(version) }];
  });

/** The version of one tag written over that of another, where both stand in FROM itself and that tag may exist. */
const fixOf = (stage: GoStage, newest: GoStage, subject: Subject): readonly Fix[] => {
  const text = subject.dockerfile.source.slice(stage.range);
  const old = stage.image?.ref.tag ?? '';
  if (stage.tagFrom || newest.tagFrom || !old.startsWith(stage.version) || /[$@]/.test(text)) return [];
  const tag = `${newest.version}${old.slice(stage.version.length)}`;
  const ref = parseImageRef(`golang:${tag}`);
  if (!ref || golangTagVerdict(ref).verdict === 'missing') return [];
  return golangTagFix(stage, [tag], subject, false).map(({ title, ...fix }) => ({
    ...fix,
    title: title.replace(/^Use golang:[^,]*/, `Use Go ${newest.version} here too`),
  }));
};

function* check(subject: Subject): Iterable<Finding> {
  const stages = goStages(subject);
  const newest = [...stages].sort((one, other) => other.minor - one.minor)[0];
  if (!newest) return;
  for (const stage of stages) {
    if (stage.minor === newest.minor) continue;
    yield {
      range: stage.range,
      message: message('This stage has Go {version}, and another one Go {other}.', {
        version: stage.version,
        other: newest.version,
      }),
      related: [step(newest.range, 'This is the newer one.')],
      fixes: fixOf(stage, newest, subject),
    };
  }
}

export const shareGoVersion: Rule = {
  id: 'share-go-version',
  title: 'Stages with different versions of Go',
  severity: 'information',
  concern: 'reproducible',
  why: `Two stages that stand on different versions of the golang image mostly were one once, and one of them was forgotten in
an update. What is tested is then not what is built, both images are downloaded, and nothing of one build cache fits the other.

One \`ARG GO_VERSION=…\` above the first FROM, used in every \`FROM golang:\${GO_VERSION}\`, keeps them together.`,
  silent: [
    'Stages with a number in their name, such as `go125`: they mean that version.',
    'Patch releases of one version, tags without a version, images pinned by digest.',
  ],
  references: ['https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact'],
  example: {
    bad: `FROM golang:1.26 AS test
WORKDIR /src
COPY . .
RUN go test ./...

FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.27 AS test
WORKDIR /src
COPY . .
RUN go test ./...

FROM golang:1.27 AS build
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

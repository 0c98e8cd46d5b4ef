import { splitGoTag } from '../images/go-tag.ts';
import { golangTagVerdict } from '../images/golang.ts';
import { dataDate } from '../images/tables.ts';
import { tagsOnReleases } from '../images/tags-with-go.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { golangTagFix } from '../trace/golang-retag.ts';
import type { ResolvedImage } from '../trace/model.ts';

/** A tag that names a release asks for that one; any other is misspelled, and the right spelling says the same. */
const namesRelease = ({ image }: ResolvedImage): boolean =>
  /^(alpine\d+\.\d+|trixie|bookworm|bullseye|buster|stretch|jessie|wheezy)$/.test(
    splitGoTag(image?.ref.tag ?? '').variant,
  );

const fixesOf = (resolved: ResolvedImage, [first, ...others]: readonly string[], subject: Subject): readonly Fix[] => {
  const isSure = !namesRelease(resolved);
  const preferred =
    first === undefined ? [] : golangTagFix(resolved, [first, ...tagsOnReleases(first)], subject, true, isSure);
  return [...preferred, ...others.flatMap((tag) => golangTagFix(resolved, [tag], subject, false, true))];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const resolved of subject.trace.images) {
    const { image, range } = resolved;
    if (image?.family !== 'golang' || !range) continue;
    const verdict = golangTagVerdict(image.ref);
    if (verdict.verdict !== 'missing') continue;
    yield {
      range,
      message: verdict.reason ?? message('golang:{tag} does not exist.', { tag: image.ref.tag ?? '' }),
      // With a digest the registry does not look at the tag.
      severity: image.ref.digest ? 'warning' : 'error',
      fixes: image.ref.digest ? [] : fixesOf(resolved, verdict.suggestions, subject),
    };
  }
}

export const noUnknownGolangTag: Rule = {
  id: 'no-unknown-golang-tag',
  title: 'A tag that the golang image never had',
  severity: 'error',
  concern: 'starts',
  why: `The golang image has Debian variants named after their release (\`1.26-bookworm\`, \`1.26-trixie\`) and Alpine
variants (\`1.26-alpine\`, \`1.26-alpine3.24\`). It never had \`-slim\`, a leading \`v\`, or every Debian and Alpine release
for every Go version. The build stops at FROM:

    docker.io/library/golang:1.22-slim: not found

The table of tags is of ${dataDate}: a version that is newer is never reported.`,
  silent: [
    'Versions newer than the table, release candidates, Windows variants.',
    'Images of other registries, but for mirrors of the official image.',
    'Tags with a variable that has no default.',
  ],
  references: ['https://hub.docker.com/_/golang', 'https://github.com/docker-library/golang'],
  example: {
    bad: `FROM golang:1.26-slim AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-trixie AS build
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

import { supportedMinors } from '../images/go-releases.ts';
import { golangTagVerdict } from '../images/golang.ts';
import { dayOfTables, endedGo, tablesHold } from '../images/support.ts';
import { tagsWithGo } from '../images/tags-with-go.ts';
import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { golangTagFix } from '../trace/golang-retag.ts';

function* check(subject: Subject): Iterable<Finding> {
  const { trace } = subject;
  const today = dayOfTables(subject.today);
  // A program that only tests run meets nobody who would attack it.
  if (today === undefined || trace.stages.some(({ role }) => role === 'test')) return;
  for (const resolved of trace.images) {
    const { image, range, stage } = resolved;
    if (!image || !range || trace.stages[stage.index]?.base.kind !== 'image') continue;
    const ended = endedGo(image, today);
    if (!ended || golangTagVerdict(image.ref).verdict === 'missing') continue;
    yield {
      range,
      message: ended.lastDay
        ? message('{name} has had no security fixes since {lastDay}.', { name: ended.name, lastDay: ended.lastDay })
        : message('{name} gets no security fixes any more.', { name: ended.name }),
      fixes: tablesHold(subject.today)
        ? golangTagFix(resolved, tagsWithGo(image.ref, `1.${supportedMinors[0]}`), subject, false)
        : [],
    };
  }
}

export const noEolGo: Rule = {
  id: 'no-eol-go',
  title: 'A version of Go that nobody fixes any more',
  severity: 'warning',
  concern: 'safe',
  why: `Go supports a version until two newer ones exist, for about a year. Its standard library is linked into the
program: \`net/http\`, \`crypto/tls\` and the like keep every hole that was found since, also where the final image is
\`scratch\`. \`govulncheck -mode=binary\` lists them.

A newer Go builds an older module as before: the \`go\` line of go.mod decides about the language and about defaults.

Switch it off where somebody else maintains the version you use.`,
  silent: [
    'Dockerfiles in folders for tests, such as `test`, `testdata` and `e2e`.',
    'Versions newer than the table of releases, and everything once that table is older than a year.',
    'Images of other publishers, who may fix longer; tags without a version.',
    'Tags that the golang image never had, which no-unknown-golang-tag reports.',
  ],
  references: ['https://go.dev/doc/devel/release#policy', 'https://go.dev/doc/godebug'],
  example: {
    bad: `FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.27 AS build
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

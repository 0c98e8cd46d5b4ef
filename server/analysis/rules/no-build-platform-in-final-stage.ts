import type { TextEdit } from 'vscode-languageserver-types';
import type { SourceText } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { platformOf } from '../trace/platform.ts';
import { rootFrom } from '../trace/questions.ts';

/** Takes the blanks behind the flag along. */
const removal = (source: SourceText, flag: { range: TextEdit['range'] }): TextEdit => {
  const end = source.offset(flag.range.end);
  const blanks = /^[ \t]*/.exec(source.content.slice(end))?.[0].length ?? 0;
  return replace(source.range(source.offset(flag.range.start), end + blanks), '');
};

function* check({ dockerfile, trace }: Subject): Iterable<Finding> {
  for (const stage of trace.shipped) {
    const from = rootFrom(stage);
    const flag = from.stage.from.flags.find(({ name }) => name === 'platform');
    // A stage that starts nothing may only hand out files; an empty image has nothing of any platform.
    if (!flag || stage.role !== 'final' || !stage.start || stage.rootImage?.family === 'scratch') continue;
    if (platformOf(stage, dockerfile) !== 'builder') continue;
    const isOwn = from === stage && from.usedBy.length === 0;
    yield {
      range: flag.range,
      message: message("The final image rests on the builder's platform, whatever platform was asked for."),
      fixes: isOwn
        ? [{ title: 'Use the target platform', safe: false, edits: [removal(dockerfile.source, flag)] }]
        : [],
    };
  }
}

export const noBuildPlatformInFinalStage: Rule = {
  id: 'no-build-platform-in-final-stage',
  title: 'The final stage is pinned to $BUILDPLATFORM',
  severity: 'warning',
  concern: 'cross-platform',
  why: `\`--platform=$BUILDPLATFORM\` belongs to stages that only build. On the final one it takes the base image for the
machine that builds: an image made for arm64 on an amd64 machine says that it is for arm64, and has an amd64 shell and
libc. On arm64 whatever needs them ends with

    exec format error

It shows only where the two differ, so that the machine it was tried on says nothing.`,
  silent: [
    'Every stage but the last, and a last stage without ENTRYPOINT and CMD: it may only hand out files.',
    '`FROM scratch`, which is empty: nothing in it has a platform.',
    'Fixed platforms (`--platform=linux/amd64`), which the build checks of Docker report.',
  ],
  references: ['https://docs.docker.com/build/building/multi-platform/#cross-compilation'],
  example: {
    bad: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .

FROM --platform=$BUILDPLATFORM alpine:3.24
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .

FROM alpine:3.24
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { requireMuslTag } from '../../server/analysis/rules/require-musl-tag.ts';
import { testRule } from '../support/test-rule.ts';

const kafka = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/confluentinc/confluent-kafka-go/v2 v2.11.0\n',
  'go.sum': 'github.com/confluentinc/confluent-kafka-go/v2 v2.11.0 h1:AAAA=\n',
  'main.go': 'package main\n\nimport _ "github.com/confluentinc/confluent-kafka-go/v2/kafka"\n\nfunc main() {}\n',
};

const built = (run: string, builder = 'golang:1.26-alpine', add = 'gcc musl-dev'): string => `FROM ${builder} AS build
RUN apk add --no-cache ${add}
WORKDIR /src
COPY . .
${run}

FROM alpine:3.24
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const says = 'confluent-kafka-go is linked to a librdkafka for glibc here, and golang:1.26-alpine has musl.';

testRule(requireMuslTag, {
  valid: [
    { name: 'the tag', files: kafka, code: built('RUN go build -tags musl -o /app .') },
    { name: 'among others', files: kafka, code: built('RUN go build -tags "netgo musl" -o /app .') },
    { name: 'in GOFLAGS', files: kafka, code: built('ENV GOFLAGS=-tags=musl\nRUN go build -o /app .') },
    {
      name: 'dynamic',
      files: kafka,
      code: built('RUN go build -tags=dynamic -o /app .', undefined, 'gcc musl-dev librdkafka-dev pkgconf'),
    },
    { name: 'by a variable', files: kafka, code: built('ARG TAGS\nRUN go build -tags "$TAGS" -o /app .') },
    { name: 'on Debian', files: kafka, code: built('RUN go build -o /app .', 'golang:1.26') },
    { name: 'cgo is off', files: kafka, code: built('RUN CGO_ENABLED=0 go build -o /app .') },
    { name: 'no compiler', files: kafka, code: built('RUN go build -o /app .', undefined, 'git') },
    {
      name: 'not imported',
      files: { ...kafka, 'main.go': 'package main\n\nfunc main() {}\n' },
      code: built('RUN go build -o /app .'),
    },
    {
      name: 'in a test alone',
      files: { ...kafka, 'main.go': 'package main\n\nfunc main() {}\n', 'main_test.go': kafka['main.go'] },
      code: built('RUN go build -o /app .'),
    },
    { name: 'it may fail', files: kafka, code: built('RUN go build -o /app . || go build -tags musl -o /app .') },
    { name: 'nothing is known', code: built('RUN go build -o /app .') },
  ],
  invalid: [
    {
      name: 'no tags',
      files: kafka,
      code: built('RUN CGO_ENABLED=1 «go build» -o /app .'),
      messages: [says],
      severity: 'warning',
      fixed: built('RUN CGO_ENABLED=1 go build -tags musl -o /app .'),
    },
    {
      name: 'other tags, over lines',
      files: kafka,
      code: built('RUN --mount=type=cache,target=/go/pkg/mod \\\n  «go build» \\\n  -tags=netgo,osusergo -o /app .'),
      messages: [says],
      fixed: built(
        'RUN --mount=type=cache,target=/go/pkg/mod \\\n  go build \\\n  -tags=netgo,osusergo,musl -o /app .',
      ),
    },
    {
      name: 'in quotes, in a heredoc',
      files: kafka,
      code: built('RUN <<EOF\nset -e\n«go build» -tags "netgo osusergo" -o /app .\nEOF'),
      messages: [says],
      fixed: built('RUN <<EOF\nset -e\ngo build -tags "netgo osusergo musl" -o /app .\nEOF'),
    },
  ],
});

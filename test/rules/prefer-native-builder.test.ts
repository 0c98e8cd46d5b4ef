import { preferNativeBuilder } from '../../server/analysis/rules/prefer-native-builder.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.web;
const follows = 'ARG TARGETOS TARGETARCH\nRUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .';
const built = (lines = follows, from = 'golang:1.26', copies = ''): string => `FROM ${from} AS build
WORKDIR /src
COPY . .
${lines}

FROM scratch
COPY --from=build /app /app
${copies}ENTRYPOINT ["/app"]
`;
const says = 'For another platform than its own the machine emulates this stage, though go can cross-compile.';

testRule(preferNativeBuilder, {
  valid: [
    { name: 'on the build platform', files, code: built(follows, '--platform=$BUILDPLATFORM golang:1.26') },
    { name: 'built for one platform only', files, platforms: [['linux/amd64'], ['linux/amd64']], code: built() },
    { name: 'on a platform', files, code: built(follows, '--platform=linux/amd64 golang:1.26') },
    { name: 'for the platform of the stage', files, code: built('RUN CGO_ENABLED=0 go build -o /app .') },
    {
      name: 'cgo',
      files: programs.cgo,
      code: built('ARG TARGETARCH\nRUN CGO_ENABLED=1 GOARCH=$TARGETARCH go build -o /app .'),
    },
    { name: 'cgo by default', files, code: built('ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .') },
    { name: 'xx', files, code: built('ARG TARGETPLATFORM TARGETARCH\nRUN CGO_ENABLED=0 xx-go build -o /app .') },
    {
      name: 'another program is copied',
      files,
      code: built(follows, 'golang:1.26', 'COPY --from=build /usr/bin/tini /tini\n'),
    },
    {
      name: 'a program of go install is copied',
      files,
      code: built(`RUN go install example.com/x@v1.0.0\n${follows}`, 'golang:1.26', 'COPY --from=build /go/bin/x /x\n'),
    },
    {
      name: 'it runs what it builds',
      files,
      code: built('ARG TARGETARCH\nENV CGO_ENABLED=0 GOARCH=$TARGETARCH\nRUN go test ./... && go build -o /app .'),
    },
    { name: 'another stage starts from it', files, code: `${built()}\nFROM build AS check\nRUN go vet ./...\n` },
    { name: 'not shipped', files, code: `FROM golang:1.26\nWORKDIR /src\nCOPY . .\n${follows}\n` },
    { name: 'an image that nobody knows', files, code: built(follows, 'registry.example.com/go:1') },
    { name: 'it starts what it built', files, code: built(`${follows}\nRUN /app -version`) },
    { name: 'in a trigger', files, code: built(`ONBUILD ${follows.replace('\n', '\nONBUILD ')}`) },
  ],
  invalid: [
    {
      name: 'several platforms are asked for',
      files,
      platforms: [['linux/amd64', 'linux/arm64']],
      code: built().replace('golang:1.26', '«golang:1.26»'),
      messages: [says],
      related: [
        'This build follows TARGETARCH, without cgo.',
        'The service web of compose.yaml builds for linux/amd64, linux/arm64.',
      ],
      fixed: built(follows, '--platform=$BUILDPLATFORM golang:1.26'),
    },
    {
      name: 'a prefix',
      files,
      code: built().replace('golang:1.26', '«golang:1.26»'),
      messages: [says],
      severity: 'information',
      fixed: built(follows, '--platform=$BUILDPLATFORM golang:1.26'),
    },
    {
      name: 'ENV, with certificates and files of the context',
      files,
      code: built(
        'ARG TARGETARCH\nENV CGO_ENABLED=0 GOARCH=${TARGETARCH}\nRUN go build -o /app .',
        '«golang:1.26-alpine»',
        'COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /src/main.go /main.go\n',
      ),
      messages: [says],
      fixed: built(
        'ARG TARGETARCH\nENV CGO_ENABLED=0 GOARCH=${TARGETARCH}\nRUN go build -o /app .',
        '--platform=$BUILDPLATFORM golang:1.26-alpine',
        'COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /src/main.go /main.go\n',
      ),
    },
  ],
});

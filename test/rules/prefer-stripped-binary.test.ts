import { preferStrippedBinary } from '../../server/analysis/rules/prefer-stripped-binary.ts';
import { testRule } from '../support/test-rule.ts';

const file = (build: string, last = 'FROM scratch\nCOPY --from=build /app /app'): string =>
  `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\n${build}\n\n${last}\nENTRYPOINT ["/app"]\n`;
const text = '/app is shipped with what debuggers alone read: about a third of its size.';
const strip = 'Strip it with -ldflags="-s -w"';

testRule(preferStrippedBinary, {
  valid: [
    {
      name: 'an image for tests',
      files: { 'go.mod': 'module example.com/app\n' },
      path: 'integration-tests/Dockerfile',
      code: file('RUN go build -o /app .'),
    },
    { name: '-s -w', code: file('RUN go build -ldflags="-s -w" -o /app .') },
    { name: '-s', code: file('RUN go build -ldflags=-s -o /app .') },
    { name: '-w', code: file(`RUN go build -ldflags '-w -X main.v=1' -o /app .`) },
    { name: 'for all packages', code: file('RUN go build -ldflags=all="-s" -o /app .') },
    { name: 'by GOFLAGS', code: file('ENV GOFLAGS=-ldflags=-s\nRUN go build -o /app .') },
    { name: 'a variable', code: file('ARG LDFLAGS\nRUN go build -ldflags "$LDFLAGS" -o /app .') },
    { name: 'flags of a variable', code: file('ARG FLAGS\nRUN go build $FLAGS -o /app .') },
    { name: 'GOFLAGS nobody knows', code: file('ARG GOFLAGS\nRUN go build -o /app .') },
    { name: 'strip', code: file('RUN go build -o /app . && strip /app') },
    { name: 'upx', code: file('RUN go build -o /app .\nRUN upx -9 /app') },
    { name: 'for a debugger', code: file('RUN go build -gcflags="all=-N -l" -o /app .') },
    {
      name: 'a debugger is started',
      code: file(
        'RUN go build -o /app .',
        'FROM alpine:3.24\nCOPY --from=build /app /app\nCMD ["dlv", "exec", "/app"]',
      ).replace('ENTRYPOINT ["/app"]\n', ''),
    },
    {
      name: 'an image of the debugger',
      code: 'FROM golang:1.26 AS build\nRUN go install github.com/go-delve/delve/cmd/dlv@v1.25.0\n\nFROM alpine:3.24\nCOPY --from=build /go/bin/dlv /\nCMD ["sh", "-c", "/dlv attach 1"]\n',
    },
    {
      name: 'a development stage',
      code: file('RUN go build -o /app .', 'FROM scratch AS debug\nCOPY --from=build /app /app'),
    },
    { name: 'not shipped', code: file('RUN go build -o /tool . && go build -ldflags=-s -o /app .') },
    { name: 'one stage', code: 'FROM golang:1.26\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n' },
    { name: 'xx-go', code: file('RUN xx-go build -o /app .') },
    {
      name: 'perhaps for a debugger',
      code: file('ARG SKAFFOLD_GO_GCFLAGS\nRUN go build -gcflags="${SKAFFOLD_GO_GCFLAGS}" -o /app .'),
    },
    { name: 'by a command', code: file('RUN go build -gcflags="$(cat flags)" -o /app .') },
  ],
  invalid: [
    {
      name: 'other flags of the compiler',
      code: file('RUN «go build» -gcflags=all=-l=4 -o /app .'),
      messages: [text],
      fixed: file('RUN go build -ldflags="-s -w" -gcflags=all=-l=4 -o /app .'),
    },
    {
      name: 'no flags',
      code: file('RUN CGO_ENABLED=0 «go build» -o /app .'),
      messages: [text],
      fixed: file('RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /app .'),
      severity: 'hint',
      fixes: [strip, "Strip it, and leave the builder's folders out with -trimpath"],
      related: ['It is copied into the image here.'],
    },
    {
      name: 'other linker flags, quoted',
      code: file(`ARG V\nRUN «go build» -trimpath -ldflags "-X main.v=$V" -o /app .`),
      messages: [text],
      fixed: file(`ARG V\nRUN go build -trimpath -ldflags "-s -w -X main.v=$V" -o /app .`),
      fixes: [strip],
    },
    {
      name: 'single quotes',
      code: file(`RUN «go build» -ldflags='-X main.v=1' -o /app .`),
      messages: [text],
      fixed: file(`RUN go build -ldflags='-s -w -X main.v=1' -o /app .`),
    },
    {
      name: 'no quotes',
      code: file('RUN «go build» -ldflags=-X=main.v=1 -o /app .'),
      messages: [text],
      fixed: file('RUN go build -ldflags="-s -w -X=main.v=1" -o /app .'),
    },
    {
      name: 'over lines',
      code: file('RUN «go build» \\\n    -o /app \\\n    .'),
      messages: [text],
      fixed: file('RUN go build -ldflags="-s -w" \\\n    -o /app \\\n    .'),
    },
    { name: 'in a script in quotes there is no fix', code: file('RUN sh -c "«go build» -o /app ."'), messages: [text] },
    {
      name: 'in two images',
      code: file(
        'RUN «go build» -o /app .',
        'FROM scratch AS one\nCOPY --from=build /app /app\n\nFROM alpine:3.24\nCOPY --from=build /app /app',
      ),
      messages: [text],
      fixed: file(
        'RUN go build -ldflags="-s -w" -o /app .',
        'FROM scratch AS one\nCOPY --from=build /app /app\n\nFROM alpine:3.24\nCOPY --from=build /app /app',
      ),
    },
  ],
});

import { preferGolangImage } from '../../server/analysis/rules/prefer-golang-image.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const built = (
  install: string,
  from = 'alpine:3.24',
  build = 'RUN go build -o /app .',
): string => `FROM ${from} AS build
${install}
WORKDIR /src
COPY . .
${build}
`;
const says = (name: string, image: string): string =>
  `${name} is the Go that ${image} happens to have: its version is not chosen here.`;

testRule(preferGolangImage, {
  valid: [
    { name: 'the golang image', code: built('RUN apk add --no-cache git', 'golang:1.26-alpine') },
    {
      name: 'packages with Go in their names',
      code: built('RUN apk add --no-cache gogs goaccess go-task cargo django', 'alpine:3.24'),
    },
    { name: 'a tool alone', code: built('RUN apk add go', undefined, 'RUN go install example.com/tool@v1.0.0') },
    { name: 'no build', code: built('RUN apk add go', undefined, 'CMD ["go", "version"]') },
    {
      name: 'copied',
      code: built(
        'COPY --from=golang:1.26 /usr/local/go /usr/local/go\nENV PATH=$PATH:/usr/local/go/bin',
        'debian:trixie',
      ),
    },
    { name: 'by a variable', code: built('ARG PACKAGES\nRUN apk add $PACKAGES') },
    { name: 'another image', code: built('RUN dnf install -y golang', 'fedora:43') },
    { name: 'removed by name', code: built('RUN apk del go') },
    { name: 'in a trigger', code: built('ONBUILD RUN apk add go') },
  ],
  invalid: [
    {
      name: 'Alpine, over lines, with a version',
      code: built('RUN apk add --no-cache \\\n    git \\\n    «go=1.25.5-r0»'),
      messages: [says('go=1.25.5-r0', 'alpine:3.24')],
      severity: 'information',
    },
    {
      name: 'Debian, in a chain',
      code: built(
        'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates «golang-go»',
        'debian:trixie-slim',
      ),
      messages: [says('golang-go', 'debian:trixie-slim')],
    },
    {
      name: 'Ubuntu, in a heredoc',
      code: built(
        'RUN <<EOF\napt-get update\napt-get install -y «golang-1.22»\nEOF',
        'ubuntu:24.04',
        'RUN go install ./cmd/app',
      ),
      messages: [says('golang-1.22', 'ubuntu:24.04')],
    },
    {
      name: 'the golang image on the same branch',
      files: programs.hello,
      code: built('RUN apk add --no-cache git «go»'),
      messages: [says('go', 'alpine:3.24')],
      fixed: built('RUN apk add --no-cache git', 'golang:1.26-alpine3.24'),
      fixes: ['Build on golang:1.26-alpine3.24'],
    },
    {
      name: 'a branch that golang is not published for any more',
      files: programs.hello,
      code: built('RUN apk add --no-cache «go»', 'alpine:3.19'),
      messages: [says('go', 'alpine:3.19')],
      fixed: built('', 'golang:1.26-alpine').replace('\n\n', '\n'),
    },
    {
      name: 'Debian, in a RUN of its own',
      files: programs.hello,
      code: built(
        'RUN apt-get -q update && apt-get install -y \\\n    «golang-go» \\\n && rm -rf /var/lib/apt/lists/*',
        'debian:trixie',
      ),
      messages: [says('golang-go', 'debian:trixie')],
      fixed: built('', 'golang:1.26-trixie').replace('\n\n', '\n'),
    },
    {
      name: 'Debian, and nothing else installed',
      files: programs.hello,
      code: built('RUN apt-get update && apt-get install -y «golang-go» && go version', 'debian:bookworm'),
      messages: [says('golang-go', 'debian:bookworm')],
      fixed: built('RUN apt-get update && go version', 'golang:1.26-bookworm'),
    },
  ],
});

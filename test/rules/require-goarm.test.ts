import { requireGoarm } from '../../server/analysis/rules/require-goarm.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.hello;
const crossed = (
  build: string,
  builder = '--platform=$BUILDPLATFORM golang:1.26',
  args = 'TARGETOS TARGETARCH',
): string =>
  `FROM ${builder} AS build
WORKDIR /src
COPY . .
ARG ${args}
RUN CGO_ENABLED=0 ${build} -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const plain = 'GOOS=$TARGETOS GOARCH=$TARGETARCH go build';
const platforms = [['linux/amd64', 'linux/arm/v6']];
const three = 'TARGETOS TARGETARCH TARGETVARIANT';
const seven = 'The image for linux/arm/v6 gets a program for ARMv7: GOARM is not set.';

testRule(requireGoarm, {
  valid: [
    { name: 'nobody asks for ARM', files, code: crossed(plain) },
    { name: 'ARMv7 is what it builds for', files, platforms: [['linux/arm/v7', 'linux/arm64']], code: crossed(plain) },
    {
      name: 'GOARM of the variant',
      files,
      platforms,
      code: crossed(plain.replace('go build', 'GOARM=${TARGETVARIANT#v} go build'), undefined, three),
    },
    { name: 'GOARM in ENV', files, platforms, code: crossed(plain).replace('ARG', 'ENV GOARM=6\nARG') },
    { name: 'the Go of the platform', files, platforms, code: crossed(plain, 'golang:1.26-alpine') },
    { name: 'Go 1.20', files, platforms, code: crossed(plain, '--platform=$BUILDPLATFORM golang:1.20') },
    { name: 'xx-go', files, platforms, code: crossed('xx-go build') },
    { name: 'another processor', files, platforms, code: crossed('GOARCH=arm64 go build') },
    {
      name: 'an image that has its own platform',
      files,
      platforms,
      code: crossed(plain).replace('FROM scratch', 'FROM --platform=linux/amd64 alpine:3.24'),
    },
  ],
  invalid: [
    {
      name: 'no GOARM for ARMv6',
      files,
      platforms,
      code: crossed(`${plain.replace('go build', '«go build»')}`),
      messages: [seven],
      fixed: crossed('GOOS=$TARGETOS GOARCH=$TARGETARCH GOARM=${TARGETVARIANT#v} go build').replace(
        'RUN',
        'ARG TARGETVARIANT\nRUN',
      ),
      severity: 'warning',
      related: [
        'The service web of compose.yaml builds for linux/amd64, linux/arm/v6.',
        "The stage has the builder's platform.",
      ],
    },
    {
      name: 'GOARCH in ENV, the variant declared already',
      files,
      platforms,
      code: crossed('«go build»', undefined, `${three}\nENV GOARCH=$TARGETARCH`),
      messages: [seven],
      fixed: crossed('GOARM=${TARGETVARIANT#v} go build', undefined, `${three}\nENV GOARCH=$TARGETARCH`),
    },
    {
      name: 'the letter, with a Go that takes it',
      files,
      code: crossed('GOARCH=$TARGETARCH GOARM=«$TARGETVARIANT» go build', undefined, three),
      messages: ['TARGETVARIANT is v6 or v7, with a letter: none of the versions of ARM that GOARM knows.'],
      fixed: crossed('GOARCH=$TARGETARCH GOARM=${TARGETVARIANT#v} go build', undefined, three),
      severity: 'warning',
    },
    {
      name: 'the letter, with a Go that does not',
      files,
      platforms,
      code: crossed(
        'GOARCH=$TARGETARCH GOARM=«"${TARGETVARIANT}"» go build',
        '--platform=$BUILDPLATFORM golang:1.22',
        three,
      ),
      messages: [
        'TARGETVARIANT is v6 or v7, with a letter: go build stops with "invalid GOARM" where it builds for ARM.',
      ],
      fixed: crossed(
        'GOARCH=$TARGETARCH GOARM=${TARGETVARIANT#v} go build',
        '--platform=$BUILDPLATFORM golang:1.22',
        three,
      ),
      severity: 'error',
    },
  ],
});

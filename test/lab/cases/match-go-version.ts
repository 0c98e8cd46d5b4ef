import { buildFails, type RuleCases, works } from '../case.ts';

const dockerfile = (image: string): string => `FROM ${image} AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const goMod = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'go.mod': `module example.com/hello\n\n${lines.join('\n\n')}\n`,
});

export const matchGoVersion: RuleCases = {
  rule: 'match-go-version',
  cases: [
    {
      name: 'go 1.26 in go.mod, golang:1.22',
      project: 'hello',
      files: goMod('go 1.26'),
      dockerfile: dockerfile('golang:1.22'),
      reported: true,
      really: buildFails(/go\.mod requires go >= 1\.26 \(running go 1\.22\.12; GOTOOLCHAIN=local\)/),
      fixed: { really: works(/go=go1\.2[67]/) },
    },
    {
      name: 'an image from before 1.21 cannot parse go 1.26.0',
      project: 'hello',
      files: goMod('go 1.26.0'),
      dockerfile: dockerfile('golang:1.19-alpine'),
      reported: true,
      really: buildFails(/invalid go version '1\.26\.0': must match format 1\.23/),
      fixed: { really: works(/go=go1\.2[67]/) },
    },
    {
      name: 'a version in ARG is repaired there',
      project: 'hello',
      files: goMod('go 1.26'),
      dockerfile: `ARG GO_VERSION=1.22\n${dockerfile('golang:${GO_VERSION}-alpine')}`,
      reported: true,
      really: buildFails(/go\.mod requires go >= 1\.26/),
      fixed: { really: works(/go=go1\.2[67]/) },
    },
    {
      name: 'a toolchain line is only a wish',
      project: 'hello',
      files: goMod('go 1.22', 'toolchain go1.26.3'),
      dockerfile: dockerfile('golang:1.22'),
      reported: false,
      really: works(/go=go1\.22\.12/),
    },
    {
      name: 'a floating minor satisfies a patch',
      project: 'hello',
      files: goMod('go 1.26.3'),
      dockerfile: dockerfile('golang:1.26'),
      reported: false,
      really: works(/go=go1\.26/),
    },
    {
      name: 'a newer Go than asked for',
      project: 'hello',
      files: goMod('go 1.19'),
      dockerfile: dockerfile('golang:1.26-alpine'),
      reported: false,
      really: works(/go=go1\.26/),
    },
  ],
};

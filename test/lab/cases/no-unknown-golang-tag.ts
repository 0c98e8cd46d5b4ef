import { buildFails, type RuleCases, works } from '../case.ts';

const dockerfile = (image: string): string => `FROM ${image} AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

/**
 * No registry of images can be reached here: a tag that the lab has no image for is asked of one and not had. That the
 * tag was never published is the word of docker-library's history; the lab proves that the fixed tag leads to a program.
 */
const notHad = /golang:[\w.-]+[^\n]*(not found|failed to|denied|no such|dial)|failed to solve/;

export const noUnknownGolangTag: RuleCases = {
  rule: 'no-unknown-golang-tag',
  cases: [
    {
      name: 'golang has no slim',
      project: 'hello',
      dockerfile: dockerfile('golang:1.26-slim'),
      reported: true,
      really: buildFails(notHad),
      fixed: { really: works(/go=go1\.26/) },
    },
    {
      name: 'a v before the version',
      project: 'hello',
      dockerfile: dockerfile('golang:v1.26'),
      reported: true,
      really: buildFails(notHad),
      fixed: { really: works(/go=go1\.26/) },
    },
    {
      name: 'a Debian that was gone by then',
      project: 'hello',
      dockerfile: dockerfile('golang:1.26-bullseye'),
      reported: true,
      really: buildFails(notHad),
      fixed: { really: works(/go=go1\.26/) },
    },
    {
      name: 'bookworm is there',
      project: 'hello',
      dockerfile: dockerfile('golang:1.26-bookworm'),
      reported: false,
      really: works(/go=go1\.26/),
    },
    {
      name: 'alpine with a release is there',
      project: 'hello',
      dockerfile: dockerfile('golang:1.26-alpine3.23'),
      reported: false,
      really: works(/go=go1\.26/),
    },
  ],
};

import { buildFails, type RuleCases, works } from '../case.ts';

/** A cache that no earlier run of the lab has filled. */
const fresh = (id: string): string => `--mount=type=cache,id=lab-${id}-${Date.now()},target=/go/pkg/mod`;

/** The second command may not download: it finds the modules, or it fails. */
const dockerfile = (download: string, build: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN ${download}go mod download
COPY . .
RUN ${build}GOPROXY=off CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const asksAgain = buildFails(/module lookup disabled by GOPROXY=off/);
const found = works(/module cfbff0d1/);
const one = fresh('one');

export const matchCacheMounts: RuleCases = {
  rule: 'match-cache-mounts',
  cases: [
    {
      name: 'the mount hides the layer',
      project: 'module',
      dockerfile: dockerfile('', `${fresh('hides')} `),
      reported: true,
      really: asksAgain,
      fixed: { really: found },
    },
    {
      name: 'the layer lacks what is in the mount',
      project: 'module',
      dockerfile: dockerfile(`${fresh('lacks')} `, ''),
      reported: true,
      really: asksAgain,
      fixed: { really: found },
    },
    {
      name: 'two ids',
      project: 'module',
      dockerfile: dockerfile(`${fresh('a')} `, `${fresh('b')} `),
      reported: true,
      really: asksAgain,
      fixed: { really: found },
    },
    {
      name: 'one mount',
      project: 'module',
      dockerfile: dockerfile(`${one} `, `${one} `),
      reported: false,
      really: found,
    },
    {
      name: 'no mount',
      project: 'module',
      dockerfile: dockerfile('', ''),
      reported: false,
      really: found,
    },
  ],
};

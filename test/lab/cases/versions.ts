import { type RuleCases, works } from '../case.ts';

const dockerfile = (head: string, lines: string, image = 'golang:1.26'): string => `${head}FROM ${image} AS build
WORKDIR /src
COPY . .
${lines}

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

const stamped = 'RUN CGO_ENABLED=0 go build -ldflags="-X main.version=$VERSION" -o /app .';

export const declareBuildArg: RuleCases = {
  rule: 'declare-build-arg',
  cases: [
    {
      name: 'an ARG above the first FROM',
      project: 'version',
      dockerfile: dockerfile('ARG VERSION=1.2.3\n', stamped),
      reported: true,
      really: works(/^version \n/m),
      fixed: { title: /Declare/, really: works(/^version 1\.2\.3\n/m) },
    },
    {
      name: 'an ARG of another stage',
      project: 'version',
      dockerfile: `FROM scratch AS other\nARG VERSION=1.2.3\n${dockerfile('', stamped)}`,
      reported: true,
      really: works(/^version \n/m),
    },
    {
      name: 'an ARG of the stage below which it is built',
      project: 'version',
      dockerfile: `FROM golang:1.26 AS base\nARG VERSION=1.2.3\n${dockerfile('', stamped, 'base')}`,
      reported: false,
      really: works(/^version 1\.2\.3\n/m),
    },
    {
      name: 'set by the shell',
      project: 'version',
      dockerfile: dockerfile('ARG VERSION=1\n', stamped.replace('RUN ', 'RUN echo 1.2.3 > v && read VERSION < v && ')),
      reported: false,
      really: works(/^version 1\.2\.3\n/m),
    },
  ],
};

export const noObsoleteBuildFlag: RuleCases = {
  rule: 'no-obsolete-build-flag',
  cases: [
    {
      name: 'the old recipe, and without it',
      project: 'hello',
      dockerfile: dockerfile(
        '',
        `ENV GO111MODULE=on\nRUN CGO_ENABLED=0 go build -a -installsuffix cgo -ldflags '-extldflags "-static"' -o /app .`,
      ),
      reported: true,
      really: works(/uid=65532 go=go1\.26/),
      fixed: { really: works(/uid=65532 go=go1\.26/) },
    },
    {
      name: 'what makes a program with cgo static',
      project: 'web',
      dockerfile: dockerfile('', 'RUN CGO_ENABLED=1 go build -tags netgo,osusergo -o /app .'),
      reported: false,
      really: works(/./),
    },
  ],
};

export const noEolGo: RuleCases = {
  rule: 'no-eol-go',
  cases: [
    {
      name: 'the newest Go builds it as well',
      project: 'hello',
      dockerfile: dockerfile('', 'RUN CGO_ENABLED=0 go build -o /app .', 'golang:1.22'),
      reported: true,
      really: works(/go=go1\.22/),
      fixed: { title: /golang:1\.27/, really: works(/go=go1\.27/) },
    },
    {
      name: 'the second newest is supported',
      project: 'hello',
      dockerfile: dockerfile('', 'RUN CGO_ENABLED=0 go build -o /app .', 'golang:1.26'),
      reported: false,
      really: works(/go=go1\.26/),
    },
  ],
};

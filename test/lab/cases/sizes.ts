import { type LabCase, type Outcome, type RuleCases, works } from '../case.ts';

/** `web` is 8 MB with its debugging information, and less than 6 MB without. */
const dockerfile = (build: string, last: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN ${build}

FROM ${last}
ENTRYPOINT ["/app"]
`;

const build = (flags = ''): string => `CGO_ENABLED=0 go build ${flags}-o /out/app .`;
const between = (above: number, below: number): Outcome => ({
  kind: 'works',
  output: /web uid=/,
  megabytes: { above, below },
});
const stripped = '-ldflags="-s -w" ';
const onScratch = 'scratch\nCOPY --from=build /out/app /app';

export const preferStrippedBinary: RuleCases = {
  rule: 'prefer-stripped-binary',
  cases: [
    {
      name: 'a third less',
      project: 'web',
      dockerfile: dockerfile(build(), onScratch),
      reported: true,
      really: between(7, 10),
      fixed: [
        { title: /^Strip it with/, really: between(4, 6.5) },
        { title: /-trimpath$/, really: between(4, 6.5) },
      ],
    },
    {
      name: '-s alone',
      project: 'web',
      dockerfile: dockerfile(build('-ldflags=-s '), onScratch),
      reported: false,
      really: between(4, 6.5),
    },
    {
      name: 'beside other linker flags',
      project: 'version',
      dockerfile: dockerfile(build(`-ldflags '-X main.version=1.2.3' `), onScratch),
      reported: true,
      really: works(/version 1\.2\.3/),
      fixed: { title: /^Strip it with/, really: works(/version 1\.2\.3/) },
    },
  ],
};

/** debian:trixie-slim of the lab has 78 MB, the stripped program not quite 6. */
const onDebian = (...lines: readonly string[]): string =>
  dockerfile(build(stripped), ['debian:trixie-slim', ...lines].join('\n'));
const copy = 'COPY --from=build /out/app /app';
const once = between(81, 86.5);
const twice = between(86.5, 93);

const duplicate = (name: string, command: string): LabCase => ({
  name,
  project: 'web',
  dockerfile: onDebian(copy, `RUN ${command}`),
  reported: true,
  really: twice,
});

export const noDuplicateLayer: RuleCases = {
  rule: 'no-duplicate-layer',
  cases: [
    {
      ...duplicate('chmod of what is executable already', 'chmod +x /app'),
      fixed: { title: /^Copy it with/, really: once },
    },
    { ...duplicate('chown', 'chown 65532:65532 /app'), fixed: { title: /^Copy it with/, really: once } },
    duplicate('mv', 'mv /app /x && mv /x /app'),
    {
      name: 'flags of COPY',
      project: 'web',
      dockerfile: onDebian('COPY --from=build --chown=65532:65532 --chmod=0755 /out/app /app'),
      reported: false,
      really: once,
    },
    {
      name: 'chmod in the stage that builds',
      project: 'web',
      dockerfile: dockerfile(`${build(stripped)} && chmod 0755 /out/app`, `debian:trixie-slim\n${copy}`),
      reported: false,
      really: once,
    },
  ],
};

export const noToolchainInFinalImage: RuleCases = {
  rule: 'no-toolchain-in-final-image',
  cases: [
    {
      name: 'the toolchain',
      project: 'serve',
      dockerfile: onDebian(copy, 'COPY --from=build /usr/local/go /usr/local/go'),
      reported: true,
      really: { kind: 'works', output: /serve uid=/, megabytes: { above: 250 } },
    },
    {
      name: 'the working directory, and the program alone',
      project: 'hello',
      files: { 'testdata.txt': 'x'.repeat(20e6) },
      dockerfile: dockerfile('CGO_ENABLED=0 go build -o app .', 'scratch\nCOPY --from=build /src /srv').replace(
        '"/app"',
        '"/srv/app"',
      ),
      reported: true,
      really: { kind: 'works', output: /hello uid=/, megabytes: { above: 20 } },
      fixed: {
        title: /^Copy the program alone/,
        really: { kind: 'works', output: /hello uid=/, megabytes: { below: 5 } },
      },
    },
    {
      name: 'the golang image again',
      project: 'hello',
      dockerfile: dockerfile(build(), 'golang:1.26\nCOPY --from=build /out/app /app\nUSER 65532:65532'),
      reported: true,
      really: { kind: 'works', output: /hello uid=65532/, megabytes: { above: 200 } },
      fixed: {
        title: /^Start from /,
        really: { kind: 'works', output: /hello uid=65532/, megabytes: { below: 20 } },
      },
    },
    {
      name: 'the program alone',
      project: 'serve',
      dockerfile: onDebian(copy),
      reported: false,
      really: { kind: 'works', output: /serve uid=/, megabytes: { below: 90 } },
    },
  ],
};

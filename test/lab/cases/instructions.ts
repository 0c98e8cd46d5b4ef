import { buildFails, type LabCase, type Outcome, type RuleCases, works } from '../case.ts';

const built = (last: string, more = 'COPY . .'): string => `FROM golang:1.26 AS build
WORKDIR /src
${more}
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /out/app .

FROM ${last}
`;

/** Says which process of the container it is. */
const firstProcess = {
  project: 'hello',
  files: { 'main.go': 'package main\n\nimport "os"\n\nfunc main() { println("pid", os.Getpid(), len(os.Args)) }\n' },
};
const copy = 'COPY --from=build /out/app /app';
const isFirst = works(/^pid 1 /m);
const isChild = works(/^pid (?!1 )\d+ /m);

export const preferExecForm: RuleCases = {
  rule: 'prefer-exec-form',
  cases: [
    {
      name: "Debian's shell stays before the program",
      ...firstProcess,
      dockerfile: built(`debian:trixie-slim\n${copy}\nCMD /app one`),
      reported: true,
      really: isChild,
      fixed: { title: /^Write it as a JSON array/, really: works(/^pid 1 2$/m) },
    },
    {
      name: 'a variable',
      ...firstProcess,
      dockerfile: built(`debian:trixie-slim\n${copy}\nENV WORD=one\nENTRYPOINT /app $WORD`),
      reported: true,
      really: isChild,
      fixed: { title: /^Let exec replace the shell/, really: works(/^pid 1 2$/m) },
    },
    {
      name: 'the shell of busybox gives way, which is a hint',
      ...firstProcess,
      dockerfile: built(`alpine:3.24\n${copy}\nCMD /app one`),
      reported: true,
      really: isFirst,
      fixed: { title: /^Write it as a JSON array/, really: works(/^pid 1 2$/m) },
    },
    {
      name: 'CMD behind ENTRYPOINT',
      ...firstProcess,
      dockerfile: built(`debian:trixie-slim\n${copy}\nENTRYPOINT ["/app"]\nCMD one`),
      reported: true,
      really: works(/^pid 1 4$/m),
      fixed: { title: /^Write it as a JSON array/, really: works(/^pid 1 2$/m) },
    },
    {
      name: 'exec',
      ...firstProcess,
      dockerfile: built(`debian:trixie-slim\n${copy}\nCMD exec /app $HOSTNAME`),
      reported: false,
      really: isFirst,
    },
  ],
};

export const preferCopyOverAdd: RuleCases = {
  rule: 'prefer-copy-over-add',
  cases: [
    {
      name: 'the context',
      project: 'hello',
      dockerfile: built(`scratch\n${copy}\nENTRYPOINT ["/app"]`, 'ADD . .'),
      reported: true,
      really: works(/hello uid=/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'an archive that ADD unpacks',
      project: 'hello',
      dockerfile: built(
        `scratch AS packed\nCOPY --from=build /out/app /app\n\nFROM scratch\nCOPY --from=packed /app /app\nADD more.tar /more\nENTRYPOINT ["/app"]`,
      ),
      files: { 'more.tar': '\0'.repeat(1024) },
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

const intoFolder = (last: string): Omit<LabCase, 'name' | 'reported' | 'really'> => ({
  project: 'hello',
  dockerfile: built(`alpine:3.24\n${last}`),
});

export const copyIntoDirectory: RuleCases = {
  rule: 'copy-into-directory',
  cases: [
    {
      name: 'WORKDIR below',
      ...intoFolder(`${copy}\nWORKDIR /app\nENTRYPOINT ["./app"]`),
      reported: true,
      really: buildFails(/mkdir \S*\/app: not a directory/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'a folder copied to it',
      ...intoFolder(`${copy}\nCOPY --from=build /src /app\nENTRYPOINT ["/app/app"]`),
      reported: false,
      really: buildFails(/cannot copy to non-directory/),
    },
    {
      name: 'a file copied into it',
      ...intoFolder(`${copy}\nCOPY --from=build /src/go.mod /app/\nENTRYPOINT ["/app/app"]`),
      reported: true,
      really: buildFails(/not a directory/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'WORKDIR above',
      ...intoFolder(`WORKDIR /app\n${copy}\nENTRYPOINT ["./app"]`),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

/** A repository in a folder, with a list of 12 MB: twice as much with the copy that apt keeps. */
const repository = `debian:trixie-slim AS base
RUN rm -rf /etc/apt/sources.list* && mkdir /repository /etc/apt/sources.list.d && \\
    awk 'BEGIN { for (n = 0; n < 60000; n++) printf "Package: p%d\\nVersion: 1\\nArchitecture: all\\nMaintainer: lab <lab@example.com>\\nFilename: ./p%d.deb\\nSize: 1\\nSHA256: %064d\\nDescription: none\\n\\n", n, n, n }' > /repository/Packages && \\
    echo 'deb [trusted=yes] copy:/repository ./' > /etc/apt/sources.list.d/lab.list

FROM base
${copy}
ENTRYPOINT ["/app"]
`;

const between = (above: number, below: number): Outcome => ({
  kind: 'works',
  output: /hello uid=/,
  megabytes: { above, below },
});

export const noAptLists: RuleCases = {
  rule: 'no-apt-lists',
  cases: [
    {
      name: 'the lists are left',
      project: 'hello',
      dockerfile: built(`${repository}RUN apt-get update`),
      reported: true,
      really: between(132, 150),
      fixed: { really: between(110, 132) },
    },
    {
      name: 'a later RUN does not take them out',
      project: 'hello',
      dockerfile: built(`${repository}RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*`),
      reported: true,
      really: between(132, 150),
    },
    {
      name: 'a cache mount',
      project: 'hello',
      dockerfile: built(`${repository}RUN --mount=type=cache,target=/var/lib/apt apt-get update`),
      reported: false,
      really: between(110, 132),
    },
  ],
};

/** The apk of the lab keeps no index: what is shown is that the fixed command installs the same. */
export const noApkCache: RuleCases = {
  rule: 'no-apk-cache',
  cases: [
    {
      name: 'without the index',
      project: 'zone',
      dockerfile: built(`alpine:3.24\nRUN apk update && apk add tzdata\n${copy}\nENTRYPOINT ["/app"]`),
      reported: true,
      really: works(/zone 08:00/),
      fixed: { really: works(/zone 08:00/) },
    },
    {
      name: '--no-cache',
      project: 'zone',
      dockerfile: built(`alpine:3.24\nRUN apk add --no-cache tzdata\n${copy}\nENTRYPOINT ["/app"]`),
      reported: false,
      really: works(/zone 08:00/),
    },
  ],
};

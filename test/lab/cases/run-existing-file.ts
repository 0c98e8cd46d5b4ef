import { buildFails, type RuleCases, runFails, works } from '../case.ts';

const onto = (runtime: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

${runtime}
`;
const distroless = 'FROM gcr.io/distroless/static-debian13:nonroot';
const copied = 'COPY --from=build /out/app /app';

export const runExistingFile: RuleCases = {
  rule: 'run-existing-file',
  cases: [
    {
      name: 'apk in a Debian image',
      project: 'hello',
      dockerfile: 'FROM golang:1.26\nRUN apk add --no-cache git && go version\n',
      reported: true,
      really: buildFails(/apk: not found/),
    },
    {
      name: 'apt-get in an Alpine image, after set -e',
      project: 'hello',
      dockerfile: 'FROM golang:1.26-alpine\nRUN set -e; apt-get update; go version\n',
      reported: true,
      really: buildFails(/apt-get: not found/),
    },
    {
      name: 'a package manager whose failure is made good',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN apk add --no-cache git; CGO_ENABLED=0 go build -o /out/app .
FROM scratch
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/hello uid=0/),
    },
    {
      name: 'a folder of that name, as WORKDIR made one',
      project: 'hello',
      dockerfile: onto(`${distroless}\nWORKDIR /app\n${copied}\nENTRYPOINT ["/app"]`),
      reported: true,
      really: runFails(126, /exec: "\/app": permission denied/),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'another name',
      project: 'hello',
      dockerfile: onto(`FROM scratch\n${copied}\nENTRYPOINT ["/server"]`),
      reported: true,
      really: runFails(127, /exec: "\/server": stat \/server: no such file or directory/),
      fixed: { really: works(/hello uid=0/) },
    },
    {
      name: 'relative to another WORKDIR',
      project: 'hello',
      dockerfile: onto(`FROM alpine:3.24\n${copied}\nWORKDIR /srv\nUSER 65532:65532\nCMD ["./app"]`),
      reported: true,
      really: runFails(127, /no such file or directory/),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'the root of scratch is not on the PATH',
      project: 'hello',
      dockerfile: onto(`FROM scratch\n${copied}\nENTRYPOINT ["app"]`),
      reported: true,
      really: runFails(127, /exec: "app": executable file not found in \$PATH/),
      fixed: { really: works(/hello uid=0/) },
    },
    {
      name: 'in the folder, relative and on the PATH',
      project: 'hello',
      dockerfile: onto(`FROM scratch\nWORKDIR /usr/local/bin\n${copied}\nCOPY --from=build /out/ ./\nCMD ["app"]`),
      reported: false,
      really: works(/hello uid=0/),
    },
  ],
};

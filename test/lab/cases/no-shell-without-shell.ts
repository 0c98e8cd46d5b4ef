import { buildFails, type RuleCases, runFails, works } from '../case.ts';

const onto = (runtime: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

${runtime}
`;

const noShell = /exec: "\/bin\/sh": stat \/bin\/sh: no such file or directory/;

export const noShellWithoutShell: RuleCases = {
  rule: 'no-shell-without-shell',
  cases: [
    {
      name: 'RUN of a stage for tests',
      project: 'hello',
      dockerfile: onto('FROM scratch AS test\nCOPY --from=build /app /app\nRUN /app'),
      reported: true,
      really: buildFails(/exec: "\/bin\/sh": stat \/bin\/sh: no such file or directory|exit code: 127|\/bin\/sh/),
    },
    {
      name: 'shell-form ENTRYPOINT in scratch',
      project: 'hello',
      dockerfile: onto('FROM scratch\nCOPY --from=build /app /app\nENTRYPOINT /app'),
      reported: true,
      really: runFails(127, noShell),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'shell-form CMD in distroless static',
      project: 'hello',
      dockerfile: onto(
        'FROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /app /app\nCMD /app --verbose',
      ),
      reported: true,
      really: runFails(127, noShell),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'RUN in scratch',
      project: 'hello',
      dockerfile: onto('FROM scratch\nCOPY --from=build /app /app\nRUN chmod +x /app\nENTRYPOINT ["/app"]'),
      reported: true,
      really: buildFails(/\/bin\/sh[^\n]*(no such file|did not complete)/),
    },
    {
      name: 'exec form of a shell that is not there',
      project: 'hello',
      dockerfile: onto('FROM scratch\nCOPY --from=build /app /app\nENTRYPOINT ["/bin/sh", "-c", "/app"]'),
      reported: true,
      really: runFails(127, noShell),
    },
    {
      name: 'exec form needs none',
      project: 'hello',
      dockerfile: onto('FROM scratch\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]'),
      reported: false,
      really: works(/hello uid=/),
    },
    {
      name: 'Alpine has one',
      project: 'hello',
      dockerfile: onto('FROM alpine:3.23\nCOPY --from=build /app /app\nENTRYPOINT /app'),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

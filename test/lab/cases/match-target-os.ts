import { type RuleCases, runFails, works } from '../case.ts';

const onto = (command: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${command}

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

export const matchTargetOs: RuleCases = {
  rule: 'match-target-os',
  cases: [
    {
      name: 'GOOS=darwin into scratch',
      project: 'hello',
      dockerfile: onto('RUN CGO_ENABLED=0 GOOS=darwin go build -o /app .'),
      reported: true,
      really: runFails(1, /exec \/app: exec format error/),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'GOOS=windows by ENV',
      project: 'hello',
      dockerfile: onto('ENV CGO_ENABLED=0 GOOS=windows\nRUN go build -o /app .'),
      reported: true,
      really: runFails(1, /exec \/app: exec format error/),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'a program for Windows that is only carried',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=windows go build -o /app.exe . && CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app.exe /app /
USER 65532:65532
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/hello uid=65532/),
    },
  ],
};

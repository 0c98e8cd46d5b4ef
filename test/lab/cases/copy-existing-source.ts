import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const build = 'RUN CGO_ENABLED=0 go build -o /app .';

export const copyExistingSource: RuleCases = {
  rule: 'copy-existing-source',
  cases: [
    {
      name: 'a folder whose name is a plural',
      project: 'hello',
      files: { 'templates/index.html': 'hi\n' },
      dockerfile: onto('COPY go.mod main.go ./', 'COPY template ./templates', build),
      reported: true,
      really: buildFails(/"\/template"[^\n]*not found|template: no such file/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'capitals count',
      project: 'hello',
      files: { 'README.md': 'hi\n' },
      dockerfile: onto('COPY go.mod main.go ./', 'COPY Readme.md ./', build),
      reported: true,
      really: buildFails(/"\/Readme\.md"[^\n]*not found|Readme\.md: no such file/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'a Go file that is elsewhere',
      project: 'two-mains',
      dockerfile: onto('COPY go.mod ./', 'COPY main.go ./', build),
      reported: true,
      really: buildFails(/"\/main\.go"[^\n]*not found|main\.go: no such file/),
    },
    {
      name: 'a pattern that finds nothing beside a file',
      project: 'hello',
      dockerfile: onto('COPY go.mod main.go template* ./', build),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const build = 'RUN CGO_ENABLED=0 go build -o /app .';

const workspace = {
  'go.work': 'go 1.19\n\nuse (\n\t.\n\t./lib\n)\n',
  'lib/go.mod': 'module example.com/lib\n\ngo 1.19\n',
  'lib/lib.go': 'package lib\n',
};

export const copyExistingGoSum: RuleCases = {
  rule: 'copy-existing-go-sum',
  cases: [
    {
      name: 'a module without requirements has no go.sum',
      project: 'hello',
      dockerfile: onto('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', build),
      reported: true,
      really: buildFails(/"\/go\.sum"[^\n]*not found|go\.sum: no such file/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: '.dockerignore hides go.sum',
      project: 'module',
      files: { '.dockerignore': '*.sum\n' },
      dockerfile: onto('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', build),
      reported: true,
      really: buildFails(/"\/go\.sum"[^\n]*not found|go\.sum: no such file/),
    },
    {
      name: 'a pattern brings go.work',
      project: 'hello',
      files: workspace,
      dockerfile: onto('COPY go.* ./', 'RUN go mod download', 'COPY . .', build),
      reported: true,
      really: buildFails(/cannot load module .*lib listed in go\.work file/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'go.sum* needs no file',
      project: 'hello',
      dockerfile: onto('COPY go.mod go.sum* ./', 'RUN go mod download', 'COPY . .', build),
      reported: false,
      really: works(/hello uid=/),
    },
    {
      name: 'a pattern that brings go.work, and GOWORK=off',
      project: 'hello',
      files: workspace,
      dockerfile: onto('ENV GOWORK=off', 'COPY go.* ./', 'RUN go mod download', 'COPY . .', build),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

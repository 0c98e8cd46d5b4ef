import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

export const buildExistingPackage: RuleCases = {
  rule: 'build-existing-package',
  cases: [
    {
      name: 'outside of the module',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'COPY cmd/server /server', 'RUN CGO_ENABLED=0 go build -o /app /server'),
      reported: true,
      really: buildFails(/directory \/server outside main module or its selected dependencies/),
      fixed: { title: /server/, really: works(/server uid=/) },
    },
    {
      name: 'no such folder',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app ./cmd/api'),
      reported: true,
      really: buildFails(/stat \/src\/cmd\/api: directory not found/),
      fixed: { title: /server/, really: works(/server uid=/) },
    },
    {
      name: 'no such file',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app main.go'),
      reported: true,
      really: buildFails(/no required module provides package main\.go/),
      fixed: { title: /server/, really: works(/server uid=/) },
    },
    {
      name: 'without ./',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app cmd/server'),
      reported: true,
      really: buildFails(/package cmd\/server is not in std/),
      fixed: { really: works(/server uid=/) },
    },
    {
      name: 'the import path',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app example.com/two/cmd/server'),
      reported: false,
      really: works(/server uid=/),
    },
    {
      name: 'made in the build',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN cp -r cmd/server cmd/api', 'RUN CGO_ENABLED=0 go build -o /app ./cmd/api'),
      reported: false,
      really: works(/server uid=/),
    },
  ],
};

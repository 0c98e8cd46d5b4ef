import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

export const buildIntoDirectory: RuleCases = {
  rule: 'build-into-directory',
  cases: [
    {
      name: 'two programs into a file',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app ./...'),
      reported: true,
      really: buildFails(/cannot write multiple packages to non-directory \/app/),
      fixed: { title: /server/, really: works(/server uid=/) },
    },
    {
      name: 'a program and a library into a file, as the golang image shows it',
      project: 'hello',
      files: { 'shop/shop.go': 'package shop\n' },
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -v -o /usr/local/bin/app ./...').replace(
        '/app /app',
        '/usr/local/bin/app /app',
      ),
      reported: true,
      really: buildFails(/cannot write multiple packages to non-directory \/usr\/local\/bin\/app/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'a second package that only a tag brings',
      project: 'hello',
      files: { 'tools/tools.go': '//go:build tools\n\npackage tools\n' },
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app ./...'),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

const test = { 'main_test.go': 'package main\n\nimport _ "example.com/only-in-a-test"\n' };

export const noGoModTidy: RuleCases = {
  rule: 'no-go-mod-tidy',
  cases: [
    {
      name: 'a module that the program does not need',
      project: 'module',
      files: test,
      dockerfile: onto('COPY . .', 'RUN go mod tidy'),
      reported: true,
      really: buildFails(/finding module for package example\.com\/only-in-a-test/),
      fixed: { title: /Download the modules/, really: works(/module/) },
    },
    {
      name: 'a version that go.mod does not say',
      project: 'module',
      files: { 'go.mod': 'module example.com/module\n\ngo 1.21\n', 'go.sum': '' },
      dockerfile: onto('COPY . .', 'RUN go mod tidy'),
      reported: true,
      really: works(/module/),
    },
    {
      name: 'init takes the newest',
      project: 'module',
      dockerfile: onto('COPY main.go ./', 'RUN go mod init example.com/module && go mod tidy'),
      reported: true,
      really: works(/module/),
    },
    {
      name: 'a download',
      project: 'module',
      files: test,
      dockerfile: onto('COPY . .', 'RUN go mod download'),
      reported: false,
      really: works(/module/),
    },
    {
      name: '-diff changes nothing',
      project: 'module',
      dockerfile: onto('COPY . .', 'RUN go mod tidy -diff'),
      reported: false,
      really: works(/module/),
    },
  ],
};

import { buildFails, type RuleCases, works } from '../case.ts';

const proxied = (lines: readonly string[], from: string): string => `FROM golang:1.26 AS proxy
COPY proxy /proxy
RUN cd /proxy && go run . /modules

FROM golang:1.26 AS build
COPY --from=proxy /modules /modules
ENV CGO_ENABLED=0 GOPROXY=file:///modules GONOSUMDB=example.com
${lines.join('\n')}

FROM scratch
COPY --from=build ${from} /tool
USER 65532:65532
ENTRYPOINT ["/tool"]
`;

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

export const noGoGet: RuleCases = {
  rule: 'no-go-get',
  cases: [
    {
      name: 'a tool is not installed',
      project: 'tooled',
      dockerfile: proxied(
        ['WORKDIR /src', 'COPY go.mod ./', 'RUN go get example.com/tool@v1.0.0 && tool'],
        '/go/bin/tool',
      ),
      reported: true,
      really: buildFails(/tool: (command )?not found/),
      fixed: { title: /go install/, really: works(/tool v1\.0\.0/) },
    },
    {
      name: 'a tool outside of a module',
      project: 'tooled',
      dockerfile: proxied(['WORKDIR /src', 'RUN go get example.com/tool@v1.0.0'], '/go/bin/tool'),
      reported: true,
      really: buildFails(/'go get' is no longer supported outside a module/),
      fixed: { title: /go install/, really: works(/tool v1\.0\.0/) },
    },
    {
      name: 'the modules of tests too',
      project: 'module',
      files: test,
      dockerfile: onto('COPY . .', 'RUN go get -t ./...'),
      reported: true,
      really: buildFails(/example\.com\/only-in-a-test/),
      fixed: { title: /Download the modules/, really: works(/module/) },
    },
    {
      name: 'all packages',
      project: 'module',
      dockerfile: onto('COPY . .', 'RUN go get -d -v ./...'),
      reported: true,
      really: works(/module/),
      fixed: { title: /Download the modules/, really: works(/module/) },
    },
    {
      name: 'a module that is made in the build',
      project: 'tooled',
      dockerfile: proxied(
        [
          'WORKDIR /src',
          'RUN go mod init example.com/x && go get example.com/tool@v1.0.0 && go build -o /tool example.com/tool',
        ],
        '/tool',
      ),
      reported: false,
      really: works(/tool v1\.0\.0/),
    },
    {
      name: 'go install',
      project: 'tooled',
      dockerfile: proxied(['RUN go install example.com/tool@v1.0.0'], '/go/bin/tool'),
      reported: false,
      really: works(/tool v1\.0\.0/),
    },
  ],
};

import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const build = 'RUN CGO_ENABLED=0 go build -o /app .';

const greeting = {
  'main.go': `package main

import "example.com/greet/greet"

func main() { greet.Hello() }
`,
  'go.mod': 'module example.com/greet\n\ngo 1.19\n',
  'greet/greet.go': 'package greet\n\nimport "fmt"\n\nfunc Hello() { fmt.Println("hello from greet") }\n',
};

export const noIgnoredSource: RuleCases = {
  rule: 'no-ignored-source',
  cases: [
    {
      name: 'an allow list without go.mod',
      project: 'hello',
      files: { '.dockerignore': '*\n!*.go\n' },
      dockerfile: onto('COPY . .', build),
      reported: true,
      really: buildFails(/go\.mod file not found in current directory or any parent directory/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'go.mod by name',
      project: 'hello',
      files: { '.dockerignore': 'go.*\n' },
      dockerfile: onto('COPY go.mod ./', 'COPY . .', build),
      reported: true,
      really: buildFails(/"\/go\.mod"[^\n]*not found|go\.mod: no such file/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'a package that is imported',
      project: 'hello',
      files: { ...greeting, '.dockerignore': 'greet\n' },
      dockerfile: onto('COPY . .', build),
      reported: true,
      really: buildFails(
        /package example\.com\/greet\/greet|no required module provides package example\.com\/greet\/greet/,
      ),
      fixed: { really: works(/hello from greet/) },
    },
    {
      name: 'a folder by name',
      project: 'hello',
      files: { ...greeting, '.dockerignore': '**/greet\n' },
      dockerfile: onto('COPY go.mod main.go ./', 'COPY greet ./greet', build),
      reported: true,
      really: buildFails(/"\/greet"[^\n]*not found|greet: no such file/),
      fixed: { really: works(/hello from greet/) },
    },
    {
      name: 'the main package, by a pattern meant for the binary',
      project: 'two-mains',
      files: { '.dockerignore': '**/server\n' },
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app ./cmd/server'),
      reported: true,
      really: buildFails(/cmd\/server/),
      fixed: { really: works(/./) },
    },
    {
      name: 'go.sum, by COPY . .',
      project: 'module',
      files: { '.dockerignore': '*.sum\n' },
      dockerfile: onto('COPY . .', build),
      reported: true,
      really: buildFails(/missing go\.sum entry/),
      fixed: { really: works(/./) },
    },
    {
      name: 'exceptions bring everything back',
      project: 'hello',
      files: { ...greeting, '.dockerignore': '*\n!go.mod\n!main.go\n!greet\n' },
      dockerfile: onto('COPY . .', build),
      reported: false,
      really: works(/hello from greet/),
    },
    {
      name: 'go mod tidy writes the hidden go.sum',
      project: 'module',
      files: { '.dockerignore': '*.sum\n' },
      dockerfile: onto('COPY . .', 'RUN go mod tidy', build),
      reported: false,
      really: works(/./),
    },
  ],
};

const shows = (...lines: readonly string[]): string => `FROM golang:1.26
WORKDIR /src
${lines.join('\n')}
RUN CGO_ENABLED=0 go build -buildvcs=false -o /app .
CMD /app; cat .env .git/HEAD || echo nothing else
`;

const unwanted = { '.env': 'TOKEN=secret\n', '.git/HEAD': 'ref: refs/heads/main\n' };

export const requireDockerignore: RuleCases = {
  rule: 'require-dockerignore',
  cases: [
    {
      name: '.env and .git are in the image',
      project: 'hello',
      files: unwanted,
      dockerfile: shows('COPY . .'),
      reported: true,
      really: works(/hello uid=[\s\S]*TOKEN=secret[\s\S]*refs\/heads\/main/),
      fixed: { title: /Create a \.dockerignore/, really: works(/hello uid=[\s\S]*nothing else/) },
    },
    {
      name: 'what is embedded stays in the build',
      project: 'embedded',
      files: unwanted,
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -buildvcs=false -o /app .'),
      reported: true,
      really: works(/./),
      fixed: { title: /Create a \.dockerignore/, really: works(/./) },
    },
    {
      name: 'files by name bring nothing else',
      project: 'hello',
      files: unwanted,
      dockerfile: shows('COPY go.mod main.go ./'),
      reported: false,
      really: works(/hello uid=[\s\S]*nothing else/),
    },
    {
      name: 'a .dockerignore of the Dockerfile alone',
      project: 'hello',
      files: { ...unwanted, 'Dockerfile.dockerignore': '.env\n.git\n' },
      dockerfile: shows('COPY . .'),
      reported: false,
      really: works(/hello uid=[\s\S]*nothing else/),
    },
  ],
};

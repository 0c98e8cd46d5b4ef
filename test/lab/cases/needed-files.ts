import { buildFails, type RuleCases, runFails, works } from '../case.ts';

const onto = (copies: string, runtime = '', build = 'go build -o /app .'): string => `FROM golang:1.26 AS build
WORKDIR /src
${copies}
RUN CGO_ENABLED=0 ${build}

FROM scratch
WORKDIR /srv
COPY --from=build /app /app
${runtime}USER 65532:65532
ENTRYPOINT ["/app"]
`;

const layered = {
  'main.go': 'package main\n\nimport "example.com/hello/internal/greet"\n\nfunc main() { greet.Print() }\n',
  'internal/greet/greet.go':
    'package greet\n\nimport "example.com/hello/pkg/words"\n\nfunc Print() { println(words.Hello) }\n',
  'pkg/words/words.go': 'package words\n\nconst Hello = "hello from below"\n',
};

export const copyImportedPackages: RuleCases = {
  rule: 'copy-imported-packages',
  cases: [
    {
      name: 'the files beside go.mod',
      project: 'hello',
      files: layered,
      dockerfile: onto('COPY go.mod *.go ./'),
      reported: true,
      really: buildFails(/example\.com\/hello\/internal\/greet/),
      fixed: { really: works(/hello from below/) },
    },
    {
      name: 'one folder is forgotten',
      project: 'hello',
      files: layered,
      dockerfile: onto('COPY go.mod *.go ./\nCOPY internal ./internal'),
      reported: true,
      really: buildFails(/example\.com\/hello\/pkg\/words/),
      fixed: { really: works(/hello from below/) },
    },
    {
      name: 'one folder is enough',
      project: 'hello',
      dockerfile: onto('COPY go.mod *.go ./'),
      reported: false,
      really: works(/hello uid=65532/),
    },
    {
      name: 'imported on another system',
      project: 'hello',
      files: {
        'extra_windows.go': 'package main\n\nimport _ "example.com/hello/win"\n',
        'win/win.go': 'package win\n',
      },
      dockerfile: onto('COPY go.mod *.go ./'),
      reported: false,
      really: works(/hello uid=65532/),
    },
  ],
};

export const copyEmbeddedFiles: RuleCases = {
  rule: 'copy-embedded-files',
  cases: [
    {
      name: 'the folder is not copied',
      project: 'embedded',
      dockerfile: onto('COPY go.mod *.go ./'),
      reported: true,
      really: buildFails(/pattern bin\/greeting\.txt: no matching files found/),
      fixed: { really: works(/./) },
    },
    {
      name: '.dockerignore hides the folder',
      project: 'embedded',
      files: { '.dockerignore': 'bin\n' },
      dockerfile: onto('COPY . .'),
      reported: true,
      really: buildFails(/pattern bin\/greeting\.txt: no matching files found/),
      fixed: { really: works(/./) },
    },
    {
      name: '.dockerignore makes an exception',
      project: 'embedded',
      files: { '.dockerignore': 'bin\n!bin/greeting.txt\n' },
      dockerfile: onto('COPY . .'),
      reported: false,
      really: works(/./),
    },
    {
      name: 'a stage makes the file',
      project: 'embedded',
      dockerfile: onto('COPY go.mod *.go ./\nRUN mkdir bin && echo made > bin/greeting.txt'),
      reported: false,
      really: works(/made/),
    },
  ],
};

export const copyRuntimeFiles: RuleCases = {
  rule: 'copy-runtime-files',
  cases: [
    {
      name: 'templates',
      project: 'opened',
      dockerfile: onto('COPY . .'),
      reported: true,
      really: runFails(1, /open templates\/greeting\.txt: no such file or directory/),
      fixed: { title: /^Copy templates/, really: works(/opened/) },
    },
    {
      name: 'templates at another place',
      project: 'opened',
      dockerfile: onto('COPY . .', 'COPY templates /templates\n'),
      reported: true,
      really: runFails(1, /open templates\/greeting\.txt: no such file or directory/),
      fixed: { title: /^Copy templates/, really: works(/opened/) },
    },
    {
      name: 'templates of the build stage',
      project: 'opened',
      dockerfile: onto('COPY . .', 'COPY --from=build /src/templates ./templates\n'),
      reported: false,
      really: works(/opened/),
    },
    {
      name: 'a pattern that is embedded',
      project: 'opened',
      files: {
        'main.go':
          'package main\n\nimport (\n\t"embed"\n\t"os"\n\t"text/template"\n)\n\n//go:embed templates\nvar files embed.FS\n\nfunc main() {\n\ttemplate.Must(template.ParseFS(files, "templates/*.txt")).Execute(os.Stdout, "opened")\n}\n',
      },
      dockerfile: onto('COPY . .'),
      reported: false,
      really: works(/opened/),
    },
  ],
};

const setting = (name: string): string => onto('COPY . .', '', `go build -ldflags "-X ${name}=1.2.3" -o /app .`);

const tagged = {
  'main.go':
    'package main\n\nimport (\n\t"example.com/version/v2/build"\n\t"fmt"\n\t"os"\n)\n\nvar version = os.Getenv("NONE")\nvar inlined = made()\nvar number int\n\nfunc made() string { return "none" }\n\nfunc main() { fmt.Println("version", version, inlined, build.Version, number) }\n',
  'build/build.go': 'package build\n\nvar Version = "none"\n',
};

export const matchLdflagsVariable: RuleCases = {
  rule: 'match-ldflags-variable',
  cases: [
    {
      name: 'capitals',
      project: 'version',
      dockerfile: setting('main.Version'),
      reported: true,
      really: works(/version none/),
      fixed: { title: /main\.version/, really: works(/version 1\.2\.3/) },
    },
    {
      name: 'the import path of the program',
      project: 'version',
      dockerfile: setting('example.com/version/v2.version'),
      reported: true,
      really: works(/version none/),
      fixed: { title: /main\.version/, really: works(/version 1\.2\.3/) },
    },
    {
      name: 'a path without its module',
      project: 'version',
      files: tagged,
      dockerfile: setting('build.Version'),
      reported: true,
      really: works(/version +none none/),
      fixed: { title: /build\.Version/, really: works(/version +none 1\.2\.3/) },
    },
    {
      name: 'a function gives the value',
      project: 'version',
      files: tagged,
      dockerfile: setting('main.version'),
      reported: true,
      really: works(/version +none none/),
    },
    {
      name: 'a function so small that the compiler puts its value in its place',
      project: 'version',
      files: tagged,
      dockerfile: setting('main.inlined'),
      reported: false,
      really: works(/version +1\.2\.3 none/),
    },
    {
      name: 'no string',
      project: 'version',
      files: tagged,
      dockerfile: setting('main.number'),
      reported: true,
      really: buildFails(/cannot set with -X: not a var of type string/),
    },
    {
      name: 'right',
      project: 'version',
      dockerfile: setting('main.version'),
      reported: false,
      really: works(/version 1\.2\.3/),
    },
  ],
};

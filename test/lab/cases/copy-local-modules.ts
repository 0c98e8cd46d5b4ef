import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const build = 'RUN CGO_ENABLED=0 go build -o /app .';

export const copyLocalModules: RuleCases = {
  rule: 'copy-local-modules',
  cases: [
    {
      name: 'a replacement, at the download',
      project: 'replaced',
      dockerfile: onto('COPY go.mod ./', 'RUN go mod download', 'COPY . .', build),
      reported: true,
      really: buildFails(/reading greet\/go\.mod: open \/src\/greet\/go\.mod: no such file or directory/),
      fixed: { really: works(/replaced/) },
    },
    {
      name: 'a replacement, at the build',
      project: 'replaced',
      dockerfile: onto('COPY go.mod main.go ./', build),
      reported: true,
      really: buildFails(/greet/),
      fixed: { really: works(/replaced/) },
    },
    {
      name: 'a replacement outside of the context',
      project: 'replaced',
      files: {
        'go.mod':
          'module example.com/replaced\n\ngo 1.21\n\nrequire example.com/greet v0.0.0\n\nreplace example.com/greet => ../greet\n',
      },
      dockerfile: onto('COPY . .', build),
      reported: true,
      really: buildFails(/\.\.\/greet/),
    },
    {
      name: 'a member of go.work',
      project: 'workspace',
      dockerfile: onto(
        'COPY go.work ./',
        'COPY app/go.mod app/go.sum ./app/',
        'WORKDIR /src/app',
        'RUN go mod download',
        'COPY . /src/',
        build,
      ),
      reported: true,
      really: buildFails(/cannot load module .*greet listed in go\.work file/),
      fixed: { really: works(/workspace/) },
    },
    {
      name: 'the go.mod of the replacement is enough for the download',
      project: 'replaced',
      dockerfile: onto('COPY go.mod ./', 'COPY greet/go.mod ./greet/', 'RUN go mod download', 'COPY . .', build),
      reported: false,
      really: works(/replaced/),
    },
    {
      name: 'a replacement that nothing requires',
      project: 'hello',
      files: { 'go.mod': 'module example.com/hello\n\ngo 1.19\n\nreplace example.com/greet => ../greet\n' },
      dockerfile: onto('COPY go.mod ./', 'RUN go mod download', 'COPY . .', build),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

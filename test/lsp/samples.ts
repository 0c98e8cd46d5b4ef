import type { Range } from 'vscode-languageserver/node';
import { projectOf } from '../support/project.ts';

/** A Go program beside the Dockerfiles of these tests. */
export const project = projectOf({
  'go.mod': 'module example.com/app\n\ngo 1.25\n',
  'main.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hi") }\n',
});

/** The program is built to /out/app, and another path is copied. */
export const broken = `FROM golang:1.26.4-alpine3.22 AS build
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -ldflags="-s -w" -o /out/app .

FROM scratch
COPY --from=build /out/server /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

export const clean = broken.replace('/out/server', '/out/app');

export const notGo = 'FROM node:22\nCOPY . .\nCMD ["node", "index.js"]\n';

/** The range of the first occurrence. */
export function rangeOf(text: string, wanted: string): Range {
  const at = text.indexOf(wanted);
  const before = text.slice(0, at).split('\n');
  const [line, character] = [before.length - 1, before.at(-1)?.length ?? 0];
  return { start: { line, character }, end: { line, character: character + wanted.length } };
}

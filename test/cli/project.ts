import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A Dockerfile whose COPY names a path that nothing builds; one safe fix. */
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

/** A Go program without Dockerfile. */
export const program: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/app\n\ngo 1.25\n',
  'main.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hi") }\n',
};

/** Runs the test in a temporary folder with these files. */
export async function inFolder(
  files: Readonly<Record<string, string>>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'go-dockerfile-cli-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    await test(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

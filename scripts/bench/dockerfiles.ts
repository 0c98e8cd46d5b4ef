/** A Dockerfile of a Go program to measure with. */
export interface Sample {
  readonly title: string;
  readonly text: string;
  /** Zero-based line at whose end the bench types: inside a go build. */
  readonly line: number;
}

const head = '# syntax=docker/dockerfile:1\n';

/** One program: builder with cached modules, then a small image. Sixteen lines. */
export const program = (name: string): string => `FROM golang:1.25.4-alpine3.22 AS build-${name}
WORKDIR /src
ENV CGO_ENABLED=0 GOFLAGS=-trimpath
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \\
    --mount=type=cache,target=/root/.cache/go-build \\
    go build -ldflags="-s -w" -o /out/${name} ./cmd/${name}

FROM gcr.io/distroless/static-debian12:nonroot AS ${name}
COPY --from=build-${name} /out/${name} /usr/local/bin/${name}
EXPOSE 8080
USER nonroot:nonroot
ENTRYPOINT ["/usr/local/bin/${name}"]
`;

/** Whole programs until there are about so many lines. */
function withLines(lines: number): string {
  const perProgram = program('service').split('\n').length;
  const programs = Array.from(
    { length: Math.max(1, Math.ceil((lines - 2) / perProgram)) },
    (_, number) => `\n${program(`service${number + 1}`)}`,
  );
  return head + programs.join('');
}

const sample = (title: string, lines: number): Sample => {
  const text = withLines(lines);
  return { title, text, line: text.split('\n').findIndex((line) => line.includes('go build')) };
};

/** What is typed into with both servers. */
export const samples: readonly Sample[] = [
  sample('30 lines', 30),
  sample('300 lines', 300),
  sample('3,000 lines', 3000),
];

/** Ten times the largest: a core whose time per line stays the same grows linearly. */
export const tenfold: Sample = sample('30,000 lines', 30_000);

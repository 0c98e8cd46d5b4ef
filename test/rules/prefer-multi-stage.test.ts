import { preferMultiStage } from '../../server/analysis/rules/prefer-multi-stage.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const text = (image: string, path: string): string =>
  `The image ships ${image} with its compiler and all sources, but runs only ${path}.`;

testRule(preferMultiStage, {
  valid: [
    {
      name: 'two stages',
      files: programs.hello,
      code: lines(
        'FROM golang:1.26 AS b',
        'WORKDIR /src',
        'COPY . .',
        'RUN go build -o /app',
        'FROM scratch',
        'COPY --from=b /app /app',
        'CMD ["/app"]',
      ),
    },
    {
      name: 'a development stage',
      files: programs.hello,
      code: lines('FROM golang:1.26 AS dev', 'WORKDIR /src', 'COPY . .', 'RUN go build -o /app', 'CMD ["/app"]'),
    },
    {
      name: 'a tool that compiles the sources itself',
      files: programs.hello,
      code: lines(
        'FROM golang:1.26',
        'WORKDIR /src',
        'RUN go install github.com/air-verse/air@v1.62.0',
        'COPY . .',
        'CMD ["air"]',
      ),
    },
    {
      name: 'go run',
      files: programs.hello,
      code: lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'CMD ["go", "run", "."]'),
    },
    {
      name: 'a shell',
      files: programs.hello,
      code: lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN go build -o /app', 'CMD ["bash"]'),
    },
    {
      name: 'no command',
      files: programs.hello,
      code: lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN go build -o /app'),
    },
    {
      name: 'a script builds it',
      files: programs.hello,
      code: lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN make', 'CMD ["/src/app"]'),
    },
    {
      name: 'a tool of another module',
      files: programs.hello,
      code: lines('FROM golang:1.26', 'RUN go install example.org/tool@v1', 'WORKDIR /src', 'CMD ["lint"]'),
    },
    {
      name: 'a devcontainer',
      path: '.devcontainer/Dockerfile',
      files: programs.hello,
      code: lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN go build -o /app', 'CMD ["/app"]'),
    },
    {
      name: 'it is the builder of a later stage',
      files: programs.hello,
      code: lines(
        'FROM golang:1.26 AS b',
        'WORKDIR /src',
        'COPY . .',
        'RUN go build -o /app',
        'CMD ["/app"]',
        '',
        'FROM b',
        'RUN go version',
        'CMD ["go", "test"]',
      ),
    },
  ],
  invalid: [
    {
      name: 'a single stage',
      files: programs.hello,
      code: lines(
        'FROM «golang:1.26»',
        'WORKDIR /src',
        'EXPOSE 8080',
        'ENV CGO_ENABLED=0',
        'ENV MODE=release',
        'COPY . .',
        'RUN go build -o /app',
        'ENTRYPOINT ["/app"]',
      ),
      messages: [text('golang:1.26', '/app')],
      fixed: lines(
        'FROM golang:1.26 AS build',
        'WORKDIR /src',
        'ENV CGO_ENABLED=0',
        'ENV MODE=release',
        'COPY . .',
        'RUN go build -o /app',
        '',
        'FROM gcr.io/distroless/static-debian13:nonroot',
        'COPY --from=build /app /app',
        'EXPOSE 8080',
        'ENV MODE=release',
        'ENTRYPOINT ["/app"]',
      ),
      severity: 'warning',
    },
    {
      name: 'cgo goes off where the program works without it, and the stage keeps its name',
      files: programs.web,
      code: lines(
        'FROM «golang:1.26» AS builder',
        'WORKDIR /src',
        'COPY . .',
        'RUN go build -o server',
        'CMD ["./server"]',
      ),
      messages: [text('golang:1.26', '/src/server')],
      fixed: lines(
        'FROM golang:1.26 AS builder',
        'WORKDIR /src',
        'COPY . .',
        'RUN CGO_ENABLED=0 go build -o server',
        '',
        'FROM gcr.io/distroless/static-debian13:nonroot',
        'WORKDIR /src',
        'COPY --from=builder /src/server /src/server',
        'CMD ["./server"]',
      ),
    },
    {
      name: 'a program that needs C runs on glibc',
      files: programs.cgo,
      code: lines('FROM «golang:1.26»', 'WORKDIR /src', 'COPY . .', 'RUN go build -o /app', 'CMD ["/app"]'),
      messages: [text('golang:1.26', '/app')],
      fixed: lines(
        'FROM golang:1.26 AS build',
        'WORKDIR /src',
        'COPY . .',
        'RUN go build -o /app',
        '',
        'FROM gcr.io/distroless/base-debian13:nonroot',
        'COPY --from=build /app /app',
        'CMD ["/app"]',
      ),
    },
    {
      name: 'what follows the build cannot simply move',
      files: programs.hello,
      code: lines(
        'FROM «golang:1.26»',
        'WORKDIR /src',
        'COPY . .',
        'RUN go build -o /app',
        'RUN useradd app',
        'USER app',
        'CMD ["/app"]',
      ),
      messages: [text('golang:1.26', '/app')],
    },
  ],
});

import { noShellWithoutShell } from '../../server/analysis/rules/no-shell-without-shell.ts';
import { testRule } from '../support/test-rule.ts';

const build = 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n';
const on = (base: string, ...lines: readonly string[]): string =>
  `${build}FROM ${base}\nCOPY --from=build /app /app\n${lines.join('\n')}\n`;
const starts = (keyword: string, image: string): string =>
  `${keyword} starts a shell, and ${image} has none: the container does not start.`;

testRule(noShellWithoutShell, {
  valid: [
    { name: 'exec form', code: on('scratch', 'ENTRYPOINT ["/app"]', 'CMD ["--help"]') },
    { name: 'Alpine has a shell', code: on('alpine:3.24', 'CMD /app') },
    { name: 'distroless debug has one', code: on('gcr.io/distroless/static-debian13:debug', 'CMD /app') },
    { name: 'an unknown base', code: on('example.com/base:1', 'CMD /app') },
    { name: 'a shell was copied', code: on('scratch', 'COPY --from=busybox /bin/ /bin/', 'CMD /app') },
    { name: 'a shell was copied as one file', code: on('scratch', 'COPY --from=build /bin/sh /bin/sh', 'CMD /app') },
    { name: 'CMD is only the arguments of ENTRYPOINT', code: on('scratch', 'ENTRYPOINT ["/app"]', 'CMD --help') },
    { name: 'a later CMD replaces it', code: on('scratch', 'CMD /app', 'CMD ["/app"]') },
    { name: 'RUN in exec form', code: on('scratch', 'RUN ["/app", "--check"]') },
    { name: 'HEALTHCHECK NONE', code: on('scratch', 'HEALTHCHECK NONE', 'CMD ["/app"]') },
    { name: 'the trigger of another build', code: on('scratch', 'ONBUILD RUN echo hi') },
    {
      name: 'SHELL names a shell that was copied',
      code: on(
        'scratch',
        'COPY --from=busybox /bin/busybox /bin/busybox',
        'SHELL ["/bin/busybox", "sh", "-c"]',
        'CMD /app',
      ),
    },
    { name: 'a base by variable', code: `ARG BASE\n${build}FROM $BASE\nCMD /app\n` },
  ],
  invalid: [
    {
      name: 'RUN of a stage for development',
      code: 'FROM golang:1.26 AS build\nRUN go build -o /app .\n\nFROM scratch AS test\nRUN «/app --check»\nCMD /app\n\nFROM golang:1.26\n',
      messages: ['RUN starts a shell, and scratch has none: the build stops.'],
    },
    {
      name: 'ENTRYPOINT',
      code: on('scratch', 'ENTRYPOINT «/app --port 80»'),
      messages: [starts('ENTRYPOINT', 'scratch')],
      fixed: on('scratch', 'ENTRYPOINT ["/app", "--port", "80"]'),
      severity: 'error',
    },
    {
      name: 'quotes are taken away',
      code: on('gcr.io/distroless/base-debian13:nonroot', `CMD «/app --name "a b" 'c'»`),
      messages: [starts('CMD', 'gcr.io/distroless/base-debian13:nonroot')],
      fixed: on('gcr.io/distroless/base-debian13:nonroot', 'CMD ["/app", "--name", "a b", "c"]'),
    },
    {
      name: 'a variable needs a shell, so there is no fix',
      code: on('scratch', 'CMD «/app --port $PORT»'),
      messages: [starts('CMD', 'scratch')],
    },
    {
      name: 'an exec form that names a shell',
      code: on('scratch', 'CMD «["sh", "-c", "/app"]»'),
      messages: [starts('CMD', 'scratch')],
    },
    {
      name: 'RUN ends the build',
      code: on('scratch', 'RUN «chmod +x /app»', 'CMD ["/app"]'),
      messages: ['RUN starts a shell, and scratch has none: the build stops.'],
    },
    {
      name: 'HEALTHCHECK',
      code: on('scratch', 'HEALTHCHECK --interval=5s CMD «/app health»', 'CMD ["/app"]'),
      messages: ['HEALTHCHECK starts a shell, and scratch has none: it always fails.'],
      fixed: on('scratch', 'HEALTHCHECK --interval=5s CMD ["/app", "health"]', 'CMD ["/app"]'),
    },
  ],
});

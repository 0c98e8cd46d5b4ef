import { type LabCase, runFails, works } from '../../case.ts';
import { file, hasModules } from './lines.ts';

const script = '#!/bin/sh\necho prebuilt\n';

/** Users of the last stage, and Dockerfiles without Go. */
export const users: readonly LabCase[] = [
  {
    name: 'a user of its own, the program in a folder of root',
    project: 'module',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /app',
      'COPY . .',
      'RUN CGO_ENABLED=0 go build -o svc .',
      'FROM alpine:latest',
      'WORKDIR /root/',
      'RUN adduser -D -s /sbin/nologin svcuser',
      'USER svcuser',
      'COPY --from=builder /app/svc .',
      'CMD ["./svc"]',
    ),
    reported: ['download-modules-first', 'pin-base-image'],
    really: runFails(126, /permission denied/),
  },
  {
    name: 'a user of its own, glibc to musl',
    project: 'module',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /app',
      'COPY . .',
      'RUN go build -o svc .',
      'FROM alpine:latest',
      'WORKDIR /srv',
      'RUN adduser -D -s /sbin/nologin svcuser',
      'USER svcuser',
      'COPY --from=builder /app/svc .',
      'CMD ["./svc"]',
    ),
    reported: ['download-modules-first', 'match-libc', 'pin-base-image'],
    really: runFails(1, /no such file or directory/),
    fixed: { clean: true, really: hasModules },
  },
  {
    name: 'ubuntu, groupadd and useradd',
    project: 'hello',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /app',
      'COPY . .',
      'RUN go build -o svc main.go',
      'FROM ubuntu:22.04',
      'RUN groupadd -r svc && useradd -r -g svc svc',
      'WORKDIR /app',
      'COPY --from=builder /app/svc .',
      'USER svc',
      'CMD ["./svc"]',
    ),
    reported: [],
    really: works(/hello uid=99\d/),
  },
  {
    name: 'ubuntu and a script, no Go',
    project: 'hello',
    files: { 'run.sh': script },
    dockerfile: file(
      'FROM ubuntu:22.04',
      'RUN groupadd -r svc && useradd -r -g svc svc',
      'COPY --chmod=755 run.sh ./',
      'USER svc',
      'CMD ["./run.sh"]',
    ),
    reported: [],
    really: works(/prebuilt/),
  },
  {
    name: 'a program that was built on the host',
    project: 'hello',
    files: { svc: script },
    dockerfile: file(
      'FROM alpine:latest',
      'RUN apk --no-cache add ca-certificates',
      'COPY svc /svc',
      'RUN chmod +x /svc',
      'EXPOSE 8080',
      'CMD ["/svc"]',
    ),
    reported: [],
    really: works(/prebuilt/),
  },
];

import { building, type FailureCase } from './case.ts';

/** Failures of other commands in a RUN. */
export const runFailures: readonly FailureCase[] = [
  {
    name: 'go-missing',
    dockerfile: building('go build -o /app .', 'alpine:3.23'),
    cause: 'program-missing',
    says: 'go is not in this image: start the stage from golang.',
    line: 4,
  },
  {
    name: 'program-missing',
    dockerfile: building('protoc --version'),
    cause: 'program-missing',
    says: 'protoc is not in this image: install it first.',
    line: 4,
  },
  {
    name: 'no-shell',
    dockerfile: 'FROM scratch\nCOPY main.go /\nRUN go build\n',
    cause: 'no-shell',
    says: 'RUN needs /bin/sh, which this image does not have',
    line: 3,
  },
  {
    name: 'disk-full-in-run',
    dockerfile:
      'FROM golang:1.26\nRUN mount -t tmpfs -o size=1m none /mnt 2>/dev/null; dd if=/dev/zero of=/dev/shm/x bs=1M count=200\n',
    cause: 'disk-full',
    says: 'The disk of the engine is full',
    line: 2,
  },
  {
    name: 'killed',
    dockerfile: "FROM golang:1.26\nRUN sh -c 'kill -9 $$'\n",
    cause: 'killed',
    says: 'was killed (exit code 137)',
    line: 2,
  },
  {
    name: 'compiler-killed',
    dockerfile: building(
      "printf '#!/bin/sh\\nkill -9 $$\\n' >/tmp/k; chmod +x /tmp/k; CGO_ENABLED=0 go build -a -toolexec /tmp/k -o /app .",
    ),
    cause: 'killed',
    says: 'was killed',
    line: 4,
  },
  {
    name: 'out-of-memory',
    dockerfile: building('ulimit -v 300000; CGO_ENABLED=0 go build -a -o /app .'),
    cause: 'out-of-memory',
    says: 'ran out of memory',
    line: 4,
  },
  {
    name: 'not-executable',
    files: { 'build.sh': '#!/bin/sh\ngo build -o /app .\n' },
    dockerfile: building('./build.sh'),
    cause: 'not-executable',
    says: './build.sh is not executable',
    line: 4,
  },
  {
    name: 'carriage-return',
    files: { 'build.sh': '#!/bin/bash\r\ngo build -o /app .\r\n' },
    dockerfile: building('chmod +x build.sh && ./build.sh'),
    cause: 'script-missing',
    says: './build.sh is not there, or its first line names a program that is not',
    line: 4,
  },
  {
    name: 'some-command',
    dockerfile: 'FROM golang:1.26\nRUN echo zwölf && exit 3\n',
    cause: 'other',
    says: 'RUN failed with exit code 3 at line 2: zwölf',
    line: 2,
  },
];

import assert from 'node:assert/strict';
import type { Files } from '../../support/project.ts';
import { fileText, lastStage, traceOf } from './traced.ts';

const files: Files = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'etc/app.yaml': 'port: 80\n',
  'docs/a.md': '',
  'docs/b.md': '',
  'secret.env': '',
  'dist.tar.gz': '',
  'tools/go.mod': 'module example.com/tools\n\ngo 1.26\n',
  '.dockerignore': '*.env\n',
};

/** Lines behind `WORKDIR /src`, then paths with what lies there at the end: origin of a file, folder, absent or unknown. */
const table: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['COPY of the context', 'COPY . .', { '/src/main.go': 'context', '/src/etc': 'folder', '/src/no.go': 'absent' }],
  ['.dockerignore takes files away', 'COPY . .', { '/src/secret.env': 'absent' }],
  ['a leading ../ ends at the context', 'COPY ../../go.mod .', { '/src/go.mod': 'context', '/go.mod': 'absent' }],
  ['a file to a folder', 'COPY go.mod /m/', { '/m/go.mod': 'context', '/m': 'folder' }],
  ['a file to a name', 'COPY go.mod /m', { '/m': 'context' }],
  ['several files', 'COPY go.mod main.go /m/', { '/m/go.mod': 'context', '/m/main.go': 'context' }],
  ['a folder brings its content, not itself', 'COPY etc /conf', { '/conf/app.yaml': 'context', '/conf/etc': 'absent' }],
  ['a pattern', 'COPY docs/*.md /d/', { '/d/a.md': 'context', '/d/b.md': 'context', '/d/c.md': 'absent' }],
  ['--parents keeps folders, which nobody follows', 'COPY --parents docs/a.md /d/', { '/d/docs/a.md': 'unknown' }],
  ['ADD unpacks an archive', 'ADD dist.tar.gz /opt/dist/', { '/opt/dist/app': 'unknown' }],
  ['COPY does not', 'COPY dist.tar.gz /d/', { '/d/dist.tar.gz': 'context', '/d/app': 'absent' }],
  ['ADD of a URL', 'ADD https://example.org/x /x/', { '/x/x': 'unknown', '/app': 'absent' }],
  ['a heredoc of COPY', 'COPY <<EOF /entry.sh\n#!/bin/sh\nEOF', { '/entry.sh': 'run' }],
  ['two heredocs into a folder', 'COPY <<a <<b /d/\n1\na\n2\nb', { '/d/a': 'run', '/d/b': 'run' }],
  ['go build', 'COPY . .\nRUN go build -o /app', { '/app': 'go' }],
  ['go build to a folder of the base', 'COPY . .\nRUN go build -o /usr/local/bin', { '/usr/local/bin/app': 'go' }],
  ['a working directory in a system folder', 'WORKDIR /usr/src/app', { '/usr/src/app': 'folder' }],
  ['mkdir in a branch', 'RUN [ -d /a ] || mkdir /a', { '/a': 'unknown' }],
  ['go build in a branch', 'COPY . .\nRUN if [ -n "$X" ]; then go build -o /app; fi', { '/app': 'unknown' }],
  ['go build behind ||', 'COPY . .\nRUN test -x /app || go build -o /app', { '/app': 'unknown' }],
  ['mv', 'COPY . .\nRUN go build -o a && mv a /app', { '/app': 'go', '/src/a': 'absent' }],
  ['mv into a folder', 'COPY . .\nRUN mkdir /out && go build -o a && mv a /out', { '/out/a': 'go' }],
  [
    'cp in a later RUN',
    'COPY . .\nRUN go build -o a\nRUN cp a /usr/local/bin/',
    { '/usr/local/bin/a': 'go', '/src/a': 'go' },
  ],
  ['cp of several', 'COPY . .\nRUN cp go.mod main.go /d/', { '/d/go.mod': 'context', '/d/main.go': 'context' }],
  ['cp -r of a folder', 'COPY . .\nRUN cp -r etc /conf', { '/conf/app.yaml': 'unknown' }],
  ['install', 'COPY . .\nRUN go build -o a && install -D -m 0755 a /usr/bin/app', { '/usr/bin/app': 'go' }],
  ['install with a glued mode', 'COPY . .\nRUN go build -o a && install -Dm755 a /opt/app', { '/opt/app': 'go' }],
  ['install -d', 'RUN install -d -m 0700 /data', { '/data': 'folder' }],
  ['ln -s', 'COPY . .\nRUN go build -o /opt/app && ln -s /opt/app /run-me', { '/run-me': 'go' }],
  ['ln -s from the folder of the link', 'COPY . .\nRUN go build -o /opt/app && ln -s app /opt/b', { '/opt/b': 'go' }],
  ['a link to nowhere', 'RUN ln -s /opt/none /run-me', { '/run-me': 'unknown' }],
  ['rm', 'COPY . .\nRUN go build -o /app && rm /app', { '/app': 'absent' }],
  ['rm -rf of a folder', 'COPY . .\nRUN rm -rf /src', { '/src/main.go': 'absent' }],
  ['rm in a branch', 'COPY . .\nRUN [ -z "$X" ] || rm main.go', { '/src/main.go': 'unknown' }],
  ['copied again after rm', 'COPY . .\nRUN rm main.go\nCOPY main.go .', { '/src/main.go': 'context' }],
  [
    'touch, tee and redirects',
    'RUN touch /a && echo x | tee /b && echo y > /c',
    { '/a': 'run', '/b': 'run', '/c': 'run' },
  ],
  ['mkdir -p', 'RUN mkdir -p /a/b/c', { '/a/b/c': 'folder', '/a/b': 'folder', '/a/x': 'absent' }],
  ['cd in a subshell', 'RUN (cd /tmp && touch a) && touch b', { '/tmp/a': 'run', '/src/b': 'run' }],
  ['a script may do anything', 'COPY . .\nRUN ./build.sh', { '/app': 'unknown', '/src/main.go': 'unknown' }],
  ['so may make', 'RUN make', { '/app': 'unknown' }],
  [
    'curl adds files where it runs',
    'COPY . .\nRUN curl -LO https://example.org/x',
    { '/src/x': 'unknown', '/src/go.mod': 'context', '/app': 'absent' },
  ],
  ['and where it is told to', 'RUN curl -o /opt/x https://example.org/x', { '/opt/x': 'unknown', '/app': 'absent' }],
  [
    'generators leave the module as it is',
    'COPY . .\nRUN protoc --go_out=. api.proto',
    { '/src/go.mod': 'context', '/src/api.pb.go': 'unknown' },
  ],
  ['an unknown command reaches its folder', 'COPY . .\nRUN frobnicate', { '/src/go.mod': 'unknown', '/app': 'absent' }],
  [
    'git config and git describe change no file',
    'COPY . .\nRUN git config --global a.b c && echo $(git describe --tags)',
    { '/src/go.mod': 'context' },
  ],
  ['git checkout may', 'COPY . .\nRUN git checkout v1', { '/src/go.mod': 'unknown' }],
  ['set runs nothing', 'COPY . .\nRUN set sed -i s/a/b/ go.mod', { '/src/go.mod': 'context' }],
  [
    '[ … ] is a command, not JSON',
    'COPY . .\nRUN [ "$X" != "a" ] || touch /a',
    { '/a': 'unknown', '/src/go.mod': 'context' },
  ],
  [
    'package managers stay in system folders',
    'RUN apt-get install -y git',
    { '/usr/bin/git': 'unknown', '/app': 'absent' },
  ],
  ['what the base holds', '', { '/usr/local/go/bin/go': 'base', '/usr/bin/foo': 'unknown', '/app': 'absent' }],
  [
    'an unknown output leaves the sources',
    'COPY . .\nARG N\nRUN go build -o /out/$N',
    { '/out/a': 'unknown', '/src/go.mod': 'context', '/app': 'absent' },
  ],
  ['go generate runs anything', 'COPY . .\nRUN go generate ./...', { '/src/go.mod': 'unknown' }],
  ['a test binary', 'COPY . .\nRUN go test -c -o /app.test', { '/app.test': 'run', '/src/go.mod': 'context' }],
];

/** As above, with mounts: what is written into one is gone afterwards. */
const mounts: typeof table = [
  ['a bind mount of the context', 'RUN --mount=target=. go build -o /app', { '/app': 'go', '/src/go.mod': 'absent' }],
  ['short keys', 'RUN --mount=type=bind,src=etc,dst=/conf cp /conf/app.yaml /app.yaml', { '/app.yaml': 'context' }],
  ['an output in a bind mount is lost', 'RUN --mount=target=.,rw go build -o app', { '/src/app': 'absent' }],
  [
    'an output in a cache mount is lost',
    'COPY . .\nRUN --mount=type=cache,target=/out go build -o /out/app',
    { '/out/app': 'absent' },
  ],
  [
    'unless it is copied out',
    'COPY . .\nRUN --mount=type=cache,target=/out go build -o /out/app && cp /out/app /app',
    { '/app': 'go', '/out/app': 'absent' },
  ],
  [
    'cache mounts beside the output',
    'COPY . .\nRUN --mount=type=cache,target=/root/.cache go build -o /app',
    { '/app': 'go' },
  ],
  [
    'an output in tmpfs is lost',
    'COPY . .\nRUN --mount=type=tmpfs,target=/tmp go build -o /tmp/app',
    { '/tmp/app': 'absent' },
  ],
  [
    'a secret is no folder',
    'COPY . .\nRUN --mount=type=secret,id=netrc,target=/root/.netrc go build -o /app',
    { '/app': 'go' },
  ],
];

describe('the files of a stage', () => {
  for (const [name, lines, expected] of [...table, ...mounts]) {
    it(name, () => {
      const stage = lastStage(traceOf(`FROM golang:1.26\nWORKDIR /src\n${lines}\n`, files));
      const found = Object.fromEntries(Object.keys(expected).map((path) => [path, fileText(stage, path)]));
      assert.deepEqual(found, expected);
    });
  }

  const between: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['from a stage by name', 'FROM scratch\nCOPY --from=build /out/app /app', { '/app': 'go' }],
    ['by number', 'FROM scratch\nCOPY --from=0 /out/app /app', { '/app': 'go' }],
    ['by an ARG', 'FROM scratch\nARG S=build\nCOPY --from=$S /out/app /app', { '/app': 'go' }],
    ['a folder of it', 'FROM scratch\nCOPY --from=build /out /', { '/app': 'go' }],
    ['its root', 'FROM scratch\nCOPY --from=build / /', { '/out/app': 'go' }],
    ['into the working directory', 'FROM scratch\nWORKDIR /opt\nCOPY --from=build /out/app .', { '/opt/app': 'go' }],
    ['to a folder that is there', 'FROM scratch\nWORKDIR /app\nCOPY --from=build /out/app /app', { '/app/app': 'go' }],
    [
      'through a third stage',
      'FROM scratch AS files\nCOPY --from=build /out/ /bin/\n\nFROM scratch\nCOPY --from=files / /',
      { '/bin/app': 'go' },
    ],
    ['in a stage that starts from it', 'FROM build', { '/out/app': 'go', '/src/go.mod': 'context' }],
    ['overwritten there', 'FROM build\nRUN rm /out/app', { '/out/app': 'absent' }],
    [
      'bound from it',
      'FROM alpine:3.24\nRUN --mount=from=build,src=/out,target=/m cp /m/app /app',
      { '/app': 'go', '/m/app': 'absent' },
    ],
    ['from an image', 'FROM scratch\nCOPY --from=example.org/tool /bin/x /x', { '/x': 'unknown', '/y': 'absent' }],
    ['from a named context', 'FROM scratch\nCOPY --from=assets logo.png /', { '/logo.png': 'unknown' }],
    [
      'picked by the platform',
      'FROM scratch\nARG TARGETARCH\nCOPY --from=build /out/app-$TARGETARCH /app',
      { '/app': 'unknown' },
    ],
  ];
  for (const [name, lines, expected] of between) {
    it(`between stages: ${name}`, () => {
      const build = 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app\n\n';
      const stage = lastStage(traceOf(`${build}${lines}\n`, files));
      const found = Object.fromEntries(Object.keys(expected).map((path) => [path, fileText(stage, path)]));
      assert.deepEqual(found, expected);
    });
  }
});

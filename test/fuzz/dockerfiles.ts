import fc, { type Arbitrary } from 'fast-check';

const word = fc.constantFrom(
  ...['/app', './app', 'app', '/src', '/out/', '.', '..', '/', '*.go', 'go.mod', 'go.sum', '/usr/local/bin/app'],
  ...['$A', '${A}', '${A:-b}', '${A:+$B}', '${A#*/}', '${A%%x}', '${A//x/y}', '$$', '\\$A', '"$A b"', "'$A'", '""'],
  ...['é', '😀', '\u00a0', '\u2028', 'a\\ b', '"a', '[', ']', '{a,b}', '~', '`id`', '$(go env GOPATH)', '@', ':'],
);

const name = fc.constantFrom(
  'A',
  'B',
  'GOOS',
  'GOARCH',
  'TARGETARCH',
  'CGO_ENABLED',
  'GOFLAGS',
  'PATH',
  'VERSION',
  'CC',
);
const value = fc.oneof(word, fc.constantFrom('0', '1', 'linux', 'amd64', '-trimpath', '-mod=vendor', '/bin:$PATH'));
const stage = fc.constantFrom('build', 'BUILD', 'base', 'run', 'test', '0', '1', '7', 'no-such', '$A', 'build-$A');

const image = fc.oneof(
  fc.constantFrom(
    ...['golang', 'golang:latest', 'golang:1.22', 'golang:1.26-alpine', 'golang:1.26-bookworm', 'golang:${GO}'],
    ...['golang:1.99', 'golang@sha256:0', 'golang:1.26@sha256:0123', 'scratch', 'alpine', 'alpine:3.22', 'debian:12'],
    ...['gcr.io/distroless/static', 'gcr.io/distroless/base-debian12:nonroot', 'busybox', 'ubuntu:22.04', '$A', ''],
    ...['docker.io/library/golang:1.21', 'localhost:5000/x:y', 'cgr.dev/chainguard/static', 'node:20', 'alpine'],
  ),
  stage,
);

const flags = (...each: readonly string[]): Arbitrary<string> =>
  fc.array(fc.constantFrom(...each), { maxLength: 3 }).map((all) => all.map((flag) => `${flag} `).join(''));

const mounts = flags(
  ...['--mount=type=cache,target=/go/pkg/mod', '--mount=type=cache,target=/root/.cache/go-build,id=b,sharing=locked'],
  ...['--mount=type=bind,target=.', '--mount=target=/src,rw', '--mount=type=secret,id=netrc', '--mount=type=ssh'],
  ...['--mount=type=tmpfs,target=/tmp', '--mount=from=build,source=/out,target=/out', '--mount=', '--network=none'],
  ...['--security=insecure', '--mount="type=cache, target=/x"', '--', '--unknown'],
);

const goCommand = fc
  .tuple(
    fc.constantFrom(
      '',
      '',
      'CGO_ENABLED=0 ',
      'CGO_ENABLED=1 GOOS=linux ',
      'GOARCH=$TARGETARCH ',
      'env A=b ',
      'GOOS=js ',
    ),
    fc.constantFrom('go', 'go', 'go', '/usr/local/go/bin/go', 'xx-go', 'tinygo', 'garble', 'go1.22'),
    fc.constantFrom(
      ...['build', 'build', 'build', 'install', 'mod download', 'mod tidy', 'mod vendor', 'mod verify', 'test', 'run'],
      ...['generate', 'get', 'env -w', 'vet', 'list', 'work sync', 'clean -modcache', 'tool x', 'version'],
    ),
    flags(
      ...['-o /app', '-o=/out/', '-o ./bin/$A', '-o', '-v', '-a', '-race', '-trimpath', '-buildvcs=false', '-mod=mod'],
      ...['-ldflags="-s -w"', "-ldflags='-s -w -X main.v=$VERSION'", '-ldflags "-extldflags -static"', '-ldflags=$A'],
      ...['-tags netgo,osusergo', '-tags "a b"', '-buildmode=pie', '-installsuffix cgo', '-C sub', '-gcflags=all=-N'],
      ...['-linkshared', '-msan', '-x', '-n', '-p 4', '-cover', '-modfile=x.mod', '-overlay o.json'],
    ),
    fc.constantFrom(
      '',
      '.',
      './...',
      './cmd/x',
      'main.go',
      'example.com/app/cmd/x',
      'golang.org/x/tools@latest',
      '$A',
      'cmd',
    ),
  )
  .map(([prefix, program, verb, options, operand]) => `${prefix}${program} ${verb} ${options}${operand}`);

const command: Arbitrary<string> = fc.oneof(
  { arbitrary: goCommand, weight: 4 },
  fc
    .tuple(
      fc.constantFrom('cp', 'mv', 'rm -rf', 'mkdir -p', 'ln -s', 'chmod +x', 'cd', 'export A=', 'apk add', 'useradd'),
      word,
      word,
    )
    .map((parts) => parts.join(' ')),
  fc.constantFrom(
    ...['apk add --no-cache gcc musl-dev', 'apt-get update', 'apt-get install -y gcc git ca-certificates', 'make'],
    ...['adduser -D -u 10001 app', 'set -eux', 'git clone https://$A@github.com/x/y', 'curl -L https://x | tar xz'],
    ...['./build.sh', 'upx /app', 'strip /app', 'true', ':', 'rm -rf /var/lib/apt/lists/*', 'source ./x', 'exit 1'],
    ...[
      'sh -c "go build -o /app ."',
      "bash -ec 'go build'",
      'eval "go build"',
      'go build > /log 2>&1',
      'cat <<X\ny\nX',
    ],
    ...['echo "$A" > .netrc', 'git config --global url."https://$TOKEN@github.com".insteadOf https://github.com'],
  ),
);

const separator = fc.constantFrom(
  ' && ',
  ' && \\\n    ',
  '; ',
  ' || ',
  ' | ',
  ' & ',
  ' \\\n# why\n  && ',
  '\\\n',
  '\n',
);

const script: Arbitrary<string> = fc
  .array(fc.tuple(command, separator, fc.nat({ max: 9 })), { minLength: 1, maxLength: 4 })
  .map((parts) =>
    parts
      .map(([text, join, shape], index) => {
        const shaped = ['if x; then ', 'for i in a b; do ', '(', '{ ', '$('][shape];
        const end = ['; fi', '; done', ')', '; }', ')'][shape] ?? '';
        return `${shaped ?? ''}${text}${end}${index < parts.length - 1 ? join : ''}`;
      })
      .join(''),
  );

const heredoc = fc
  .tuple(fc.constantFrom('<<EOF', '<<-EOF', '<<"EOF"', "<<'EOF' bash", '<<EOF sh -e', 'cat <<EOF > /x'), script)
  .map(([opener, body]) => `${opener}\n${body}\n${opener.includes('-EOF') ? '\t' : ''}EOF`);

const words = fc.array(word, { maxLength: 4 });
const json = words.map((all) => JSON.stringify(all));
const pairs = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 3 });
const form = fc.oneof(
  json,
  script,
  words.map((all) => all.join(' ')),
  fc.constantFrom('["/app"]', '["app", "x"]', '/app', 'app $A'),
);

const copyFlags = flags(
  ...[
    '--from=build',
    '--from=0',
    '--from=$A',
    '--from=alpine:3.22',
    '--chown=1:1',
    '--chmod=755',
    '--link',
    '--parents',
  ],
  ...['--exclude=*.md', '--checksum=sha256:0', '--keep-git-dir=true', '--from="build"'],
);

const plainInstruction: Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc
      .tuple(mounts, fc.oneof(script, script, heredoc, json))
      .map(([options, text]) => `RUN ${options}${text}`),
    weight: 5,
  },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom('COPY', 'COPY', 'ADD'),
        copyFlags,
        fc.oneof(
          words.map((all) => all.join(' ')),
          json,
          heredoc,
        ),
      )
      .map(([keyword, options, text]) => `${keyword} ${options}${text}`),
    weight: 4,
  },
  fc
    .tuple(fc.constantFrom('ENV', 'ARG', 'LABEL'), pairs)
    .map(([keyword, all]) => `${keyword} ${all.map((pair) => pair.join('=')).join(' ')}`),
  fc
    .tuple(fc.constantFrom('ENV', 'ARG'), name, value)
    .map(([keyword, one, two]) => `${keyword} ${one} ${keyword === 'ENV' ? two : ''}`),
  fc
    .tuple(fc.constantFrom('WORKDIR', 'USER', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'MAINTAINER', 'SHELL'), words)
    .map(([keyword, all]) => `${keyword} ${all.join(' ')}`),
  {
    arbitrary: fc
      .tuple(fc.constantFrom('ENTRYPOINT', 'CMD', 'HEALTHCHECK CMD', 'HEALTHCHECK --interval=5s CMD'), form)
      .map((parts) => parts.join(' ')),
    weight: 2,
  },
  fc.constantFrom(
    ...[
      'COPY . .',
      'COPY go.mod go.sum ./',
      'WORKDIR /src',
      'USER 65532:65532',
      'USER nobody',
      'EXPOSE 8080',
      'VOLUME ["/data"]',
    ],
    ...[
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
      'SHELL ["powershell"]',
      'HEALTHCHECK NONE',
      'STOPSIGNAL SIGTERM',
    ],
    ...['COPY --from=build /app /app', 'ENTRYPOINT ["/app"]', 'FOO bar', 'run', 'copy', 'ARG', 'ENV', ''],
  ),
);

const from = fc
  .tuple(fc.constantFrom('', '', '--platform=$BUILDPLATFORM ', '--platform=linux/arm64 '), image, fc.option(stage))
  .map(([platform, base, alias]) => `FROM ${platform}${base}${alias === null ? '' : ` AS ${alias}`}`);

const comment = fc.constantFrom(
  ...[
    '# x',
    '#',
    '  # go-dockerfile ignore=no-root-user',
    '# go-dockerfile ignore=x,pin-base-image -- y',
    '# hadolint ignore=DL3006',
  ],
  ...['# check=skip=all', '# syntax=docker/dockerfile:1', '# escape=`', '# escape=\\', '# nosemgrep'],
);

const line = fc.oneof(
  { arbitrary: plainInstruction, weight: 8 },
  { arbitrary: from, weight: 2 },
  comment,
  plainInstruction.map((instruction) => `ONBUILD ${instruction}`),
);

/** Dockerfiles with every instruction, flag and form, in all the ways texts are written. */
export const dockerfiles: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '\ufeff', '# syntax=docker/dockerfile:1\n', '# escape=`\n', 'ARG GO=1.25\n', '\n'),
    fc.array(fc.tuple(from, fc.array(line, { maxLength: 7 })), { minLength: 1, maxLength: 4 }),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.constantFrom('', '\n', '\n\n', ' \\', '\\\n'),
  )
  .map(([top, stages, newline, end]) => {
    const text = stages.map(([first, lines]) => [first, ...lines].join('\n')).join('\n\n');
    const whole = `${top}${text}${end}`.replaceAll('\n', newline);
    return top.includes('`') ? whole.replaceAll(`\\${newline}`, `\`${newline}`) : whole;
  });

import { requireSharedLibrary } from '../../server/analysis/rules/require-shared-library.ts';
import { testRule } from '../support/test-rule.ts';

const importing = (path: string, module = path) => ({
  'go.mod': `module example.com/app\n\ngo 1.26\n\nrequire ${module} v1.0.0\n`,
  'go.sum': `${module} v1.0.0 h1:AAAA=\n`,
  'main.go': `package main\n\nimport _ "${path}"\n\nfunc main() {}\n`,
});
const vips = importing('github.com/h2non/bimg');
const sqlite = importing('github.com/mattn/go-sqlite3');
const pcap = importing('github.com/google/gopacket/pcap', 'github.com/google/gopacket');

const onto = (
  base: string,
  more = '',
  run = 'RUN go build -o /app .',
  builder = 'golang:1.26',
): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${run}

FROM ${base}
${more}COPY --from=build «/app» /app
ENTRYPOINT ["/app"]
`;
const alpine = 'golang:1.26-alpine AS tools\nRUN apk add --no-cache gcc musl-dev vips-dev pkgconf\n\nFROM tools';
const says = (library: string, image: string): string =>
  `/app is linked to ${library}, which ${image} does not have: it will not start.`;

testRule(requireSharedLibrary, {
  valid: [
    {
      name: 'installed',
      files: vips,
      code: onto('debian:trixie-slim', 'RUN apt-get update && apt-get install -y libvips42t64\n'),
    },
    {
      name: 'a tool of it',
      files: vips,
      code: onto('debian:trixie-slim', 'RUN apt-get update && apt-get install -y libvips-tools\n'),
    },
    {
      name: 'installed on Alpine',
      files: vips,
      code: onto('alpine:3.24', 'RUN apk add --no-cache vips=8.17\n', 'RUN go build -o /app .', alpine),
    },
    {
      name: 'by a variable',
      files: vips,
      code: onto('debian:trixie-slim', 'ARG PACKAGES\nRUN apt-get update && apt-get install -y $PACKAGES\n'),
    },
    {
      name: 'in a branch',
      files: vips,
      code: onto('debian:trixie-slim', 'RUN if true; then apt-get install -y libvips42t64; fi\n'),
    },
    {
      name: 'copied',
      files: vips,
      code: onto(
        'debian:trixie-slim',
        'COPY --from=build /usr/lib/x86_64-linux-gnu/libvips.so.42 /usr/lib/x86_64-linux-gnu/\n',
      ),
    },
    {
      name: 'in a place of its own',
      files: vips,
      code: onto('debian:trixie-slim', 'ENV LD_LIBRARY_PATH=/srv\nCOPY --from=build /srv /srv\n'),
    },
    { name: 'by a script', files: vips, code: onto('debian:trixie-slim', 'COPY install.sh /\nRUN /install.sh\n') },
    { name: 'bundled', files: sqlite, code: onto('debian:trixie-slim') },
    {
      name: 'static',
      files: vips,
      code: onto('debian:trixie-slim', '', `RUN go build -ldflags '-extldflags "-static"' -o /app .`),
    },
    {
      name: 'another package of the module',
      files: importing('github.com/google/gopacket/layers', 'github.com/google/gopacket'),
      code: onto('debian:trixie-slim'),
    },
    { name: 'cgo is off', files: pcap, code: onto('debian:trixie-slim', '', 'RUN CGO_ENABLED=0 go build -o /app .') },
    {
      name: 'required, not imported',
      files: { ...vips, 'main.go': 'package main\n\nfunc main() {}\n' },
      code: onto('debian:trixie-slim'),
    },
    { name: 'an image that nobody knows', files: vips, code: onto('registry.example.com/vips:1') },
    { name: 'no glibc: another rule says so', files: vips, code: onto('scratch') },
    {
      name: 'the builder itself',
      files: vips,
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
    },
    { name: 'nothing is known', code: onto('debian:trixie-slim') },
  ],
  invalid: [
    {
      name: 'Debian 13',
      files: vips,
      code: onto('debian:trixie-slim'),
      messages: [says('libvips', 'debian:trixie-slim')],
      severity: 'warning',
      fixes: ['Install libvips in the image'],
      fixed: onto(
        'debian:trixie-slim',
        'RUN apt-get update && apt-get install -y --no-install-recommends libvips42t64 && rm -rf /var/lib/apt/lists/*\n',
      ).replace(/[«»]/g, ''),
    },
    {
      name: 'Debian 12, with other packages',
      files: pcap,
      code: onto(
        'debian:12-slim',
        'RUN apt-get update && apt-get install -y ca-certificates\n',
        undefined,
        'golang:1.26-bookworm',
      ),
      messages: [says('libpcap', 'debian:12-slim')],
      fixed: onto(
        'debian:12-slim',
        'RUN apt-get update && apt-get install -y --no-install-recommends libpcap0.8 && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y ca-certificates\n',
        undefined,
        'golang:1.26-bookworm',
      ).replace(/[«»]/g, ''),
    },
    {
      name: 'Alpine, in a stage of its own',
      files: vips,
      code: onto('alpine:3.24 AS base\n\nFROM base', '', undefined, alpine),
      messages: [says('libvips', 'alpine:3.24')],
      fixed: onto('alpine:3.24 AS base\nRUN apk add --no-cache vips\n\nFROM base', '', undefined, alpine).replace(
        /[«»]/g,
        '',
      ),
    },
    {
      name: 'distroless',
      files: sqlite,
      code: onto('gcr.io/distroless/base-debian13:nonroot', '', 'RUN go build -tags libsqlite3 -o /app .'),
      messages: [says('SQLite', 'gcr.io/distroless/base-debian13:nonroot')],
    },
  ],
});

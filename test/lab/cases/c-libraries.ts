import { buildFails, type RuleCases, runFails, works } from '../case.ts';

const onto = (
  builder: string,
  base: string,
  lines: readonly string[] = [],
  more = '',
  before = '',
): string => `${before}FROM ${builder} AS build
WORKDIR /src
COPY . .
${[...lines, 'RUN go build -o /app .'].join('\n')}

FROM ${base}
COPY --from=build /app /app
${more}USER 65532:65532
ENTRYPOINT ["/app"]
`;

/** strtol is another symbol since glibc 2.38 when it is asked for with GNU extensions. */
const strtol = {
  'main.go': `package main

// #define _GNU_SOURCE
// #include <stdlib.h>
// static long number(void) { return strtol("42", NULL, 10); }
import "C"

import "fmt"

func main() {
	fmt.Printf("cgo %d\\n", int(C.number()))
}
`,
};
const tooOld = /version `GLIBC_2\.38' not found \(required by \/app\)/;

export const matchGlibcVersion: RuleCases = {
  rule: 'match-glibc-version',
  cases: [
    {
      name: 'strtol of glibc 2.41 on 2.36',
      project: 'cgo',
      files: strtol,
      dockerfile: onto('golang:1.26', 'debian:bookworm-slim'),
      reported: true,
      really: runFails(1, tooOld),
      fixed: [
        { title: /Build on golang:1\.26-bookworm/, really: works(/cgo 42/) },
        { title: /Run on debian:trixie-slim/, really: works(/cgo 42/) },
      ],
    },
    {
      name: 'distroless of the release before',
      project: 'cgo',
      files: strtol,
      dockerfile: onto('golang:1.26-trixie', 'gcr.io/distroless/base-debian12'),
      reported: true,
      really: runFails(1, tooOld),
      fixed: { title: /Run on gcr\.io\/distroless\/base-debian13/, really: works(/cgo 42/) },
    },
    {
      name: 'abs is the same symbol: it may not start, and it does',
      project: 'cgo',
      dockerfile: onto('golang:1.26', 'debian:bookworm-slim'),
      reported: true,
      really: works(/cgo 42/),
    },
    {
      name: 'net needs nothing that new',
      project: 'web',
      dockerfile: onto('golang:1.26', 'debian:bookworm-slim'),
      reported: false,
      really: works(/web/),
    },
    {
      name: 'net of glibc 2.41 on 2.31',
      project: 'web',
      dockerfile: onto('golang:1.26', 'debian:bullseye-slim'),
      reported: true,
      really: runFails(1, /version `GLIBC_2\.34' not found \(required by \/app\)/),
      fixed: [
        { title: /CGO_ENABLED=0/, really: works(/web/) },
        { title: /Run on debian:trixie-slim/, really: works(/web/) },
      ],
    },
    {
      name: 'an older one runs on a newer one',
      project: 'cgo',
      files: strtol,
      dockerfile: onto('golang:1.26-bookworm', 'debian:trixie-slim'),
      reported: false,
      really: works(/cgo 42/),
    },
  ],
};

/** A module of the table with a library of the lab's own under the name of the real one. */
const pcap = {
  'go.mod': 'module example.com/pcap\n\ngo 1.21\n\nrequire github.com/google/gopacket v1.1.19\n',
  'main.go':
    'package main\n\nimport (\n\t"fmt"\n\n\t"github.com/google/gopacket/pcap"\n)\n\nfunc main() { fmt.Println("pcap", pcap.Version()) }\n',
  'vendor/modules.txt': '# github.com/google/gopacket v1.1.19\n## explicit; go 1.12\ngithub.com/google/gopacket/pcap\n',
  'vendor/github.com/google/gopacket/pcap/pcap.go':
    'package pcap\n\n// #cgo LDFLAGS: -lpcap\n// int lab_version(void);\nimport "C"\n\nfunc Version() int { return int(C.lab_version()) }\n',
  'library/pcap.c': 'int lab_version(void) { return 42; }\n',
};
/** The same with a function that the real library has as well. */
const real = {
  ...pcap,
  'vendor/github.com/google/gopacket/pcap/pcap.go':
    'package pcap\n\n// #cgo LDFLAGS: -lpcap\n// const char *pcap_lib_version(void);\nimport "C"\n\nfunc Version() string { return C.GoString(C.pcap_lib_version()) }\n',
  'library/pcap.c': 'const char *pcap_lib_version(void) { return "none"; }\n',
};
const library = `FROM golang:1.26 AS library
COPY library /library
RUN gcc -shared -fPIC -Wl,-soname,libpcap.so.0.8 -o /libpcap.so /library/pcap.c

`;
const installed = [
  'COPY --from=library /libpcap.so /usr/lib/libpcap.so',
  'RUN ln -s libpcap.so /usr/lib/libpcap.so.0.8',
];

export const requireSharedLibrary: RuleCases = {
  rule: 'require-shared-library',
  cases: [
    {
      name: 'the program alone',
      project: 'cgo',
      files: pcap,
      dockerfile: onto('golang:1.26', 'debian:trixie-slim', installed, '', library),
      reported: true,
      really: runFails(127, /error while loading shared libraries: libpcap\.so\.0\.8: cannot open shared object file/),
    },
    {
      name: 'on distroless',
      project: 'cgo',
      files: pcap,
      dockerfile: onto('golang:1.26', 'gcr.io/distroless/base-debian13', installed, '', library),
      reported: true,
      really: runFails(127, /error while loading shared libraries: libpcap\.so\.0\.8/),
    },
    {
      name: 'the library is copied too',
      project: 'cgo',
      files: pcap,
      dockerfile: onto(
        'golang:1.26',
        'debian:trixie-slim',
        installed,
        'COPY --from=build /usr/lib/libpcap.so /usr/lib/libpcap.so.0.8\n',
        library,
      ),
      reported: false,
      really: works(/pcap 42/),
    },
    {
      name: 'the library is installed',
      project: 'cgo',
      files: real,
      dockerfile: onto('golang:1.26', 'debian:trixie-20261101-slim', installed, '', library),
      reported: true,
      really: runFails(127, /error while loading shared libraries: libpcap\.so\.0\.8/),
      fixed: { title: /^Install libpcap/, really: works(/pcap libpcap version 1/) },
    },
    {
      name: 'C code of its own',
      project: 'cgo',
      dockerfile: onto('golang:1.26', 'debian:trixie-slim'),
      reported: false,
      really: works(/cgo 42/),
    },
  ],
};

/** The module with C code of the lab's own in the place of librdkafka: made for glibc, which has a function that musl lacks, or for musl. */
const kafkaFile = (constraint: string, code: string): string =>
  `//go:build ${constraint}\n\npackage kafka\n\n// ${code}\nimport "C"\n\nfunc Version() int { return int(C.lab_version()) }\n`;
const path = 'vendor/github.com/confluentinc/confluent-kafka-go/v2/kafka';
const kafka = {
  'go.mod': 'module example.com/kafka\n\ngo 1.21\n\nrequire github.com/confluentinc/confluent-kafka-go/v2 v2.11.0\n',
  'main.go':
    'package main\n\nimport (\n\t"fmt"\n\n\t"github.com/confluentinc/confluent-kafka-go/v2/kafka"\n)\n\nfunc main() { fmt.Println("kafka", kafka.Version()) }\n',
  'vendor/modules.txt':
    '# github.com/confluentinc/confluent-kafka-go/v2 v2.11.0\n## explicit; go 1.21\ngithub.com/confluentinc/confluent-kafka-go/v2/kafka\n',
  [`${path}/glibc.go`]: kafkaFile(
    '!musl',
    'int getcontext(void *);\n// static int lab_version(void) { char context[4096]; return getcontext(context) == 0 ? 42 : 0; }',
  ),
  [`${path}/musl.go`]: kafkaFile('musl', 'static int lab_version(void) { return 42; }'),
};
const onAlpine = (flags: string): string =>
  onto('golang:1.26-alpine', 'alpine:3.24', ['RUN apk add --no-cache gcc musl-dev']).replace(
    'go build',
    `go build${flags}`,
  );

export const requireMuslTag: RuleCases = {
  rule: 'require-musl-tag',
  cases: [
    {
      name: 'the code for glibc',
      project: 'cgo',
      files: kafka,
      dockerfile: onAlpine(''),
      reported: true,
      really: buildFails(/undefined reference to `getcontext'/),
      fixed: { title: /-tags musl/, really: works(/kafka 42/) },
    },
    {
      name: 'the tag',
      project: 'cgo',
      files: kafka,
      dockerfile: onAlpine(' -tags=musl'),
      reported: false,
      really: works(/kafka 42/),
    },
    {
      name: 'glibc',
      project: 'cgo',
      files: kafka,
      dockerfile: onto('golang:1.26', 'debian:trixie-slim'),
      reported: false,
      really: works(/kafka 42/),
    },
  ],
};

import { type RuleCases, runFails, works } from '../case.ts';

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
      name: 'C code of its own',
      project: 'cgo',
      dockerfile: onto('golang:1.26', 'debian:trixie-slim'),
      reported: false,
      really: works(/cgo 42/),
    },
  ],
};

import { noGoTarball } from '../../server/analysis/rules/no-go-tarball.ts';
import { testRule } from '../support/test-rule.ts';

const url = 'https://go.dev/dl/go1.26.1.linux-amd64.tar.gz';
const file = (lines: string): string => `FROM debian:trixie-slim\n${lines}\nRUN /usr/local/go/bin/go build .\n`;
const text = 'Go 1.26.1 for amd64 is installed without a checksum, whatever the platform.';

testRule(noGoTarball, {
  valid: [
    { name: 'the image', code: file('COPY --from=golang:1.26 /usr/local/go /usr/local/go') },
    {
      name: 'checked',
      code: file(`RUN curl -O ${url} && echo "0  go.tgz" | sha256sum -c && tar -C /usr/local -xzf go.tgz`),
    },
    { name: 'a checksum of ADD', code: file(`ADD --checksum=sha256:00 ${url} /go.tgz`) },
    { name: 'another download', code: file('RUN curl -O https://example.com/go1.26.1.linux-amd64.tar.gz') },
    {
      name: 'another download with variables',
      code: file('ARG V TARGETOS TARGETARCH\nRUN curl -O https://example.com/go${V}.${TARGETOS}-${TARGETARCH}.tar.gz'),
    },
    {
      name: 'variables, checked',
      code: file(
        'ARG V SUM TARGETOS TARGETARCH\nRUN curl -o go.tgz https://go.dev/dl/go${V}.${TARGETOS}-${TARGETARCH}.tar.gz && echo "$SUM  go.tgz" | sha256sum -c',
      ),
    },
    { name: 'sources', code: file('ARG V\nRUN curl -O https://go.dev/dl/go${V}.src.tar.gz') },
    { name: 'another system', code: file('ARG V\nRUN curl -O https://go.dev/dl/go${V}.darwin-arm64.tar.gz') },
    { name: 'only named', code: file(`RUN echo ${url}`) },
  ],
  invalid: [
    {
      name: 'curl and tar',
      code: file(`RUN curl -fsSL «${url}» | tar -C /usr/local -xz`),
      messages: [text],
      fixed: file('COPY --from=golang:1.26.1 /usr/local/go /usr/local/go'),
      severity: 'warning',
      fixes: ['Copy it from golang:1.26.1'],
    },
    {
      name: 'with more in the RUN there is no fix',
      code: file(
        `RUN apt-get install -y wget && wget -q "«${url}»" && tar -C /usr/local -xzf go*.gz`
          .replace('"«', '«"')
          .replace('»"', '"»'),
      ),
      messages: [text],
    },
    {
      name: 'variables',
      code: file(
        'ARG V TARGETARCH\nRUN curl -L «https://dl.google.com/go/go${V}.linux-${TARGETARCH}.tar.gz» | tar -C /usr/local -xz',
      ),
      messages: ['Go ${V} is installed without a checksum.'],
    },
    {
      name: 'variables for version, system and architecture',
      code: file(
        'ARG V TARGETOS TARGETARCH\nRUN curl -sL «https://go.dev/dl/go${V}.${TARGETOS}-${TARGETARCH}.tar.gz» | tar zxf - -C /usr/local',
      ),
      messages: ['Go ${V} is installed without a checksum.'],
    },
    {
      name: 'a command for the architecture',
      code: file(
        'RUN curl -L «"https://golang.org/dl/go1.26.1.$OS-$(dpkg --print-architecture).tar.gz"» | tar -C /usr/local -xz',
      ),
      messages: ['Go 1.26.1 is installed without a checksum.'],
    },
    {
      name: 'a version, and variables for the rest',
      code: file(
        'ARG TARGETOS TARGETARCH\nRUN curl -L «https://go.dev/dl/go1.26.1.${TARGETOS}-${TARGETARCH}.tar.gz» | tar -C /usr/local -xz',
      ),
      messages: ['Go 1.26.1 is installed without a checksum.'],
      fixed: file('ARG TARGETOS TARGETARCH\nCOPY --from=golang:1.26.1 /usr/local/go /usr/local/go'),
    },
    { name: 'ADD', code: file(`ADD «${url}» /tmp/`), messages: [text] },
  ],
});

import { insertLinesBelow } from '../edits.ts';
import { outboundTls } from '../go/runtime-needs.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { StageTrace } from '../trace/model.ts';
import {
  builderOf,
  isMounted,
  isSetByCaller,
  placeOf,
  type RunProgram,
  runPrograms,
  stageName,
} from '../trace/programs.ts';
import { shownImage } from '../trace/questions.ts';

const bundle = '/etc/ssl/certs/ca-certificates.crt';

/** Where Go looks for certificates on Linux. */
const folders = ['/etc/ssl', '/etc/pki', '/etc/security/cacerts', '/system/etc/security', '/usr/local/share/certs'];

const variables = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];

/** A package of a distribution may bring certificates along, as libcurl does on Debian. */
const lacksCertificates = (stage: StageTrace, subject: Subject): boolean =>
  stage.rootImage?.caBundle === 'no' &&
  !stage.opaque &&
  stage.packages.size === 0 &&
  !stage.packagesOpen &&
  !folders.some((folder) => stage.written(folder) || isMounted(folder, subject)) &&
  !variables.some((name) => stage.env.get(name)) &&
  !isSetByCaller(variables, subject);

const fixesOf = (found: RunProgram, safe: boolean, subject: Subject): readonly Fix[] => {
  const { shipped } = found;
  const below = (title: string, line: string, isSafe: boolean): Fix => ({
    title,
    safe: isSafe,
    edits: [insertLinesBelow(subject.dockerfile.source, shipped.stage.from.range, [line])],
  });
  const builder = builderOf(found, subject);
  const family = shipped.rootImage?.family;
  const copied =
    builder?.rootImage?.caBundle === 'yes'
      ? [
          below(
            `Copy the certificates of stage ${stageName(builder)}`,
            `COPY --from=${stageName(builder)} ${bundle} /etc/ssl/certs/`,
            safe,
          ),
        ]
      : [];
  const isDebian = (family === 'debian' || family === 'ubuntu') && shipped.base.kind === 'image';
  const installed =
    'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*';
  return [...copied, ...(isDebian ? [below('Install ca-certificates', installed, false)] : [])];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of runPrograms(subject)) {
    const { shipped, binary, path, program } = found;
    const need = outboundTls(program);
    // A database or RPC module alone may speak to a neighbour without TLS.
    const says = need.surely || need.because !== undefined;
    if (need.verdict !== 'yes' || !says || !lacksCertificates(shipped, subject)) continue;
    const values = { path, image: shownImage(shipped), place: placeOf(need) };
    const { from } = shipped.stage;
    yield {
      range: from.image?.range ?? from.range,
      severity: need.surely ? 'warning' : 'information',
      message: need.surely
        ? message('{path} opens TLS connections, and {image} has no CA certificates: they all fail.', values)
        : message('{path} may open TLS connections, and {image} has no CA certificates: those would fail.', values),
      related: [step(binary.command.command.range, '{place} of the program that is built here says so.', values)],
      fixes: fixesOf(found, need.surely, subject),
    };
  }
}

export const requireCaCertificates: Rule = {
  id: 'require-ca-certificates',
  title: 'No CA certificates for a program that opens TLS connections',
  severity: 'warning',
  concern: 'starts',
  why: `A Go program takes the certificate authorities it trusts from a file of the image it runs in. scratch, busybox,
debian and ubuntu have none, so that every https request and every other TLS connection to a public host ends with

    tls: failed to verify certificate: x509: certificate signed by unknown authority

The golang images have the file: one COPY brings it, and distroless images have it already. Where only a variable holds
the address, or a client is made that may also speak plain HTTP, the finding is an information.`,
  silent: [
    'Modules that may speak TLS (databases, gRPC) where nothing of the own code says that they do.',
    'Programs that only serve, and clients in whose code `http://` addresses alone are written out.',
    'Certificates copied or written to a folder Go looks in, `SSL_CERT_FILE` and `SSL_CERT_DIR`, and images that installed any package.',
    'Programs that import certificates (`golang.org/x/crypto/x509roots/fallback` and the like).',
    'What only packages of other modules do, and images of which the program that runs is not known.',
  ],
  references: ['https://pkg.go.dev/crypto/x509#SystemCertPool', 'https://go.dev/src/crypto/x509/root_linux.go'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\tif _, err := http.Get("https://example.com"); err != nil {\n\t\tpanic(err)\n\t}\n}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

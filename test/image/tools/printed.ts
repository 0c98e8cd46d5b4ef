/**
 * What tools of other people print, in their shapes and with made-up vulnerabilities: seen on 2026-11-26 with grype 0.121.2, trivy
 * 0.74.0 and cosign 3.1.3, built from the Go module proxy, with databases of four entries made with their own libraries
 * (grype/db/v6, trivy-db), on an image of one Go program and two Debian packages in a registry on this machine.
 */

const match = (vulnerability: object, artifact: object): object => ({
  vulnerability: {
    dataSource: '',
    urls: [],
    description: 'made up',
    cvss: [],
    advisories: [],
    risk: 0,
    ...vulnerability,
  },
  relatedVulnerabilities: [],
  matchDetails: [{ type: 'exact-direct-match' }],
  artifact: { licenses: [], cpes: [], ...artifact },
});
const text = {
  name: 'golang.org/x/text',
  version: 'v0.14.0',
  type: 'go-module',
  locations: [{ path: '/usr/local/bin/app', layerID: 'sha256:1', accessPath: '/usr/local/bin/app' }],
  language: 'go',
  metadataType: 'GolangBinMetadata',
};
const libc = {
  name: 'libc6',
  version: '2.41-12',
  type: 'deb',
  locations: [{ path: '/var/lib/dpkg/status.d/libc6', layerID: 'sha256:1' }],
  upstreams: [{ name: 'glibc' }],
};

/** `grype docker-archive:… --output json`; severities have a capital. */
export const grypeMatches = {
  matches: [
    match({ id: 'GHSA-aaaa-bbbb-0002', severity: 'Medium', fix: { versions: [], state: 'not-fixed' } }, text),
    match({ id: 'GHSA-aaaa-bbbb-0001', severity: 'High', fix: { versions: ['v0.15.0'], state: 'fixed' } }, text),
    match(
      { id: 'CVE-2099-0003', severity: 'Negligible', fix: { versions: ['2.41-12+deb13u9'], state: 'fixed' } },
      libc,
    ),
    match({ id: 'CVE-2099-0004', severity: 'Unknown', fix: { versions: [], state: 'not-fixed' } }, libc),
  ],
  source: { type: 'image', target: { userInput: '/image.tar' } },
  distro: { name: 'debian', version: '13.1', idLike: [] },
  descriptor: { name: 'grype', version: '0.121.2' },
};

const trivyHead = {
  SchemaVersion: 2,
  Trivy: { Version: '0.74.0' },
  ArtifactName: '/image.tar',
  ArtifactType: 'container_image',
  Metadata: { Size: 1536 },
};

/** `trivy image --format json …` of an image without packages: there are no `Results` at all. */
export const trivyNothing = trivyHead;

/** The same of one with packages: severities in capitals, a Go program without its leading slash, no `FixedVersion` without fix. */
export const trivyResults = {
  ...trivyHead,
  Results: [
    {
      Target: '/image.tar (debian 13.1)',
      Class: 'os-pkgs',
      Type: 'debian',
      Packages: [{ Name: 'libc6' }, { Name: 'tzdata' }],
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2099-0004',
          PkgName: 'tzdata',
          InstalledVersion: '2025b-4+deb13u1',
          Status: 'affected',
          Severity: 'UNKNOWN',
        },
        {
          VulnerabilityID: 'CVE-2099-0003',
          PkgName: 'libc6',
          InstalledVersion: '2.41-12',
          FixedVersion: '2.41-12+deb13u9',
          Status: 'fixed',
          Severity: 'CRITICAL',
        },
      ],
    },
    {
      Target: 'usr/local/bin/app',
      Class: 'lang-pkgs',
      Type: 'gobinary',
      Packages: [{ Name: 'golang.org/x/text' }],
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2099-0001',
          PkgName: 'golang.org/x/text',
          InstalledVersion: 'v0.14.0',
          FixedVersion: '0.15.0',
          Status: 'fixed',
          Severity: 'HIGH',
        },
      ],
    },
  ],
};

const esc = '\u001b';

/** Error output without a database and without a network, and the state of one that is too old. */
export const errors = {
  grypeNoDatabase:
    '[0000]  WARN unable to check for vulnerability database update\n' +
    '[0000]  WARN error updating db error=unable to download listing: Get "https://grype.anchore.io/databases/v6/latest.json": dial tcp: lookup grype.anchore.io: no such host\n' +
    `[0004] ERROR ${esc}[31mfailed to load vulnerability db: database does not exist${esc}[0m\n`,
  grypeNoImage:
    `[0000] ERROR ${esc}[31m2 errors occurred:\n` +
    '\t* failed to load vulnerability db: no such table\n' +
    `\t* failed to catalog: no source providers were able to resolve the input "/x.tar"${esc}[0m\n`,
  grypeOldDatabase: `[0004] ERROR ${esc}[31mfailed to load vulnerability db: the vulnerability database was built 2 weeks ago (max allowed age is 5 days)${esc}[0m\n`,
  trivyNoDatabase:
    '2026-11-26T12:54:19Z\tFATAL\tFatal error\trun error: init error: DB error: failed to download vulnerability DB: OCI artifact error: failed to download vulnerability DB: failed to download artifact from mirror.gcr.io/aquasec/trivy-db:2: OCI repository error: 1 error occurred:\n' +
    '\t* Get "https://mirror.gcr.io/v2/": dial tcp: lookup mirror.gcr.io: no such host\n\n\n',
  trivySkippedDatabase:
    '2026-11-26T12:54:19Z\tFATAL\tFatal error\trun error: init error: DB error: database error: --skip-db-update cannot be specified on the first run\n',
  cosignRefused:
    'Error: Get "https://127.0.0.1:5999/v2/": connection refused\n' +
    'error during command execution: Get "https://127.0.0.1:5999/v2/": connection refused\n',
} as const;

/** `cosign tree DIGEST` on standard output, `cosign verify --key …` with its code and error output. */
export const cosign = {
  unsigned:
    '📦 Supply Chain Security Related artifacts for an image: r.io/a@sha256:1\n' +
    'No Supply Chain Security Related Artifacts found for image r.io/a@sha256:1,\n start creating one with simply running$ cosign sign <img>',
  bundles: [
    '📦 Supply Chain Security Related artifacts for an image: r.io/a@sha256:1',
    '└── 🔗 https://spdx.dev/Document artifacts via OCI referrer: r.io/a@sha256:2',
    '   └── 🍒 sha256:3',
    '└── 🔗 https://slsa.dev/provenance/v1 artifacts via OCI referrer: r.io/a@sha256:4',
    '   └── 🍒 sha256:5',
    '└── 🔗 https://sigstore.dev/cosign/sign/v1 artifacts via OCI referrer: r.io/a@sha256:6',
    '   └── 🍒 sha256:7',
    '',
  ].join('\n'),
  attested:
    '📦 Supply Chain Security Related artifacts for an image: r.io/a@sha256:1\n' +
    '└── 🔗 https://cyclonedx.org/bom artifacts via OCI referrer: r.io/a@sha256:2\n   └── 🍒 sha256:3\n',
  tags: [
    '📦 Supply Chain Security Related artifacts for an image: r.io/a@sha256:1',
    '└── 🔐 Signatures for an image tag: r.io/a:sha256-1.sig',
    '   └── 🍒 sha256:2',
    '└── 📦 SBOMs for an image tag: r.io/a:sha256-1.sbom',
    '   └── 🍒 sha256:3',
    '└── 💾 Attestations for an image tag: r.io/a:sha256-1.att',
    '   └── 🍒 sha256:4',
    '',
  ].join('\n'),
  verified: { code: 0, errors: 'The following checks were performed on each of these signatures:\n' },
  otherKey: {
    code: 1,
    errors:
      'Error: no matching attestations: failed to verify signature: could not verify envelope: accepted signatures do not match threshold, Found: 0, Expected 1\n',
  },
  otherKeyByTag: {
    code: 12,
    errors: 'Error: no matching signatures: invalid signature when validating ASN.1 encoded signature\n',
  },
  badKey: {
    code: 1,
    errors:
      'error during command execution: loading verifier from key opts: loading public key: pem to public key: PEM decoding failed\n',
  },
} as const;

import assert from 'node:assert/strict';
import { analyze } from '../../../server/analysis/analyze.ts';
import { onDataDay } from '../../support/day.ts';
import { programs } from '../../support/programs.ts';
import { type Files, projectOf } from '../../support/project.ts';

const onto = (builder: string, base: string, run = 'RUN go build -o /app .', more = ''): string =>
  `FROM ${builder} AS build\nWORKDIR /src\nCOPY . .\n${run}\n\nFROM ${base}\n${more}COPY --from=build /app /app\nENTRYPOINT ["/app"]\n`;

const needing = (files: Files, go: string): Files => ({ ...files, 'go.mod': `module example.com/app\n\ngo ${go}\n` });

/** The titles of a rule's fixes that name a tag of Go, those of fix-all with a mark. */
const fixesOf = (rule: string, code: string, files: Files): string =>
  analyze(code, projectOf(files), onDataDay)
    .findings.filter((finding) => finding.rule === rule)
    .flatMap(({ fixes }) => fixes.filter(({ title }) => /^Use /.test(title)))
    .map(({ title, safe }) => `${safe ? 'safe: ' : ''}${title}`)
    .join('; ');

const { hello, web, cgo } = programs;
const on13 = ', which stands on Debian 13 (trixie)';
const make = 'RUN make build';

describe('another Go below a stage, and its release', () => {
  const rows: readonly (readonly [string, string, Files, string])[] = [
    [
      'the release stays',
      onto('golang:1.22-bookworm', 'debian:bookworm-slim'),
      needing(cgo, '1.26'),
      'safe: Use golang:1.26-bookworm',
    ],
    [
      'bullseye had 1.24.3',
      onto('golang:1.21-bullseye', 'debian:bullseye-slim'),
      needing(web, '1.24.3'),
      'safe: Use golang:1.24-bullseye',
    ],
    ['bullseye had no 1.24.11', onto('golang:1.21-bullseye', 'debian:bullseye-slim'), needing(web, '1.24.11'), ''],
    [
      'nobody knows what make builds',
      onto('golang:1.21-bullseye', 'debian:bullseye-slim', `RUN go mod download\n${make}`),
      needing(web, '1.24.11'),
      '',
    ],
    [
      'static',
      onto('golang:1.21-bullseye', 'debian:bullseye-slim'),
      needing(hello, '1.24.11'),
      'safe: Use golang:1.24',
    ],
    [
      'static by choice',
      onto('golang:1.21-bullseye', 'debian:bullseye-slim', 'RUN CGO_ENABLED=0 go build -o /app .'),
      needing(web, '1.24.11'),
      'safe: Use golang:1.24',
    ],
    [
      'what starts in scratch is static',
      onto('golang:1.21-bullseye', 'scratch', `RUN go mod download\n${make}`),
      needing(web, '1.24.11'),
      'safe: Use golang:1.24',
    ],
    [
      'an image nobody described',
      onto('golang:1.21-bullseye', 'corp.example/base:1'),
      needing(web, '1.24.11'),
      `Use golang:1.24${on13}`,
    ],
    [
      'a newer one to run on, with C code',
      onto('golang:1.21-bullseye', 'debian:trixie-slim'),
      needing(cgo, '1.24.11'),
      `Use golang:1.24${on13}`,
    ],
    [
      'the newest that is not too new',
      onto('golang:1.21-bullseye', 'debian:bookworm-slim'),
      needing(cgo, '1.24.11'),
      'Use golang:1.24-bookworm, which stands on Debian 12 (bookworm)',
    ],
    [
      'net alone asks for 2.34 at most',
      onto('golang:1.22', 'debian:bookworm-slim'),
      needing(web, '1.26'),
      'safe: Use golang:1.26',
    ],
    [
      'C code, and the release that the tag meant',
      onto('golang:1.22', 'debian:bookworm-slim'),
      needing(cgo, '1.26'),
      'safe: Use golang:1.26-bookworm',
    ],
    [
      'nothing leaves the stage',
      'FROM golang:1.21-bullseye\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
      needing(web, '1.24.11'),
      'safe: Use golang:1.24',
    ],
    [
      'data leaves it, too',
      onto(
        'golang:1.21-bullseye',
        'debian:bullseye-slim',
        undefined,
        'COPY --from=build /etc/ssl/certs /etc/ssl/certs\n',
      ),
      needing(hello, '1.24.11'),
      'safe: Use golang:1.24',
    ],
    [
      'a library leaves it, too',
      onto('golang:1.21-bullseye', 'debian:bullseye-slim', undefined, 'COPY --from=build /opt/lib/libx.so /opt/lib/\n'),
      needing(hello, '1.24.11'),
      '',
    ],
    [
      'an argument of two stages',
      `ARG V=1.22\nFROM golang:\${V}-alpine AS tools\nRUN go version\n\n${onto('golang:${V}', 'debian:bookworm-slim')}`,
      needing(cgo, '1.26'),
      '',
    ],
    [
      'Alpine, static',
      onto('golang:1.22-alpine3.18', 'alpine:3.18'),
      needing(web, '1.26'),
      'safe: Use golang:1.26-alpine',
    ],
    [
      'Alpine, with a compiler',
      onto('golang:1.22-alpine3.18', 'alpine:3.18', 'RUN apk add gcc musl-dev\nRUN go build -o /app .'),
      needing(cgo, '1.26'),
      '',
    ],
    [
      'Alpine, on a newer one',
      onto('golang:1.22-alpine3.18', 'alpine:3.23', 'RUN apk add gcc musl-dev\nRUN go build -o /app .'),
      needing(cgo, '1.26'),
      'Use golang:1.26-alpine3.23, which stands on Alpine 3.23',
    ],
  ];
  for (const [name, code, files, expected] of rows) {
    it(name, () => assert.equal(fixesOf('match-go-version', code, files), expected));
  }
});

describe('a tag that never was, and its release', () => {
  const rows: readonly (readonly [string, string, string, Files, string])[] = [
    ['Debian that had no such Go', 'golang:1.24-buster', 'debian:buster-slim', web, ''],
    ['the same, static', 'golang:1.24-buster', 'debian:buster-slim', hello, 'safe: Use golang:1.24-trixie'],
    [
      'the same, with C code',
      'golang:1.24-buster',
      'debian:bookworm-slim',
      cgo,
      'Use golang:1.24-bookworm, which stands on Debian 12 (bookworm)',
    ],
    ['no release', 'golang:v1.26', 'corp.example/base:1', web, 'safe: Use golang:1.26'],
    ['slim', 'golang:1.26-slim', 'corp.example/base:1', web, 'safe: Use golang:1.26-trixie; Use golang:1.26-alpine'],
  ];
  for (const [name, builder, base, files, expected] of rows) {
    it(name, () => assert.equal(fixesOf('no-unknown-golang-tag', onto(builder, base), files), expected));
  }
});

describe('other rules that change the tag of Go', () => {
  it('no-eol-go', () => {
    const fixes = (base: string, files: Files): string =>
      fixesOf('no-eol-go', onto('golang:1.22-bullseye', base), files);
    assert.equal(fixes('debian:bullseye-slim', web), '');
    assert.equal(fixes('corp.example/base:1', web), `Use golang:1.27${on13}`);
    assert.equal(fixes('scratch', hello), 'Use golang:1.27');
  });

  it('share-go-version offers no tag that never was', () => {
    const code = (old: string): string =>
      `FROM ${old} AS test\nRUN go vet ./...\n\n${onto('golang:1.27-bookworm', 'scratch')}`;
    const titles = (old: string): readonly string[] =>
      analyze(code(old), projectOf(hello), onDataDay)
        .findings.filter(({ rule }) => rule === 'share-go-version')
        .flatMap(({ fixes }) => fixes.map(({ title }) => title));
    assert.deepEqual(titles('golang:1.22-bullseye'), []);
    assert.deepEqual(titles('golang:1.22-bookworm'), ['Use Go 1.27 here too']);
  });
});

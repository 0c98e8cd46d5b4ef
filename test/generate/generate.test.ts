import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import type { ProgramSignals } from '../../server/analysis/go/project-signals.ts';
import type { Reading } from '../../server/analysis/go/reading.ts';
import { noSurroundings, type Surroundings } from '../../server/analysis/go/surroundings.ts';
import { render } from '../../server/analysis/known.ts';
import { generate } from '../../server/generate/generate.ts';
import { plan } from '../../server/generate/plan.ts';
import { finalBases, type GenerateChoices } from '../../server/protocol.ts';
import { onDataDay } from '../support/day.ts';
import { programs } from '../support/programs.ts';
import { type Files, projectOf } from '../support/project.ts';

const quiet: ProgramSignals = {
  outboundTls: 'no',
  timeZones: 'no',
  embedsZones: false,
  tempFiles: 'no',
  ports: [],
  embeds: [],
  versionVariable: undefined,
  readsBuildInfo: false,
  relativeFiles: [],
  health: { argument: undefined, route: undefined },
  generates: [],
};

const main = 'package main\n\nfunc main() {}\n';
const needy: ProgramSignals = {
  ...quiet,
  outboundTls: 'yes',
  timeZones: 'yes',
  tempFiles: 'yes',
  ports: [8080],
  versionVariable: 'main.version',
};

const readingOf = (files: Files, signals = quiet, surroundings: Partial<Surroundings> = {}): Reading => ({
  facts: projectOf(files),
  signals: () => signals,
  surroundings: { ...noSurroundings, ...surroundings },
});

const made = (
  files: Files,
  signals = quiet,
  change: Partial<GenerateChoices> = {},
  around: Partial<Surroundings> = {},
) => {
  const reading = readingOf(files, signals, around);
  return generate(reading, { ...plan(reading, '/p', change.main).recommended, ...change });
};

const findingsOf = (files: Files, { dockerfile, dockerignore }: ReturnType<typeof made>): readonly string[] => {
  const facts = projectOf({ ...files, '.dockerignore': dockerignore });
  return analyze(dockerfile, facts, onDataDay).findings.map(({ rule, message }) => `${rule}: ${render(message)}`);
};

const projects: Readonly<Record<string, Files>> = {
  ...programs,
  vendored: { ...programs.required, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit\n' },
  'two programs': { 'go.mod': 'module example.com/two\n\ngo 1.21\n', 'cmd/a/main.go': main, 'cmd/b/main.go': main },
  workspace: {
    'go.work': 'go 1.26\n\nuse (\n\t./api\n\t./lib\n)\n',
    'api/go.mod': 'module example.com/api\n\ngo 1.26\n\nrequire golang.org/x/sync v0.18.0\n',
    'api/go.sum': 'golang.org/x/sync v0.18.0 h1:AAAA=\n',
    'api/main.go': main,
    'lib/go.mod': 'module example.com/lib\n\ngo 1.26\n',
    'lib/lib.go': 'package lib\n',
  },
  'module below': { 'svc/go.mod': 'module example.com/svc/v2\n\ngo 1.26\n', 'svc/main.go': main },
  blanks: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'cmd/my app/main.go': main },
};

/** Does what {@link needy} says. */
const needs = `package main

import (
	"net/http"
	"os"
	"time"
)

var version string

func init() {
	http.Get("https://example.com")
	time.LoadLocation("Europe/Paris")
	os.CreateTemp("", version)
}
`;

/** The project with that in each of its programs. */
const withNeeds = (files: Files): Files => {
  const mains = Object.keys(files).filter((path) => path.endsWith('main.go'));
  return { ...files, ...Object.fromEntries(mains.map((path) => [path.replace('main.go', 'needs.go'), needs])) };
};

const withLibc = ['alpine', 'distroless-base', 'distroless-cc', 'debian'] as const;

describe('generate', () => {
  for (const [name, files] of Object.entries(projects)) {
    const needsC = name === 'cgo';
    for (const base of needsC ? withLibc : finalBases) {
      for (const signals of [quiet, needy]) {
        for (const cache of ['mounts', 'layers'] as const) {
          it(`has no finding of ours: ${name}, ${base}, ${cache}, ${signals === quiet ? 'quiet' : 'needy'}`, () => {
            const choices = { base, cache, platforms: needsC ? [] : ['linux/amd64', 'linux/arm64'] };
            const project = signals === needy ? withNeeds(files) : files;
            assert.deepEqual(findingsOf(project, made(project, signals, choices)), []);
          });
        }
      }
    }
  }

  it('writes the whole file for a program with modules', () => {
    assert.equal(
      made(programs.required, quiet, { comments: false, base: 'scratch' }).dockerfile,
      `FROM golang:1.26 AS build
WORKDIR /src

COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \\
    go mod download

COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \\
    --mount=type=cache,target=/root/.cache/go-build \\
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/app .

FROM scratch
COPY --from=build /out/app /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/app"]
`,
    );
  });

  it('mounts no module cache when nothing is downloaded', () => {
    assert.match(made(programs.required).dockerfile, /target=\/go\/pkg\/mod/);
    assert.doesNotMatch(made(programs.hello).dockerfile, /target=\/go\/pkg\/mod/);
  });

  it('names no go.sum that does not exist', () => {
    const { 'go.sum': _, ...files } = programs.required;
    assert.match(made(files).dockerfile, /^COPY go\.mod \.\/$/m);
  });

  it("copies every member's go.mod of a workspace before the download", () => {
    const { dockerfile } = made(projects.workspace ?? {});
    const before = dockerfile.slice(0, dockerfile.indexOf('go mod download'));
    for (const line of ['COPY go.work ./', 'COPY api/go.mod api/go.sum ./api/', 'COPY lib/go.mod ./lib/'])
      assert.ok(before.includes(`${line}\n`), line);
    assert.match(dockerfile, / -o \/out\/api \.\/api$/m);
  });

  it('copies the go.mod of a local replacement and says which lies outside', () => {
    const files = {
      'go.mod': `module example.com/app\n\ngo 1.26\n\nrequire (\n\texample.com/in v0.0.0\n\texample.com/out v0.0.0\n)\n\nreplace example.com/in => ./in\n\nreplace example.com/out => ../out\n`,
      'main.go': main,
      'in/go.mod': 'module example.com/in\n\ngo 1.26\n',
    };
    const { dockerfile } = made(files);
    assert.ok(dockerfile.includes('COPY in/go.mod ./in/\n'));
    assert.match(dockerfile, /^# \.\.\/out lies outside the build context/m);
    const { findings } = plan(readingOf(files), '/p');
    assert.ok(findings.some((line) => line.startsWith('../out lies outside')));
  });

  it('recommends scratch for a program that needs nothing, distroless for one that does', () => {
    const baseFor = (files: Files, signals: ProgramSignals) => plan(readingOf(files, signals), '/p').recommended.base;
    assert.equal(baseFor(programs.hello, quiet), 'scratch');
    assert.equal(baseFor(programs.hello, needy), 'distroless-static');
    assert.equal(baseFor(programs.cgo, quiet), 'distroless-base');
  });

  it('says nothing but instructions without comments', () => {
    const files = { ...programs.hello, 'go.mod': 'module example.com/a\n\ngo 1.26\n\nreplace example.com/b => ../b\n' };
    assert.match(made(files).dockerfile, /^#/m);
    assert.doesNotMatch(made(files, needy, { comments: false, base: 'scratch' }).dockerfile, /^#/m);
  });

  it('copies certificates and zones when nothing rules them out', () => {
    const doubtful: ProgramSignals = { ...quiet, outboundTls: 'unknown', timeZones: 'unknown' };
    const { dockerfile } = made(programs.hello, doubtful, { base: 'scratch' });
    assert.match(dockerfile, /^# In case a module .*\nCOPY --from=build \/etc\/ssl/m);
    assert.match(dockerfile, /^# In case a module .*\nCOPY --from=build \/usr\/local\/go\/lib\/time\/zoneinfo\.zip/m);
    assert.doesNotMatch(made(programs.hello, doubtful, { base: 'distroless-static' }).dockerfile, /zoneinfo|ssl/);
  });

  it('gives a program that imports os/user an entry for its user', () => {
    const asks = 'package main\n\nimport "os/user"\n\nfunc main() {\n\tuser.Current()\n}\n';
    const files = { ...programs.hello, 'main.go': asks };
    assert.equal(plan(readingOf(files), '/p').recommended.base, 'distroless-static');
    assert.doesNotMatch(made(files).dockerfile, /passwd/);
    assert.match(
      made(files, quiet, { base: 'scratch' }).dockerfile,
      /^COPY --from=build \/out\/passwd \/etc\/passwd$/m,
    );
    assert.match(made(files, quiet, { base: 'alpine' }).dockerfile, /^RUN adduser -D -H -u 65532 nonroot$/m);
  });

  it('gives C++ its compiler and its library', () => {
    const files = { ...programs.cgo, 'x.cc': '' };
    assert.match(made(files).dockerfile, /^FROM gcr\.io\/distroless\/cc-debian13:nonroot$/m);
    const { dockerfile } = made(files, quiet, { base: 'alpine' });
    assert.match(dockerfile, /^RUN apk add --no-cache g\+\+ musl-dev$/m);
    assert.match(dockerfile, /^RUN apk add --no-cache libstdc\+\+$/m);
    assert.match(made(programs.cgo).dockerfile, /^FROM gcr\.io\/distroless\/base-debian13:nonroot$/m);
  });

  it('links C into the program for a stage without a libc', () => {
    for (const base of ['scratch', 'distroless-static'] as const) {
      const generated = made(programs.cgo, quiet, { base });
      assert.match(generated.dockerfile, / -tags=netgo,osusergo .* -linkmode external -extldflags '-static'" /);
      assert.deepEqual(findingsOf(programs.cgo, generated), []);
    }
    assert.doesNotMatch(made(programs.cgo).dockerfile, /linkmode/);
  });

  it('installs the library that C code is linked with, or names the one that no table has', () => {
    const zmq = 'package main\n\nimport _ "github.com/pebbe/zmq4"\n\nfunc main() {}\n';
    const files = { ...programs.hello, 'main.go': zmq };
    const { recommended } = plan(readingOf(files), '/p');
    assert.deepEqual([recommended.cgo, recommended.base], [true, 'debian']);
    const { dockerfile } = made(files);
    assert.match(
      dockerfile,
      /install -y --no-install-recommends libzmq3-dev &&[\s\S]*^FROM debian:[\s\S]* libzmq5 &&/m,
    );
    assert.match(made(files, quiet, { base: 'alpine' }).dockerfile, /^RUN apk add --no-cache libzmq$/m);
    assert.deepEqual(findingsOf(files, made(files)), []);
    const linked = 'package main\n\n// #cgo LDFLAGS: -lz -lnobodyknows\nimport "C"\n\nfunc main() {}\n';
    const { findings } = plan(readingOf({ ...programs.cgo, 'main.go': linked }), '/p');
    assert.ok(findings.some((line) => line.startsWith('nobodyknows is in no image of these')));
    assert.ok(findings.includes('Installed for it: zlib1g-dev.'));
  });

  it('keeps what is embedded or opened out of the .dockerignore', () => {
    const files = { ...programs.hello, 'dist/index.html': '', 'bin/tool': '' };
    assert.match(made(files).dockerignore, /^dist$/m);
    const { dockerignore, dockerfile } = made(files, { ...quiet, embeds: ['dist/*'], relativeFiles: ['./bin/tool'] });
    assert.doesNotMatch(dockerignore, /^(dist|bin)$/m);
    assert.match(dockerfile, /^COPY bin\/tool \/app\/bin\/tool$/m);
    const ignored = projectOf({ ...files, '.dockerignore': dockerignore }).context;
    assert.equal(ignored.isIgnored('dist/index.html'), false);
  });
});

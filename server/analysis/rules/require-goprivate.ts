import { insertInstructionsAbove } from '../edits.ts';
import type { GoModule } from '../go/project-facts.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { goWords } from '../trace/cgo.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';

/** Forges where the owner, not the host, says whose a module is. */
const forges: ReadonlySet<string> = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'gitee.com']);

/** `github.com/acme` of a forge, else the host: what GOPRIVATE would have. */
const ownerOf = (path: string): string => {
  const [host = '', owner = ''] = path.split('/');
  return forges.has(host) ? `${host}/${owner}` : host;
};

/** Modules of the same owner as the project that a build downloads. */
const siblings = ({ mod }: GoModule, { project }: Subject): readonly string[] => {
  const own = new Set(project.modules.map((each) => each.mod.path));
  const local = new Set(mod.replaces.filter(({ folder }) => folder !== undefined).map(({ path }) => path));
  if (mod.path === undefined || !/^[\w-]+(\.[\w-]+)+\//.test(mod.path)) return [];
  const owner = ownerOf(mod.path);
  return mod.requires
    .map(({ path }) => path)
    .filter((path) => ownerOf(path) === owner && !own.has(path) && !local.has(path));
};

/** A way in that only private modules need: an ssh or login mount, or a rewritten address. */
const logsIn = ({ run }: GoStep, stage: StageTrace, { dockerfile }: Subject): boolean =>
  run.mounts.some(
    ({ type, target }) =>
      type === 'ssh' || (type === 'secret' && /[._]netrc|gitconfig|git-credentials/.test(target?.raw ?? '')),
  ) || /\binsteadOf\b/i.test(dockerfile.source.slice(stage.stage.range));

const settings = ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOPROXY', 'GOFLAGS'];

const downloads = ({ command: { verb, subverb, operands }, moduleMode }: GoStep): boolean =>
  !moduleMode.usesVendor &&
  !operands.some(({ raw }) => raw.includes('@')) &&
  (verb === 'mod' ? subverb === 'download' : /^(build|install|test|vet|run)$/.test(verb));

const fixOf = ({ run }: GoStep, owner: string, { dockerfile }: Subject): readonly Fix[] => [
  {
    title: `Set GOPRIVATE=${owner}`,
    safe: false,
    edits: [insertInstructionsAbove(dockerfile.source, run.range, [`ENV GOPRIVATE=${owner}`])],
  },
];

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    const goStep = stage.goSteps.find(downloads);
    if (!goStep?.module || stage.rootImage?.go === undefined || !logsIn(goStep, stage, subject)) continue;
    const [path] = siblings(goStep.module, subject);
    if (path === undefined || settings.some((name) => goStep.env.get(name) !== undefined)) continue;
    yield {
      range: goWords(goStep),
      message: message('go asks proxy.golang.org for {path} before it logs in: GOPRIVATE is not set.', { path }),
      fixes: fixOf(goStep, ownerOf(path), subject),
    };
  }
}

export const requireGoprivate: Rule = {
  id: 'require-goprivate',
  title: 'Private modules, and no GOPRIVATE',
  severity: 'warning',
  concern: 'safe',
  why: `The go command asks proxy.golang.org for every module first, and sum.golang.org for the checksum of every module that go.sum
does not have. For a private module both learn its name; neither can have it. With its checksum in go.sum the build goes
on with the module's own server; without, it ends with

    verifying module: github.com/acme/lib@v1.2.3: reading https://sum.golang.org/lookup/github.com/acme/lib@v1.2.3: 404 Not Found

\`ENV GOPRIVATE=github.com/acme\` keeps the modules of that owner from both. Switch it off when the modules are public.`,
  silent: [
    'Stages that log in nowhere: no ssh mount, no .netrc, no `insteadOf`.',
    'Modules of other owners than that of the project.',
    'Anything that GOPRIVATE, GONOPROXY, GONOSUMDB, GOPROXY or GOFLAGS is set to, and vendored modules.',
  ],
  references: ['https://go.dev/ref/mod#private-modules'],
  example: {
    files: {
      'go.mod': 'module github.com/acme/app\n\ngo 1.26\n\nrequire github.com/acme/lib v1.2.3\n',
      'go.sum': 'github.com/acme/lib v1.2.3 h1:AAAA=\n',
      'main.go': 'package main\n\nimport _ "github.com/acme/lib"\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
ENV GOPRIVATE=github.com/acme
RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

import { removeWord } from '../edits.ts';
import { flag } from '../go/command.ts';
import { hiddenBy } from '../ignore-lines.ts';
import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { goWords, mayFail } from '../trace/cgo.ts';
import { inContext, isSureContext } from '../trace/context-files.ts';
import { hasModules, hidesVendor, importsRequired, noFetching } from '../trace/fetching.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { removeCommand } from '../trace/run-edits.ts';

const buildsModule = ({ command, runs, moduleMode, workspaceSeen }: GoStep): boolean =>
  runs === 'always' &&
  workspaceSeen === 'no' &&
  /^(build|install|test|vet|run|list)$/.test(command.verb) &&
  !command.operands.some(({ raw }) => /[@$`]/.test(raw)) &&
  moduleMode.mod !== 'unknown';

/** What the module cache is asked for beside the modules of a build. */
const readsCache = /pkg\/mod\/\S|\bGOMODCACHE\b|go list\b|protoc\b/;

/** A download of modules that every later command takes from vendor/. */
function* downloads(stage: StageTrace, subject: Subject): Iterable<Finding> {
  const { dockerfile, project, trace } = subject;
  const steps = stage.goSteps;
  for (const [at, goStep] of steps.entries()) {
    const { command, module, run } = goStep;
    if (command.verb !== 'mod' || command.subverb !== 'download' || command.operands.length > 0 || !module) continue;
    const listed = `${module.dir === '' ? '' : `${module.dir}/`}vendor/modules.txt`;
    const later = steps.slice(at + 1).filter(buildsModule);
    const uses = later.every((each) => each.module === module && each.moduleMode.usesVendor);
    if (later.length === 0 || !uses || inContext(project.context, listed) !== 'file') continue;
    if (stage.usedBy.some((user) => trace.stages[user]?.goSteps.length)) continue;
    if (readsCache.test(dockerfile.source.slice(stage.stage.range))) continue;
    const edit = removeCommand(run, command.command, dockerfile);
    yield {
      range: goWords(goStep),
      message: message('go mod download fetches every module, and go build takes them from vendor/.'),
      severity: 'warning',
      fixes: edit ? [{ title: 'Remove the download', safe: stage.role === 'intermediate', edits: [edit] }] : [],
    };
  }
}

/** -mod=vendor where there is no vendor/modules.txt. */
function* missing(stage: StageTrace, { dockerfile, project }: Subject): Iterable<Finding> {
  for (const goStep of stage.goSteps.filter(buildsModule)) {
    const { command, module, moduleMode } = goStep;
    if (mayFail(goStep, dockerfile)) continue;
    if (moduleMode.mod !== 'vendor' || moduleMode.vendorListed !== 'no' || !module?.mod.requires.length) continue;
    const given = flag(command, 'mod');
    const folder = module.dir === '' ? 'vendor' : `${module.dir}/vendor`;
    const listed = `${folder}/modules.txt`;
    const hidden = project.context.isIgnored(listed) && project.context.files.has(listed);
    const by = hidden ? hiddenBy(project.context, folder) : undefined;
    const template = hidden
      ? '{file} hides {folder}/modules.txt from the build: go {verb} stops at -mod=vendor.'
      : 'There is no {folder}/modules.txt here: go {verb} stops at -mod=vendor.';
    yield {
      range: given?.range ?? goWords(goStep),
      message: message(template, { file: project.context.ignoreFile ?? '', folder, verb: command.verb }),
      severity: 'error',
      ...(by && { elsewhere: by.elsewhere }),
      fixes: [
        ...(by ? [by.fix] : []),
        ...(given
          ? [{ title: 'Remove -mod=vendor', safe: false, edits: [removeWord(dockerfile.source, given.range)] }]
          : []),
      ],
    };
  }
}

/** A vendor folder that the ignore file hides, where nobody downloads the modules instead. */
function* unseen(stage: StageTrace, subject: Subject): Iterable<Finding> {
  const { dockerfile, project } = subject;
  if (hasModules(stage) || stage.goSteps.some(({ command: { verb } }) => verb === 'mod' || verb === 'get')) return;
  const built = new Map(stage.binaries.map((binary) => [binary.command, binary]));
  for (const goStep of stage.goSteps.filter(buildsModule)) {
    const { command, module, moduleMode, run } = goStep;
    const binary = built.get(command);
    if (!module || !binary || moduleMode.mod !== 'default' || moduleMode.vendorListed !== 'no') continue;
    if (run.mounts.length > 0 || mayFail(goStep, dockerfile) || !importsRequired(binary, subject)) continue;
    const folder = hidesVendor(module, project);
    if (folder === undefined) continue;
    const by = hiddenBy(project.context, folder);
    const why = noFetching(goStep, stage, project);
    const template = why
      ? '{file} hides {folder} from the build, and go {verb} cannot fetch the modules: {why}.'
      : '{file} hides {folder} from the build: go {verb} fetches the modules over the network instead.';
    yield {
      range: goWords(goStep),
      message: message(template, {
        file: project.context.ignoreFile ?? '',
        folder,
        verb: command.verb,
        why: why ?? '',
      }),
      severity: why ? 'error' : 'information',
      ...(by && { elsewhere: by.elsewhere, fixes: [{ ...by.fix, safe: why !== undefined }] }),
    };
    return;
  }
}

/** A vendor folder that was made for another go.mod. */
function* stale(stage: StageTrace, { dockerfile }: Subject): Iterable<Finding> {
  const reported = new Set<unknown>();
  for (const goStep of stage.goSteps.filter(buildsModule)) {
    const { module, moduleMode, toolchain } = goStep;
    if (!module?.vendored || !moduleMode.usesVendor || moduleMode.vendorListed !== 'yes' || reported.has(module))
      continue;
    if (!toolchain || toolchain.minor < 14 || mayFail(goStep, dockerfile)) continue;
    const lacking = module.mod.requires.find(({ path }) => !module.vendored?.has(path));
    if (!lacking) continue;
    reported.add(module);
    yield {
      range: goWords(goStep),
      message: message('go.mod requires {path}, which vendor/modules.txt does not name: go {verb} stops.', {
        path: lacking.path,
        verb: goStep.command.verb,
      }),
      severity: 'error',
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  if (!isSureContext(subject.project.context)) return;
  for (const stage of subject.trace.stages) {
    yield* downloads(stage, subject);
    const absent = [...missing(stage, subject)];
    yield* absent;
    if (absent.length === 0) yield* unseen(stage, subject);
    yield* stale(stage, subject);
  }
}

export const matchVendorMode: Rule = {
  id: 'match-vendor-mode',
  title: 'vendor/ and the way the modules are fetched do not fit',
  severity: 'warning',
  concern: 'starts',
  why: `With a vendor folder, and Go 1.14 or newer in image and go.mod, every build takes the modules from there.
\`go mod download\` does not know of it: it fetches them all over the network, into a cache nobody reads.

Without the folder \`-mod=vendor\` ends the build, which happens when .dockerignore has \`vendor\`:

    cannot find module providing package github.com/google/uuid: import lookup disabled by -mod=vendor
    go: inconsistent vendoring in /src

The second one comes too when go.mod was changed and \`go mod vendor\` was not run again. Both are reported as errors.

Without the flag a hidden folder is not missed: \`go build\` fetches the modules over the network, which is an error only
where it cannot (\`GOPROXY=off\`, no go.sum):

    missing go.sum entry for module providing package github.com/google/uuid
    module lookup disabled by GOPROXY=off`,
  silent: [
    'Modules with a `go` line below 1.14, workspaces, and `-modfile`.',
    'Downloads in a stage that other stages build on, or whose module cache is read (`/go/pkg/mod/…`, `go list`).',
    'A missing vendor folder that .gitignore names: `go mod vendor` may make it before `docker build`.',
    '`go mod vendor` in the Dockerfile, which makes the folder anew.',
    'A hidden folder where the Dockerfile downloads the modules, or has a cache mount for them: that is meant so.',
  ],
  references: ['https://go.dev/ref/mod#vendoring', 'https://go.dev/ref/mod#build-commands'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire golang.org/x/sync v0.18.0\n',
      'go.sum': 'golang.org/x/sync v0.18.0 h1:AAAA=\n',
      'main.go': 'package main\n\nimport _ "golang.org/x/sync/errgroup"\n\nfunc main() {}\n',
      'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit; go 1.24.0\ngolang.org/x/sync/errgroup\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
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
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

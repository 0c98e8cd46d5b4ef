import type { Word } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { defaultBinaryName, withExeSuffix } from '../go/output.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { GoBinary, GoStep } from '../trace/model.ts';
import { platformOf } from '../trace/platform.ts';
import { withAncestors } from '../trace/questions.ts';

interface Install {
  readonly binary: GoBinary;
  /** Where go install would put it if it were no cross build. */
  readonly path: string;
  /** GOBIN is set: go refuses. */
  readonly refused: boolean;
  /** Surely another system than the builder's; otherwise only where another platform is asked for. */
  readonly always: boolean;
}

const installOf = (binary: GoBinary, goStep: GoStep, { dockerfile, trace }: Subject): Install | undefined => {
  const stage = trace.stages[binary.stage];
  const bin = goStep.env.get('GOBIN');
  const path = goStep.env.get('GOPATH');
  if (!stage || !binary.goos.known || !binary.package.known || (bin && !bin.known) || !path?.known) return undefined;
  const always = binary.goos.value !== 'linux';
  if (!always && !(binary.followsTarget && platformOf(stage, dockerfile) === 'builder')) return undefined;
  const name = withExeSuffix(defaultBinaryName(binary.package.value), binary.goos.value);
  const folder = bin?.value || `${path.value.split(':')[0]}/bin`;
  return { binary, path: `${folder}/${name}`, refused: Boolean(bin?.value), always };
};

/** The COPY sources that take the binary from where only a native build has put it. */
const missedBy = ({ binary, path }: Install, { trace }: Subject): readonly Word[] =>
  trace.stages.flatMap(({ copies }) =>
    copies.flatMap(({ from, sources, instruction }) => {
      if (!from || from === 'unknown' || !withAncestors(from).some(({ stage }) => stage.index === binary.stage))
        return [];
      if (from.lookup(path).state === 'present') return [];
      return instruction.sources.filter((_, at) => {
        const source = sources[at];
        return source?.known && source.value === path;
      });
    }),
  );

const fixesFor = ({ binary, path }: Install): readonly Fix[] => {
  const { command } = binary;
  if (command.operands.length > 1 || command.operands.some(({ raw }) => /\.\.\.|[@$]/.test(raw))) return [];
  return [{ title: `Build to ${path}`, safe: true, edits: [replace(command.verbRange, `build -o ${path}`)] }];
};

const sentence = ({ refused, always }: Install): string => {
  if (refused) {
    return always
      ? 'go install refuses to build for another system where GOBIN is set: the build stops here.'
      : 'go install refuses to build for another platform than the builder where GOBIN is set.';
  }
  return always
    ? 'go install puts what it builds for another system below {folder}, and not at {path}.'
    : 'On any other platform than the builder, go install puts the program below {folder}, and not at {path}.';
};

const folderOf = ({ path, binary, always }: Install): string => {
  const os = binary.goos.known ? binary.goos.value : 'linux';
  return path.replace(/\/[^/]*$/, always ? `/${os}_…` : '/linux_…');
};

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<GoBinary['command']>();
  for (const stage of subject.trace.stages) {
    for (const binary of stage.binaries) {
      const { command } = binary;
      if (command.verb !== 'install' || command.command.runs !== 'always' || seen.has(command)) continue;
      const goStep = stage.goSteps.find((each) => each.command === command);
      const install = goStep && installOf(binary, goStep, subject);
      const missed = install ? missedBy(install, subject) : [];
      if (!install || (!install.refused && missed.length === 0)) continue;
      seen.add(command);
      const { path } = install;
      yield {
        range: command.command.range,
        message: message(sentence(install), { path, folder: folderOf(install) }),
        severity: install.always ? 'error' : 'warning',
        related: missed.map(({ range }) => step(range, 'This COPY then does not find {path}.', { path })),
        fixes: fixesFor(install),
      };
    }
  }
}

export const noCrossGoInstall: Rule = {
  id: 'no-cross-go-install',
  title: 'go install for another platform',
  severity: 'error',
  concern: 'cross-platform',
  why: `\`go install\` puts a program into \`/go/bin\` only when it is built for the platform that go runs on. Any other one goes
to a folder of its own, such as \`/go/bin/linux_arm64/app\`, and the COPY of the next stage does not find it:

    failed to compute cache key: "/go/bin/app" not found: not found

With GOBIN set it does not build at all:

    go: cannot install cross-compiled binaries when GOBIN is set

\`go build -o\` writes to the same path for every platform. With \`--platform=$BUILDPLATFORM\` and
\`GOARCH=$TARGETARCH\` the finding is a warning, as a build for the machine's own platform works.`,
  silent: [
    'A GOARCH that is written out: it may be the builder’s own.',
    'Stages that run on the target platform, where nothing is crossed.',
    'Programs that no COPY takes from /go/bin.',
  ],
  references: ['https://pkg.go.dev/cmd/go#hdr-Compile_and_install_packages_and_dependencies'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go install .

FROM scratch
COPY --from=build /go/bin/app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /go/bin/app .

FROM scratch
COPY --from=build /go/bin/app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

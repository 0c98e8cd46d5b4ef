import type { TextEdit } from 'vscode-languageserver-types';
import { insertAt, insertInstructionsAbove, insertLinesBelow } from '../edits.ts';
import { flag } from '../go/command.ts';
import { buildInfoReader, isSettable, type ProgramCode, programCode, variablesOf } from '../go/program-code.ts';
import { isInPlace } from '../go/word-text.ts';
import { hiddenBy } from '../ignore-lines.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { isWrittenOut } from '../trace/build-edits.ts';
import { goWords } from '../trace/cgo.ts';
import { missingCommit } from '../trace/git.ts';
import type { GoBinary, GoStep, StageTrace } from '../trace/model.ts';
import { goStepOf, isRoot, rootFrom, shippedBinaries, shownImage, withAncestors } from '../trace/questions.ts';

/** `-X` behind the other linker flags, or in a flag of its own. */
const linkerEdit = ({ command }: GoStep, { flags }: GoBinary, name: string, subject: Subject): TextEdit | undefined => {
  const { source } = subject.dockerfile;
  const setting = `-X main.${name}=$VERSION`;
  const word = flag(command, 'ldflags')?.value;
  if (!word) {
    const { stripsSymbols, stripsDwarf, linkmode, externalStatic } = flags.ldflags;
    const isGiven = stripsSymbols || stripsDwarf || linkmode !== undefined || externalStatic;
    return isGiven ? undefined : insertAt(command.verbRange.end, ` -ldflags "${setting}"`);
  }
  if (!isInPlace(word, source) || !/^".*"$/.test(word.raw) || /\\/.test(word.raw)) return undefined;
  return insertAt({ line: word.range.end.line, character: word.range.end.character - 1 }, ` ${setting}`);
};

/** The version as a build argument, for a variable of package main that the linker can set. */
const asArgument = (goStep: GoStep, binary: GoBinary, { main }: ProgramCode, subject: Subject): readonly Fix[] => {
  const { source } = subject.dockerfile;
  const { run, shell } = goStep;
  const names = main ? variablesOf(main).filter((each) => isSettable(each) && /^version$/i.test(each.name)) : [];
  const [variable] = names;
  const edit =
    variable && isWrittenOut(goStep, source) ? linkerEdit(goStep, binary, variable.name, subject) : undefined;
  if (!variable || !edit) return [];
  const declaration =
    shell.get('VERSION') === undefined ? [insertInstructionsAbove(source, run.range, ['ARG VERSION'])] : [];
  return [{ title: `Set ${variable.name} to a build argument VERSION`, safe: false, edits: [...declaration, edit] }];
};

const gitFix = (stage: StageTrace, { dockerfile }: Subject): readonly Fix[] => {
  const { from } = rootFrom(stage).stage;
  if (stage.rootImage?.libc !== 'musl' || !isRoot(stage.rootImage.user ?? '')) return [];
  const edits = [insertLinesBelow(dockerfile.source, from.range, ['RUN apk add --no-cache git'])];
  return [{ title: 'Install git', safe: false, edits }];
};

/** Whether a command of the stage names a .git, or makes one. */
const bringsGit = (stage: StageTrace, { dockerfile }: Subject): boolean =>
  withAncestors(stage).some(({ stage: { instructions } }) =>
    instructions.some(
      ({ keyword, range }) =>
        keyword === 'RUN' && /\bgit\s+(?:init|clone)\b|\.git\b/.test(dockerfile.source.slice(range)),
    ),
  );

const findingOf = (goStep: GoStep, binary: GoBinary, stage: StageTrace, subject: Subject): Finding | undefined => {
  const { project } = subject;
  const why = bringsGit(stage, subject) ? undefined : missingCommit(goStep, stage, project.context);
  const { flags } = binary;
  if (!why || !flags.complete || flags.ldflags.variables.length > 0 || !binary.package.known) return undefined;
  const code = programCode(project, binary.package.value, { tags: flags.tags, cgo: true });
  const reader = code && buildInfoReader(code);
  if (!code || reader === undefined) return undefined;
  const hidden = why === 'hidden' ? hiddenBy(project.context, '.git') : undefined;
  const what = (goStep.toolchain?.minor ?? 24) >= 24 ? 'neither version nor commit' : 'no commit';
  const template =
    why === 'hidden'
      ? '{reader} reads what the program was built from, and it records {what}: {file} hides .git.'
      : '{reader} reads what the program was built from, and it records {what}: {image} has no git.';
  const values = { reader, what, file: project.context.ignoreFile ?? '', image: shownImage(stage) };
  return {
    range: goWords(binary),
    message: message(template, values),
    related: why === 'hidden' ? [] : [step(rootFrom(stage).stage.from.range, '{image} has no git.', values)],
    ...(hidden && { elsewhere: hidden.elsewhere }),
    fixes: [
      ...asArgument(goStep, binary, code, subject),
      ...(hidden ? [{ ...hidden.fix, safe: false }] : []),
      ...(why === 'no git' ? gitFix(stage, subject) : []),
    ],
  };
};

function* check(subject: Subject): Iterable<Finding> {
  if (!subject.project.context.folders.has('.git')) return;
  const told = new Set<GoBinary['command']>();
  for (const { binary, shipped } of shippedBinaries(subject.trace)) {
    const stage = subject.trace.stages[binary.stage];
    const goStep = goStepOf(binary, subject.trace);
    if (!stage || !goStep || shipped.role === 'test' || told.has(binary.command)) continue;
    const found = findingOf(goStep, binary, stage, subject);
    if (!found) continue;
    told.add(binary.command);
    yield found;
  }
}

export const keepVersionInfo: Rule = {
  id: 'keep-version-info',
  title: 'A program that reads its version is built without one',
  severity: 'information',
  concern: 'reproducible',
  why: `\`go build\` asks git for the commit (since Go 1.18) and for the version (since 1.24), and \`debug.ReadBuildInfo\` reads
them in the program. Without .git, or without git, neither is recorded, and nobody is told: the version is

    (devel)

and there is no \`vcs.revision\`. Give the version as a build argument where the program has a variable for it, or leave
.git in the context: then every commit makes \`COPY . .\` and what follows it run again.

Switch it off where the program reads only the modules it was built with.`,
  silent: [
    'Programs that do not call `debug.ReadBuildInfo` in their own code, and any `-X` of the linker.',
    'A context without .git, `-buildvcs`, and stages in which something else may have brought a .git.',
    'Images for tests and development.',
  ],
  references: ['https://go.dev/doc/go1.24#go-command', 'https://pkg.go.dev/runtime/debug#ReadBuildInfo'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': `package main

import "runtime/debug"

var version string

func main() {
	if info, ok := debug.ReadBuildInfo(); ok && version == "" {
		version = info.Main.Version
	}
	println(version)
}
`,
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.dockerignore': '.git\n',
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
ARG VERSION
RUN CGO_ENABLED=0 go build -ldflags "-X main.version=$VERSION" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

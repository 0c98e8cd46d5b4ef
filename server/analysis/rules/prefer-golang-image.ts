import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile, RunInstruction } from '../dockerfile/model.ts';
import { removeLines, removeWord, replace } from '../edits.ts';
import { parseGoVersion } from '../go/version.ts';
import { glibcOf } from '../images/glibc.ts';
import { golangTagVerdict } from '../images/golang.ts';
import { goVersionToPin } from '../images/pinned.ts';
import { parseImageRef } from '../images/ref.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { SimpleCommand } from '../shell/model.ts';
import type { StageTrace } from '../trace/model.ts';
import { isPackageCommand } from '../trace/run/package-commands.ts';
import { removeCommand } from '../trace/run-edits.ts';

/** Names under which distributions have the Go toolchain. */
const isGo = (name: string): boolean =>
  /^(go|golang|golang-go|golang-any|golang-\d+\.\d+(-go)?)([=~<>@].*)?$/.test(name);

interface Installed {
  readonly name: string;
  readonly range: Range;
  readonly run: RunInstruction;
  readonly command: SimpleCommand;
}

const installedIn = (stage: StageTrace, { dockerfile }: Subject): Installed | undefined => {
  for (const instruction of stage.stage.instructions) {
    if (instruction.keyword !== 'RUN' || instruction.onbuild) continue;
    for (const command of commandsOfRun(instruction, dockerfile).commands) {
      const [program, ...rest] = command.words;
      if (!program || !isPackageCommand(program.raw) || !rest.some(({ raw }) => raw === 'add' || raw === 'install'))
        continue;
      const word = rest.find(({ raw }) => isGo(raw));
      if (word) return { name: word.raw, range: word.range, run: instruction, command };
    }
  }
  return undefined;
};

/** Builds of the project; a tool by its version may be what the stage is for. */
const buildsProject = ({ goSteps }: StageTrace): boolean =>
  goSteps.some(
    ({ command: { verb, operands } }) =>
      verb === 'build' || (verb === 'install' && operands.every(({ raw }) => !raw.includes('@'))),
  );

/** The golang image on the same distribution, where there is one: `golang:1.26-alpine3.24` for `alpine:3.24`. */
const golangOn = ({ rootImage: image, goSteps }: StageTrace): string | undefined => {
  const line = goSteps.find(({ module }) => module)?.module?.mod.go?.version;
  if (!image || line === undefined) return undefined;
  const go = `golang:${goVersionToPin(parseGoVersion(line))}`;
  const release = image.family === 'debian' ? glibcOf(image)?.release : undefined;
  const branch = /^3\.\d+/.exec(image.ref.tag ?? '')?.[0] ?? '';
  const variants = image.family === 'alpine' ? [`alpine${branch}`, 'alpine'] : release ? [release] : [];
  return variants
    .map((variant) => `${go}-${variant}`)
    .find((name) => {
      const ref = parseImageRef(name);
      return ref && golangTagVerdict(ref).verdict === 'exists';
    });
};

/** What only goes with an installation. */
const helps = /^(?:apt(?:-get)?\s+(?:-\S+\s+)*update|apk\s+update|rm\s+-\w+\s+\/var\/lib\/apt\/lists\S*|set\s+-\w+)$/;

/** The package goes with its command where it is the only one, and that with its RUN where nothing else is done. */
const removalOf = ({ range, run, command }: Installed, dockerfile: Dockerfile): TextEdit | undefined => {
  const { source } = dockerfile;
  const names = command.words.slice(1).filter(({ raw }) => !/^(-.*|add|install)$/.test(raw));
  if (names.length > 1) return removeWord(source, range);
  const others = commandsOfRun(run, dockerfile).commands.filter((each) => each !== command);
  if (others.every((each) => helps.test(source.slice(each.range)))) return removeLines(run.range);
  return removeCommand(run, command, dockerfile);
};

const fixOf = (found: Installed, stage: StageTrace, { dockerfile }: Subject): readonly Fix[] => {
  const { image } = stage.stage.from;
  const golang = stage.base.kind === 'image' && image && !/[$@]/.test(image.raw) ? golangOn(stage) : undefined;
  const removal = golang && removalOf(found, dockerfile);
  if (!golang || !image || !removal) return [];
  return [{ title: `Build on ${golang}`, safe: false, edits: [replace(image.range, golang), removal] }];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    const family = stage.rootImage?.family;
    if (family !== 'alpine' && family !== 'debian' && family !== 'ubuntu') continue;
    const found = buildsProject(stage) ? installedIn(stage, subject) : undefined;
    if (!found) continue;
    const image = stage.rootImage?.ref.raw ?? '';
    yield {
      range: found.range,
      message: message('{name} is the Go that {image} happens to have: its version is not chosen here.', {
        name: found.name,
        image,
      }),
      related: [step(stage.stage.from.range, 'The packages are those of {image}.', { image })],
      fixes: fixOf(found, stage, subject),
    };
  }
}

export const preferGolangImage: Rule = {
  id: 'prefer-golang-image',
  title: "The distribution's Go builds the program",
  severity: 'information',
  concern: 'reproducible',
  why: `\`apk add go\` and \`apt-get install golang\` install the Go of the distribution. Debian's stays at the version it was released
with, which is out of support after a year, and Alpine's changes with the branch. A newer \`go\` line in go.mod then makes it fetch
another Go at every build, or ends the build where GOTOOLCHAIN is local:

    go: go.mod requires go >= 1.26 (running go 1.24.4; GOTOOLCHAIN=local)

The golang image has every version, on Debian (\`golang:1.26-trixie\`) and on Alpine (\`golang:1.26-alpine3.24\`), gets each
security release, and needs no installation.`,
  silent: [
    'Stages that only install tools by their version.',
    'Images other than Alpine, Debian and Ubuntu, and names in variables.',
    'Go that is copied from the golang image.',
  ],
  references: ['https://hub.docker.com/_/golang', 'https://go.dev/doc/devel/release#policy'],
  example: {
    bad: `FROM alpine:3.24 AS build
RUN apk add --no-cache go
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-alpine3.24 AS build
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

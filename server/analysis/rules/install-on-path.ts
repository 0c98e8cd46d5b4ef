import type { RunInstruction } from '../dockerfile/model.ts';
import { insertInstructionsAbove } from '../edits.ts';
import { defaultBinaryName } from '../go/output.ts';
import { wordText } from '../go/word-text.ts';
import { knownValue, message, step, unknown } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { ShellWord } from '../shell/model.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { isRoot } from '../trace/questions.ts';

/** A program that go install put into a folder. */
interface Tool {
  readonly name: string;
  readonly folder: string;
  readonly goStep: GoStep;
}

/** The folder of go install for the builder's own platform, by GOBIN, GOPATH or root's home; undefined when not known. */
const binFolder = ({ env, user }: GoStep): string | undefined => {
  const value = (name: string): string | undefined => {
    const set = env.get(name);
    return set === undefined ? '' : knownValue(set);
  };
  const [gobin, gopath, home] = ['GOBIN', 'GOPATH', 'HOME'].map(value);
  if (gobin === undefined || gopath === undefined || env.get('GOARCH') || env.get('GOOS')) return undefined;
  if (gobin !== '') return gobin;
  if (gopath !== '') return `${gopath.split(':')[0]}/bin`;
  const isRoots = user.known && isRoot(user.value) && (home === '' || home === '/root');
  return isRoots ? '/root/go/bin' : undefined;
};

const toolsOf = (goStep: GoStep): readonly Tool[] => {
  const { command, runs } = goStep;
  const folder = command.verb === 'install' && runs === 'always' ? binFolder(goStep) : undefined;
  if (folder === undefined) return [];
  return command.operands.flatMap(({ raw }) => {
    const path = /^([\w.~/-]+)@/.exec(wordText(raw))?.[1];
    return path === undefined ? [] : [{ name: defaultBinaryName(path), folder, goStep }];
  });
};

/** The first use of a tool by its bare name, behind its installation. */
const useOf = (
  tool: Tool,
  stage: StageTrace,
  { dockerfile }: Subject,
): { readonly word: ShellWord; readonly run: RunInstruction } | undefined => {
  const { source } = dockerfile;
  const after = source.offset(tool.goStep.command.command.range.end);
  for (const run of stage.stage.instructions) {
    if (run.keyword !== 'RUN' || run.onbuild || source.offset(run.range.end) < after) continue;
    if (/\bPATH\b|\bln\b|\bcp\b|\bmv\b/.test(source.slice(run.range))) return undefined;
    const command = commandsOfRun(run, dockerfile).commands.find(
      ({ words, range }) => words[0]?.raw === tool.name && source.offset(range.start) >= after,
    );
    if (!command) continue;
    const [word] = command.words;
    return word && command.runs === 'always' && command.scope.length === 0 ? { word, run } : undefined;
  }
  return undefined;
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    for (const tool of stage.goSteps.flatMap(toolsOf)) {
      if (stage.packagesOpen || [...stage.packages].some((name) => name.includes(tool.name))) continue;
      const use = useOf(tool, stage, subject);
      const path = use && knownValue(stage.before(use.run)?.env.get('PATH') ?? unknown);
      if (!use || path === undefined || path.split(':').includes(tool.folder)) continue;
      if (path.split(':').some((folder) => stage.lookup(`${folder}/${tool.name}`).state === 'present')) continue;
      const { name, folder } = tool;
      yield {
        range: use.word.range,
        message: message('{name} is not found: it lies in {folder}, which is not on the PATH.', { name, folder }),
        related: [step(tool.goStep.command.command.range, 'This installs {name} in {folder}.', { name, folder })],
        fixes: [
          {
            title: `Put ${folder} on the PATH`,
            safe: false,
            edits: [insertInstructionsAbove(subject.dockerfile.source, use.run.range, [`ENV PATH=$PATH:${folder}`])],
          },
        ],
      };
    }
  }
}

export const installOnPath: Rule = {
  id: 'install-on-path',
  title: 'go install puts a tool where no shell looks for it',
  severity: 'warning',
  concern: 'starts',
  why: `\`go install\` writes into GOBIN, else into \`bin\` of GOPATH, else into \`/root/go/bin\`. Only \`/go/bin\` of the golang image is on the
PATH; with another GOPATH, or on an image where Go was installed as a package, the next command ends with code 127:

    /bin/sh: tool: not found

Put the folder on the PATH, or install with \`GOBIN=/usr/local/bin\`.`,
  silent: [
    'Tools that are started by their path, and commands behind a change of PATH, `ln`, `cp` or `mv`.',
    'Tools that a package of the same name brings.',
    'A PATH, GOPATH or GOBIN that is not known, and cross builds.',
  ],
  references: [
    'https://pkg.go.dev/cmd/go#hdr-Compile_and_install_packages_and_dependencies',
    'https://go.dev/wiki/GOPATH',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
ENV GOPATH=/cache
WORKDIR /src
COPY . .
RUN go install github.com/a-h/templ/cmd/templ@v0.3.960
RUN templ generate && CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
ENV GOPATH=/cache
WORKDIR /src
COPY . .
RUN go install github.com/a-h/templ/cmd/templ@v0.3.960
ENV PATH=$PATH:/cache/bin
RUN templ generate && CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

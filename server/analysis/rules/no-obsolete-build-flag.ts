import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Assignment, EnvInstruction, SourceText } from '../dockerfile/model.ts';
import { removeLines, removeWord } from '../edits.ts';
import { flag } from '../go/command.ts';
import { parseLdflags, parseTags } from '../go/ldflags.ts';
import { isInPlace, wordText } from '../go/word-text.ts';
import { type Message, message, stepsOf, unknown } from '../known.ts';
import { linkerFlagText } from '../linker-flag-edit.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';

const finding = (range: Range, text: Message, edit: TextEdit, safe = true): Finding => ({
  range,
  message: text,
  fixes: [{ title: 'Remove it', safe, edits: [edit] }],
});

const off = /^(["']?)0\1$/;

/** CGO_ENABLED is 0 for every caller: in the command's prefix or in ENV, and not the default of an ARG. */
const withoutCgo = ({ command, env }: GoStep, stage: StageTrace, source: SourceText): boolean => {
  const prefix = command.command.assignments.find(({ name }) => name === 'CGO_ENABLED')?.value;
  if (prefix) return off.test(prefix.raw);
  const steps = stepsOf(env.get('CGO_ENABLED') ?? unknown);
  const [only] = steps;
  if (!only || steps.length > 1 || !stage.setByEnv.has('CGO_ENABLED')) return false;
  return off.test(source.slice(only.range).replace(/^CGO_ENABLED[=\s]/, ''));
};

function* plainFlags({ command, toolchain }: GoStep, source: SourceText): Iterable<Finding> {
  // Go 1.9 and older have no build cache.
  if (toolchain && toolchain.minor < 10) return;
  for (const { name, value, range } of command.flags) {
    if (name === 'a' && !value && source.slice(range) === '-a') {
      const text = message('-a compiles everything again, also what the build cache has.');
      yield finding(range, text, removeWord(source, range));
    }
    if (name === 'installsuffix' && value && isInPlace(value, source)) {
      const text = message('-installsuffix names a folder that Go has not used since it has a build cache.');
      yield finding(range, text, removeWord(source, range));
    }
  }
}

/** Quotes around the value may be escaped, as they stand in quotes themselves. */
const extldflags = /[ \t]*-extldflags(?:=|[ \t]+)(\\?["']|)-static\1(?![\w-])/;

function* linkerFlags(goStep: GoStep, stage: StageTrace, source: SourceText): Iterable<Finding> {
  const given = flag(goStep.command, 'ldflags');
  if (!given?.value?.raw.includes('-extldflags') || !withoutCgo(goStep, stage, source)) return;
  if (flag(goStep.command, 'buildmode')) return;
  const found = linkerFlagText(given, extldflags, source);
  const { linkmode, complete } = parseLdflags(wordText(given.value.raw));
  if (!found || linkmode !== undefined || !complete) return;
  const text = message('-extldflags is for the C linker, which is not used with CGO_ENABLED=0.');
  yield finding(found.range, text, found.edit);
}

/** Files of the project may ask for the tag themselves. */
const isAskedFor = ({ project }: Subject): boolean =>
  [...project.packages.values()].some(({ files }) =>
    files.some(({ constraint }) => /\b(netgo|osusergo)\b/.test(constraint ?? '')),
  );

function* tags(goStep: GoStep, stage: StageTrace, subject: Subject): Iterable<Finding> {
  const given = flag(goStep.command, 'tags');
  const { source } = subject.dockerfile;
  if (!given?.value || !isInPlace(given.value, source) || !withoutCgo(goStep, stage, source) || isAskedFor(subject))
    return;
  const text = wordText(given.value.raw);
  const names = [...parseTags(text)];
  if (names.length === 0 || !names.every((name) => name === 'netgo' || name === 'osusergo')) return;
  const found = message('The tag {text} changes nothing with CGO_ENABLED=0.', { text });
  yield finding(given.range, found, removeWord(source, given.range), false);
}

const isModulesOn = (name: string, raw: string): boolean => name === 'GO111MODULE' && wordText(raw) === 'on';

const modulesOn = message('GO111MODULE=on is the default since Go 1.16.');

const assignmentRange = ({ nameRange, value }: Assignment): Range => ({
  start: nameRange.start,
  end: value?.range.end ?? nameRange.end,
});

function* moduleSwitch(stage: StageTrace, { dockerfile }: Subject): Iterable<Finding> {
  const { source } = dockerfile;
  if ((stage.rootImage?.go?.version?.minor ?? 0) < 16) return;
  for (const env of stage.stage.instructions.filter((each): each is EnvInstruction => each.keyword === 'ENV')) {
    for (const assignment of env.assignments) {
      if (!isModulesOn(assignment.name, assignment.value?.raw ?? '')) continue;
      const range = assignmentRange(assignment);
      yield finding(
        range,
        modulesOn,
        env.assignments.length === 1 ? removeLines(env.range) : removeWord(source, range),
      );
    }
  }
  for (const { command } of stage.goSteps) {
    for (const { name, value, range } of command.command.assignments) {
      if (!value || !isInPlace(value, source) || !isModulesOn(name, value.raw)) continue;
      yield finding(range, modulesOn, removeWord(source, range));
    }
  }
}

function* check(subject: Subject): Iterable<Finding> {
  const { source } = subject.dockerfile;
  for (const stage of subject.trace.stages) {
    yield* moduleSwitch(stage, subject);
    for (const goStep of stage.goSteps) {
      const { verb } = goStep.command;
      if ((verb !== 'build' && verb !== 'install') || goStep.run.form.kind !== 'shell') continue;
      yield* plainFlags(goStep, source);
      yield* linkerFlags(goStep, stage, source);
      yield* tags(goStep, stage, subject);
    }
  }
}

export const noObsoleteBuildFlag: Rule = {
  id: 'no-obsolete-build-flag',
  title: 'A build flag that does nothing any more',
  severity: 'hint',
  concern: 'clear',
  why: `\`CGO_ENABLED=0 go build -a -installsuffix cgo -ldflags '-extldflags "-static"'\` was needed before Go 1.10. Today
\`CGO_ENABLED=0 go build\` gives the same static program, but for the few bytes that record the flags.

\`-a\` even costs: it compiles the standard library and every module again, although a cache mount
(\`RUN --mount=type=cache,target=/root/.cache/go-build\`) has them all.`,
  silent: [
    '`-extldflags` and `-tags netgo` where CGO_ENABLED is not 0 for every caller, as an ARG says: there they make a program static.',
    '`-extldflags` with other flags than `-static`, or with `-linkmode`, `-buildmode` or a variable that may hold them.',
    'The tags where a file of the project asks for them, or where they stand beside others.',
    '`-a` and `-installsuffix` before Go 1.10, which has no build cache; GO111MODULE before Go 1.16, or where the version is not in the tag; exec form.',
  ],
  references: ['https://go.dev/doc/go1.10#build', 'https://go.dev/doc/go1.16#modules'],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -a -o /app .

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

import type { TextEdit } from 'vscode-languageserver-types';
import type { RunInstruction } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { knownValue, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { CopyTrace, StageTrace } from '../trace/model.ts';
import { basename, below } from '../trace/paths.ts';
import { programPath, withAncestors } from '../trace/questions.ts';
import { removeCommand } from '../trace/run-edits.ts';
import type { Rewritten, ShellStep } from '../trace/shell-step.ts';

const line = ({ range }: CopyTrace['instruction']): number => range.start.line;

/** The COPY of the stage, or of one it starts from, that brought a file before the command. */
const copyOf = (path: string, { run }: ShellStep, stage: StageTrace): CopyTrace | undefined =>
  withAncestors(stage)
    .flatMap(({ copies }) => copies)
    .filter(({ instruction }) => line(instruction) < run.range.start.line)
    .sort((a, b) => line(b.instruction) - line(a.instruction))
    .find(({ destination }) => destination.known && below(destination.value, path) !== undefined);

/** A program: of a script a second copy does not matter. */
const isProgram = ({ path, origin }: Rewritten, stage: StageTrace): boolean => {
  if (origin.kind === 'go') return !withAncestors(stage).some((each) => each.stage.index === origin.binary.stage);
  if (origin.kind !== 'context' || basename(origin.path).includes('.')) return false;
  const started = stage.start?.words?.[0];
  return started !== undefined && knownValue(programPath(stage, started)) === path;
};

const symbolicExecutable = /^(?:[ugo]*|a)\+r?x$/;

/** The flag of COPY that does the same; undefined where it would not. */
const flagFor = ({ program, command }: ShellStep, { origin }: Rewritten, { from }: CopyTrace): string | undefined => {
  const words = command.words.slice(1).map(({ raw }) => raw);
  const options = words.filter((word) => word.startsWith('-'));
  const [value = '', ...paths] = words.filter((word) => !word.startsWith('-'));
  if (paths.length !== 1 || options.some((option) => option !== '-R')) return undefined;
  if (program === 'chown' && /^\d+(:\d+)?$/.test(value)) return `--chown=${value}`;
  if (program !== 'chmod' || options.length > 0) return undefined;
  if (/^[0-7]{3,4}$/.test(value)) return `--chmod=${value}`;
  return symbolicExecutable.test(value) && (from || origin.kind === 'go') ? '--chmod=0755' : undefined;
};

/** Only a COPY of this one file, or of the folder that is given to an owner, takes the flag. */
const isAllOf = ({ instruction, destination }: CopyTrace, path: string, named: string | undefined): boolean =>
  instruction.sources.length === 1 && destination.known && (destination.value === named || destination.value === path);

const flagged = ({ instruction }: CopyTrace, flag: string): TextEdit | undefined => {
  const name = flag.slice(2, flag.indexOf('='));
  if (instruction.flags.some((each) => each.name === name)) return undefined;
  const at = instruction.keywordRange.end;
  return replace({ start: at, end: at }, ` ${flag}`);
};

const fixOf = (
  shellStep: ShellStep,
  rewritten: Rewritten,
  copy: CopyTrace,
  { dockerfile }: Subject,
): readonly Fix[] => {
  const { command, run, path } = shellStep;
  const last = command.words.at(-1);
  const named = last && knownValue(path(last));
  const flag = flagFor(shellStep, rewritten, copy);
  if (!flag || !isAllOf(copy, rewritten.path, named) || copy.instruction.keyword !== 'COPY') return [];
  const given = flagged(copy, flag);
  const removed = removeCommand(run, command, dockerfile);
  return given && removed ? [{ title: `Copy it with ${flag}`, safe: false, edits: [given, removed] }] : [];
};

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<ShellStep>();
  const stored = new Map<RunInstruction, Set<string>>();
  for (const stage of subject.trace.shipped) {
    for (const shellStep of withAncestors(stage).flatMap(({ commands }) => commands)) {
      if (seen.has(shellStep)) continue;
      const rewritten = shellStep.rewrites.find((each) => isProgram(each, stage));
      const copy = rewritten && copyOf(rewritten.path, shellStep, stage);
      if (!rewritten || !copy) continue;
      seen.add(shellStep);
      const { path } = rewritten;
      // What one RUN does to a file is in one layer.
      const inLayer = stored.get(shellStep.run) ?? new Set();
      if (inLayer.has(path)) continue;
      stored.set(shellStep.run, inLayer.add(path));
      yield {
        range: shellStep.command.range,
        message: message('{program} puts {path} into the image a second time: a layer holds whole files.', {
          program: shellStep.program,
          path,
        }),
        related: [step(copy.instruction.range, 'It is in this layer already.')],
        fixes: fixOf(shellStep, rewritten, copy, subject),
      };
    }
  }
}

export const noDuplicateLayer: Rule = {
  id: 'no-duplicate-layer',
  title: 'A command stores a program a second time',
  severity: 'warning',
  concern: 'small',
  why: `Each instruction makes a layer, and a layer holds whole files: \`RUN chmod +x /app\` below \`COPY … /app\` stores the
program once more, although not one byte of it changed. With chown, mv and strip it is the same. The image is pulled
and kept twice as large.

\`COPY --chmod=0755 --chown=65532:65532\` sets both while the file is copied. \`go build\` makes its output executable, and
what another stage built keeps its permissions: mostly the RUN is not needed at all.`,
  silent: [
    'Scripts and other small files.',
    'Programs that the same stage builds, and folders that are made by a command.',
    'Development stages.',
  ],
  references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM alpine:3.24
COPY --from=build /out/app /app
RUN chmod +x /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM alpine:3.24
COPY --chmod=0755 --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

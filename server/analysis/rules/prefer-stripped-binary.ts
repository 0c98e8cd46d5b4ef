import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { SourceText } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { flag, isOn } from '../go/command.ts';
import type { GoCommand } from '../go/model.ts';
import { isInPlace } from '../go/word-text.ts';
import { knownValue, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { ShellWord } from '../shell/model.ts';
import type { GoBinary, StageTrace } from '../trace/model.ts';
import { basename } from '../trace/paths.ts';
import { type ShippedBinary, shippedBinaries, startsDebugger } from '../trace/questions.ts';

const nameRange = ({ toolRange, verbRange }: GoCommand): Range => ({ start: toolRange.start, end: verbRange.end });

/** Compiled for a debugger, perhaps by what a variable says, or changed by another program afterwards. */
const isTreated = ({ command }: GoBinary, stages: readonly (StageTrace | undefined)[]): boolean =>
  /-N\b|[$`]/.test(flag(command, 'gcflags')?.value?.raw ?? '') ||
  stages.some((stage) => stage?.commands.some(({ program }) => program === 'strip' || program === 'upx'));

const strips = '-s -w';

/** The flags before the others of the linker, quotes kept. */
const merged = (word: ShellWord, source: SourceText): TextEdit | undefined => {
  const [, quote = '', first] = /^(["']?)\s*(\S?)/.exec(word.raw) ?? [];
  if (!isInPlace(word, source) || first !== '-') return undefined;
  const { start, end } = word.range;
  if (quote === '') return /["'\\]/.test(word.raw) ? undefined : replace({ start, end }, `"${strips} ${word.raw}"`);
  const inside = { line: start.line, character: start.character + 1 };
  return replace({ start: inside, end: inside }, `${strips} `);
};

/** A script in quotes has no place for further ones. */
const isNested = ({ run }: GoBinary, source: SourceText): boolean =>
  run.form.kind === 'exec' || /\b(?:sh|bash|ash)\s+-\w*c\b|\beval\b/.test(source.slice(run.range));

const fixesOf = (binary: GoBinary, source: SourceText): readonly Fix[] => {
  const { command } = binary;
  if (isNested(binary, source) || source.slice(command.verbRange) !== command.verb) return [];
  const given = flag(command, 'ldflags')?.value;
  const insert = (text: string): TextEdit =>
    replace({ start: command.verbRange.end, end: command.verbRange.end }, text);
  const ldflags = given ? merged(given, source) : insert(` -ldflags="${strips}"`);
  if (!ldflags) return [];
  const alone: Fix = { title: `Strip it with -ldflags="${strips}"`, safe: false, edits: [ldflags] };
  if (isOn(command, 'trimpath')) return [alone];
  const edits = given ? [insert(' -trimpath'), ldflags] : [insert(` -trimpath -ldflags="${strips}"`)];
  return [alone, { title: "Strip it, and leave the builder's folders out with -trimpath", safe: false, edits }];
};

const isUnstripped = ({ binary, shipped }: ShippedBinary, { trace }: Subject): boolean =>
  binary.stripped === 'no' &&
  shipped.role !== 'test' &&
  binary.command.tool === 'go' &&
  !startsDebugger(shipped) &&
  basename(knownValue(binary.path) ?? '') !== 'dlv' &&
  !isTreated(binary, [trace.stages[binary.stage], shipped]);

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<GoCommand>();
  for (const found of shippedBinaries(subject.trace)) {
    const { binary, copy } = found;
    if (seen.has(binary.command) || !isUnstripped(found, subject)) continue;
    seen.add(binary.command);
    const path = knownValue(binary.path) ?? '';
    yield {
      range: nameRange(binary.command),
      message: message('{path} is shipped with what debuggers alone read: about a third of its size.', { path }),
      related: [step(copy.instruction.range, 'It is copied into the image here.')],
      fixes: fixesOf(binary, subject.dockerfile.source),
    };
  }
}

export const preferStrippedBinary: Rule = {
  id: 'prefer-stripped-binary',
  title: 'A program is shipped with its debugging information',
  severity: 'hint',
  concern: 'small',
  why: `\`go build\` writes the symbol table and DWARF debugging information into the program; \`-ldflags="-s -w"\` leaves them
out. Measured with Go 1.27: 8.6 MB become 5.9 MB for a small HTTP server, 15.3 MB become 10.5 MB for a larger program.
Panics still print files, lines and stacks, and pprof works as before. (On Linux \`-s\` alone does the same.)

\`-trimpath\` makes no program smaller: it leaves the folders of the builder out, so that the same sources give the same
bytes anywhere.

Switch it off where a debugger is attached to what is shipped, or a profiler reads symbols from the file.`,
  silent: [
    'Programs built with `-w` or `-s`, by the command or by GOFLAGS, and flags that a variable may hide.',
    'Programs that strip or upx treats afterwards; builds with `-gcflags` for a debugger, or with a variable in it; images that start dlv.',
    'Development stages, and images that hold the Go toolchain anyway.',
  ],
  references: ['https://pkg.go.dev/cmd/link', 'https://go.dev/doc/go1.22#linker'],
  example: {
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
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

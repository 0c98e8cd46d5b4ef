import { replace } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { CopyTrace, PlacedBinary, StageTrace } from '../trace/model.ts';
import { basename, below } from '../trace/paths.ts';
import { withAncestors } from '../trace/questions.ts';

/** Binaries the stage holds at its end; only those of the wanted name when there are any. */
const candidates = (from: StageTrace, wanted: string): readonly PlacedBinary[] => {
  const same = from.goFiles.filter(({ path }) => basename(path) === basename(wanted));
  return same.length > 0 ? same : from.goFiles;
};

/** Those that no other COPY of the stage brings already: what is missing beside them is another file. */
const missed = (copy: CopyTrace, built: readonly PlacedBinary[], copies: readonly CopyTrace[]) =>
  built.filter(
    ({ path }) =>
      !copies.some(
        (other) =>
          other !== copy &&
          other.from === copy.from &&
          other.sources.some((source) => source.known && below(source.value, path) !== undefined),
      ),
  );

const fixesFor = (
  copy: CopyTrace,
  index: number,
  wanted: string,
  from: StageTrace,
  copies: readonly CopyTrace[],
): readonly Fix[] => {
  const word = copy.instruction.sources[index];
  const built = missed(copy, candidates(from, wanted), copies);
  const [first] = built;
  if (!word || !first) return [];
  const only = built.length === 1;
  const copyIt = built.map(({ path }) => ({ title: `Copy ${path}`, safe: only, edits: [replace(word.range, path)] }));
  const output = first.binary.command.flags.findLast(({ name }) => name === 'o')?.value;
  const direct = first.binary.path.known && first.binary.path.value === first.path;
  if (!only || !output || !direct || !wanted.startsWith('/')) return copyIt;
  return [...copyIt, { title: `Build to ${wanted}`, safe: false, edits: [replace(output.range, wanted)] }];
};

const isLost = (from: StageTrace, path: string): boolean =>
  withAncestors(from).some(({ binaries }) => binaries.some((b) => b.lost && b.path.known && b.path.value === path));

const named = ({ stage }: StageTrace): string => stage.name ?? String(stage.index);

function* check({ trace }: Subject): Iterable<Finding> {
  for (const { copy, copies } of trace.stages.flatMap(({ copies }) => copies.map((copy) => ({ copy, copies })))) {
    const { from, instruction } = copy;
    if (!from || from === 'unknown') continue;
    for (const [index, source] of copy.sources.entries()) {
      const word = instruction.sources[index];
      if (!source.known || !word || /[*?[]/.test(source.value)) continue;
      if (from.lookup(source.value).state !== 'absent' || isLost(from, source.value)) continue;
      const values = { path: source.value, stage: named(from) };
      yield {
        range: word.range,
        message: message('Nothing in stage {stage} makes {path}: the build stops here.', values),
        related: candidates(from, source.value).map(({ path, binary }) =>
          step(binary.command.command.range, 'This command builds {path}.', { path }),
        ),
        fixes: fixesFor(copy, index, source.value, from, copies),
      };
    }
  }
}

export const copyBuiltFile: Rule = {
  id: 'copy-built-file',
  title: 'COPY --from of a file that the stage does not make',
  severity: 'error',
  concern: 'starts',
  why: `The path after \`COPY --from=build\` is read in that stage from its root folder. If nothing there makes it, the
build stops, often after minutes of compiling:

    failed to compute cache key: "/app/server" not found: not found

Without \`-o\`, \`go build\` names the binary after the last element of the main package's import path (not after the
folder, and without \`/v2\`), and writes it to the working directory.`,
  silent: [
    'Stages in which a script, make or another unknown command may have made the file.',
    'Stages with an instruction that Docker does not know: the text is a part of another one, or has its own frontend.',
    'Files of the build context that .gitignore names and that are missing: they are made beside the Dockerfile before.',
    'Patterns, paths with variables that have no default, and images or named contexts in `--from`.',
    'System folders of the base image.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#copy---from',
    'https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies',
  ],
  example: {
    files: { 'go.mod': 'module example.com/shop\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/shop .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /src/shop /shop
ENTRYPOINT ["/shop"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/shop .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/shop /shop
ENTRYPOINT ["/shop"]`,
  },
  check,
};

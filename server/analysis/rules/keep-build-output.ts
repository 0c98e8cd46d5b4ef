import type { TextEdit } from 'vscode-languageserver-types';
import type { Word } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { GoBinary } from '../trace/model.ts';
import { basename, below } from '../trace/paths.ts';
import { withAncestors } from '../trace/questions.ts';

/** The COPY sources that look for the binary where it no longer is. */
const missedBy = (binary: GoBinary, { trace }: Subject): readonly Word[] => {
  const path = binary.path.known ? binary.path.value : undefined;
  return trace.stages.flatMap(({ copies }) =>
    copies.flatMap(({ from, sources, instruction }) => {
      if (path === undefined || !from || from === 'unknown' || from.lookup(path).state !== 'absent') return [];
      if (!withAncestors(from).some(({ stage }) => stage.index === binary.stage)) return [];
      return instruction.sources.filter((_, at) => {
        const source = sources[at];
        return source?.known && `/${source.value}`.replace(/^\/+/, '/') === path;
      });
    }),
  );
};

/** Writing into a bind mount without `rw` is refused by the kernel; a build of several packages writes nothing. */
const isRefused = ({ lostIn, command }: GoBinary): boolean =>
  lostIn?.type === 'bind' &&
  !lostIn.writable &&
  command.verb === 'build' &&
  command.flags.some(({ name }) => name === 'o');

/** The edits that build to a path: the value of `-o`, a new one, or `go build -o` instead of `go install`. */
const outputEdits = ({ command }: GoBinary, path: string): readonly TextEdit[] | undefined => {
  const output = command.flags.findLast(({ name }) => name === 'o')?.value;
  if (output) return [replace(output.range, path)];
  if (command.operands.length > 1 || command.operands.some(({ raw }) => raw.includes('...'))) return undefined;
  return [replace(command.verbRange, `build -o ${path}`)];
};

const fixesFor = (binary: GoBinary, missed: readonly Word[], { trace }: Subject): readonly Fix[] => {
  const path = `/out/${basename(binary.path.known ? binary.path.value : 'app')}`;
  const stage = trace.stages[binary.stage];
  const isTaken =
    stage?.written('/out') || binary.run.mounts.some(({ target }) => below('/out', target?.raw ?? '') !== undefined);
  const alone = stage?.binaries.filter(({ command }) => command === binary.command).length === 1;
  const edits = isTaken || !alone ? undefined : outputEdits(binary, path);
  if (!edits) return [];
  return [
    {
      title: `Build to ${path}`,
      safe: missed.length > 0,
      edits: [...edits, ...missed.map(({ range }) => replace(range, path))],
    },
  ];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const binary of subject.trace.stages.flatMap(({ binaries }) => binaries)) {
    const { lostIn, path, command } = binary;
    if (!binary.lost || !lostIn || !path.known || command.command.runs !== 'always') continue;
    const missed = missedBy(binary, subject);
    const refused = isRefused(binary);
    if (missed.length === 0 && !refused) continue;
    const values = { path: path.value, type: lostIn.type };
    yield {
      range: command.command.range,
      message: refused
        ? message('{path} lies in a {type} mount that is read-only: the build stops here.', values)
        : message('{path} is written into a {type} mount, and is gone after this RUN.', values),
      related: [
        step(lostIn.range, 'This is the mount.'),
        ...missed.map(({ range }) => step(range, 'This COPY does not find {path}.', { path: path.value })),
      ],
      fixes: fixesFor(binary, missed, subject),
    };
  }
}

export const keepBuildOutput: Rule = {
  id: 'keep-build-output',
  title: 'The binary is written into a mount and lost',
  severity: 'error',
  concern: 'starts',
  why: `What a RUN writes into a cache, tmpfs or bind mount is no part of the image: after the RUN the mount is gone, and the
binary with it. The build then stops at the COPY:

    failed to compute cache key: "/out/app" not found: not found

A bind mount without \`rw\` cannot even be written to: \`go build\` ends with \`read-only file system\`. With \`rw\` it can,
and what was written is thrown away. Build to a path outside of the mounts.`,
  silent: [
    'Binaries that no COPY looks for in the mount, as they may be copied on within the RUN.',
    'Mounts whose target is not known.',
  ],
  references: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/build CGO_ENABLED=0 go build -o /build/app .

FROM scratch
COPY --from=build /build/app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/build CGO_ENABLED=0 go build -o /out/app .

FROM scratch
COPY --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

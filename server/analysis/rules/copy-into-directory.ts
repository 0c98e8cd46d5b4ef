import type { Range } from 'vscode-languageserver-types';
import { replace } from '../edits.ts';
import { knownValue, message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { inContext } from '../trace/context-files.ts';
import type { CopyTrace, StageTrace } from '../trace/model.ts';
import { basename, join, upward } from '../trace/paths.ts';
import { programPath, withAncestors } from '../trace/questions.ts';

/** The one file that a COPY puts at its destination under the name it has there; undefined for all else. */
const onlyFile = ({ instruction, from, sources, intoFolder }: CopyTrace, { project }: Subject): string | undefined => {
  const [source] = sources;
  if (intoFolder !== 'no' || sources.length !== 1 || instruction.heredocs.length > 0 || !source?.known)
    return undefined;
  if (from === 'unknown' || /[*?[]/.test(source.value)) return undefined;
  const isFile = from
    ? from.lookup(source.value).state === 'present'
    : inContext(project.context, source.value) === 'file';
  // ADD may unpack it.
  return isFile && instruction.keyword === 'COPY' ? source.value : undefined;
};

interface Use {
  readonly range: Range;
  readonly says: string;
}

/** By path: the instructions for which it has to be a folder. */
const usesAsFolder = ({ madeFolders, copies }: StageTrace): ReadonlyMap<string, readonly Use[]> => {
  const uses = new Map<string, Use[]>();
  const add = (paths: readonly string[], use: Use): void => {
    for (const path of paths) {
      const others = uses.get(path);
      if (others) others.push(use);
      else uses.set(path, [use]);
    }
  };
  for (const { instruction, path } of madeFolders) {
    add(upward(path), { range: instruction.range, says: 'WORKDIR makes it a folder.' });
  }
  for (const { instruction, destination, intoFolder } of copies) {
    if (!destination.known) continue;
    const folders = upward(destination.value).slice(intoFolder === 'yes' ? 0 : 1);
    add(folders, { range: instruction.range, says: 'This copies into it as a folder.' });
  }
  return uses;
};

/** Whether the container starts the file in the folder, so that the folder is what was meant. */
const startsInside = (stage: StageTrace, path: string): boolean => {
  const started = stage.start?.words?.[0];
  return started !== undefined && knownValue(programPath(stage, started)) === path;
};

function* checkStage(stage: StageTrace, owner: StageTrace, subject: Subject): Iterable<Finding> {
  const uses = usesAsFolder(stage);
  for (const copy of owner.copies) {
    const source = onlyFile(copy, subject);
    const path = knownValue(copy.destination);
    const word = copy.instruction.destination;
    if (source === undefined || path === undefined || !word || /["'\]]$/.test(word.raw)) continue;
    const behind = uses.get(path)?.filter(({ range }) => range.start.line > copy.instruction.range.start.line);
    const use = behind?.sort((one, other) => one.range.start.line - other.range.start.line)[0];
    // A command between may have made room for the folder.
    if (
      !use ||
      stage.opaque ||
      stage.commands.some(({ command }) => command.words.some(({ raw }) => raw.includes(path)))
    )
      continue;
    const at = word.range.end;
    yield {
      range: word.range,
      message: message('{path} becomes a file here, and a folder is needed below: the build stops.', { path }),
      related: [step(use.range, use.says)],
      fixes: [
        {
          title: `Copy into ${path}/`,
          safe: startsInside(stage, join(path, basename(source))),
          edits: [replace({ start: at, end: at }, '/')],
        },
      ],
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<string>();
  for (const stage of subject.trace.stages) {
    for (const owner of withAncestors(stage)) {
      for (const finding of checkStage(stage, owner, subject)) {
        const key = JSON.stringify(finding.range);
        if (!seen.has(key)) yield finding;
        seen.add(key);
      }
    }
  }
}

export const copyIntoDirectory: Rule = {
  id: 'copy-into-directory',
  title: 'A file is copied to the path of a folder',
  severity: 'error',
  concern: 'starts',
  why: `\`COPY --from=build /out/app /app\` makes a *file* /app unless a folder of that name is there already or the path ends
with a slash. A later WORKDIR /app, or a COPY into it, ends the build:

    mkdir …/merged/app: not a directory
    cannot copy to non-directory: …/merged/app

With the slash the file lies in the folder, here as /app/app.`,
  silent: [
    'Paths that end with a slash, and folders that are there.',
    'Several files to a path without a slash: BuildKit makes it a folder.',
    'Sources that may be folders, and stages in which a command names the path or may have changed anything.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#destination',
    'https://github.com/hadolint/hadolint/wiki/DL3021',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/server .

FROM alpine:3.24
COPY --from=build /out/server /app
WORKDIR /app
USER 65532:65532
ENTRYPOINT ["./server"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/server .

FROM alpine:3.24
COPY --from=build /out/server /app/
WORKDIR /app
USER 65532:65532
ENTRYPOINT ["./server"]`,
  },
  check,
};

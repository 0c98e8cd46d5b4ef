import type { CopyInstruction } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import type { CopyTrace } from '../trace/model.ts';
import { basename } from '../trace/paths.ts';

/** Sources that ADD fetches or unpacks, or may. */
const isSpecial = (path: string): boolean =>
  /^[a-z][a-z+]*:\/\/|^git@/i.test(path) ||
  /\.(tar|tgz|tbz2?|txz|tlz|gz|bz2|xz|zst|lzma|git)(#.*)?$/i.test(path) ||
  /[*?[]/.test(basename(path));

/** Without an extension a file may be an archive: ADD looks at its content. */
const isClear = (path: string): boolean => /(^|\/)\.?$|\.[A-Za-z]\w*$/.test(path);

/** Flags that COPY has too. */
const shared = /^(chown|chmod|link|exclude)$/;

const sourcesOf = ({ sources }: CopyTrace): readonly string[] | undefined => {
  const paths = sources.map((source) => (source.known ? source.value : undefined));
  return paths.every((path) => path !== undefined) ? paths : undefined;
};

const keyword = ({ keywordRange }: CopyInstruction, { dockerfile }: Subject): string =>
  dockerfile.source.slice(keywordRange) === 'add' ? 'copy' : 'COPY';

function* check(subject: Subject): Iterable<Finding> {
  for (const copy of subject.trace.stages.flatMap(({ copies }) => copies)) {
    const { instruction } = copy;
    const paths = instruction.keyword === 'ADD' ? sourcesOf(copy) : undefined;
    if (!paths || paths.some(isSpecial) || !instruction.flags.every(({ name }) => shared.test(name))) continue;
    yield {
      range: instruction.keywordRange,
      message: message('ADD does no more than COPY here: it fetches and unpacks nothing.'),
      fixes: [
        {
          title: 'Write COPY',
          safe: paths.every(isClear),
          edits: [replace(instruction.keywordRange, keyword(instruction, subject))],
        },
      ],
    };
  }
}

export const preferCopyOverAdd: Rule = {
  id: 'prefer-copy-over-add',
  title: 'ADD where COPY does the same',
  severity: 'hint',
  concern: 'clear',
  why: `\`ADD\` fetches URLs and unpacks archives, \`COPY\` only copies. Where only files of the build context are copied, COPY
says so, and keeps doing so when one of them is packed some day: what is copied is what lies there.`,
  silent: [
    'URLs and Git repositories, archives by their name, patterns that may match one, and variables.',
    'Flags that COPY does not have.',
  ],
  references: [
    'https://docs.docker.com/build/building/best-practices/#add-or-copy',
    'https://github.com/hadolint/hadolint/wiki/DL3020',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
ADD . .
RUN CGO_ENABLED=0 go build -o /app .

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

import type { Range } from 'vscode-languageserver-types';
import type { Assignment, Dockerfile, Instruction, RunInstruction } from '../dockerfile/model.ts';
import { wordText } from '../go/word-text.ts';
import { commandsOfRun } from '../shell/commands.ts';
import { mayBeAssigned, openQuote } from '../shell/expand.ts';
import type { SimpleCommand } from '../shell/model.ts';
import type { CopyTrace, StageTrace } from './model.ts';
import { basename } from './paths.ts';
import { withAncestors } from './questions.ts';

/** A build argument or environment variable that stands where a password or token belongs. */
export interface Credential {
  readonly name: string;
  /** `$NAME`, as written. */
  readonly range: Range;
  readonly declaredBy: Assignment;
  readonly instruction: Instruction;
  /** The command it stands in; undefined outside of RUN. */
  readonly command: SimpleCommand | undefined;
}

interface Use {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Who logs in is no secret. */
const isUserName = (name: string): boolean => /(^|_)(USER|USERNAME|LOGIN|OWNER|ORG|HOST)$/i.test(name);

const variablesAt = (text: string, start: number, end: number): readonly Use[] =>
  [...text.slice(start, end).matchAll(/\$(?:(\w+)|\{(\w+)\})/g)].map((match) => ({
    name: match[1] ?? match[2] ?? '',
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));

/** `https://user:$TOKEN@host`, `https://$TOKEN@host`. */
const inUrls = (text: string): readonly Use[] =>
  [...text.matchAll(/\b(?:https?|git|ssh):\/\/([^\s/@"']*)@/gi)].flatMap((match) => {
    const end = match.index + match[0].length - 1;
    const all = variablesAt(text, end - (match[1]?.length ?? 0), end).filter(({ name }) => !isUserName(name));
    const colon = text.lastIndexOf(':', end);
    const passwords = all.filter(({ start }) => start > colon);
    return passwords.length > 0 ? passwords : all;
  });

/** `Authorization: Bearer $TOKEN`, `PRIVATE-TOKEN: $TOKEN`. */
const inHeaders = (text: string): readonly Use[] =>
  [
    ...text.matchAll(
      /\b(?:authorization|(?:private|job|deploy)-token)\s*:\s*(?:(?:basic|bearer|token)\s+)?(?=\$)(\S+)/gi,
    ),
  ].flatMap((match) => {
    const end = match.index + match[0].length;
    return variablesAt(text, end - (match[1]?.length ?? 0), end).slice(0, 1);
  });

/** `password $TOKEN` of a .netrc, also by `printf 'password %s' … "$TOKEN"`. */
const inNetrc = (text: string): readonly Use[] => {
  const found = [...text.matchAll(/(?:\b|\\n)passw(?:or)?d[\s\\]+["']*(?=\$)(\S+)/g)].flatMap((match) => {
    const end = match.index + match[0].length;
    return variablesAt(text, end - (match[1]?.length ?? 0), end).slice(0, 1);
  });
  if (found.length > 0 || !/(?:\b|\\n)passw(?:or)?d[\s\\]+%s/.test(text)) return found;
  return variablesAt(text, 0, text.length)
    .filter(({ name }) => name !== 'HOME')
    .slice(-1);
};

const isNetrc = (path: string): boolean => /^[._]netrc$/.test(basename(path));

/** A file of .ssh that is not public. */
const isPrivateKey = (path: string): boolean =>
  /(^|\/)\.ssh\/[^/]+$/.test(path) && !/(^|\/)(known_hosts|config|authorized_keys|[^/]+\.pub)$/.test(path);

const writes = (command: SimpleCommand, isPath: (path: string) => boolean): boolean =>
  command.redirects.some(
    ({ operator, target }) => operator.includes('>') && target !== undefined && isPath(wordText(target.raw)),
  );

/** What stands behind `echo "$KEY"`: `| base64 -d > ~/.ssh/id_rsa`, `| ssh-add -`. */
const takesKey = (behind: string): boolean => {
  const rest = /^[\s\\]*\|(?!\|)(?:\\\r?\n|[^;&\n])*/.exec(behind)?.[0] ?? '';
  const file = />\s*["']?([^\s"']*\.ssh\/[^\s"']+)/.exec(rest)?.[1];
  return /\|\s*ssh-add\b/.test(rest) || (file !== undefined && isPrivateKey(file));
};

const usesIn = (command: SimpleCommand, text: string, behind: string): readonly Use[] => [
  ...inUrls(text),
  ...inHeaders(text),
  ...(writes(command, isNetrc) ? inNetrc(text) : []),
  ...(writes(command, isPrivateKey) || (/^(echo|printf)$/.test(command.words[0]?.raw ?? '') && takesKey(behind))
    ? variablesAt(text, 0, text.length).filter(({ name }) => name !== 'HOME')
    : []),
];

/** What declares a variable for an instruction of the stage: the last ARG or ENV of that name above it. */
const declarationOf = (name: string, stage: StageTrace, instruction: Instruction): Assignment | undefined =>
  withAncestors(stage)
    .flatMap((each) => each.stage.instructions.toReversed())
    .filter(({ range }) => range.start.line < instruction.range.start.line)
    .flatMap((each) => (each.keyword === 'ARG' || each.keyword === 'ENV' ? each.assignments : []))
    .find((assignment) => assignment.name === name);

type Found = readonly Credential[];

const credentials = (
  uses: readonly Use[],
  offset: number,
  where: { readonly instruction: Instruction; readonly command?: SimpleCommand; readonly stage: StageTrace },
  { source }: Dockerfile,
): Found =>
  uses.flatMap(({ name, start, end }) => {
    const declaredBy = declarationOf(name, where.stage, where.instruction);
    if (!declaredBy) return [];
    const range = source.range(offset + start, offset + end);
    return [{ name, range, declaredBy, instruction: where.instruction, command: where.command }];
  });

const inRun = (run: RunInstruction, stage: StageTrace, dockerfile: Dockerfile): Found => {
  if (run.form.kind !== 'shell') return [];
  const { source } = dockerfile;
  const whole = source.slice(run.range);
  if (!whole.includes('$')) return [];
  const heredocs = run.heredocs.map(({ body }) => body.text).join('');
  const seen = new Set<number>();
  return commandsOfRun(run, dockerfile).commands.flatMap((command) => {
    const offset = source.offset(command.range.start);
    // What a heredoc feeds to `cat > .netrc` stands behind the command.
    const tail = writes(command, isNetrc) && heredocs ? source.offset(run.range.end) : source.offset(command.range.end);
    const text = source.content.slice(offset, tail);
    const behind = source.content.slice(source.offset(command.range.end), source.offset(run.range.end));
    const uses = usesIn(command, text, behind).filter(({ name, start }) => {
      if (openQuote(text, start) === "'" || mayBeAssigned(name, whole) || seen.has(offset + start)) return false;
      seen.add(offset + start);
      return true;
    });
    return credentials(uses, offset, { instruction: run, command, stage }, dockerfile);
  });
};

/** Values of ENV and ARG that are addresses with a password; a heredoc that COPY makes a .netrc of. */
const elsewhere = (instruction: Instruction, stage: StageTrace, dockerfile: Dockerfile): Found => {
  const { source } = dockerfile;
  if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG') {
    return instruction.assignments.flatMap(({ name, value }) =>
      value && name === 'GOPROXY'
        ? credentials(inUrls(value.raw), source.offset(value.range.start), { instruction, stage }, dockerfile)
        : [],
    );
  }
  if (instruction.keyword !== 'COPY' || !isNetrc(instruction.destination?.raw ?? '')) return [];
  return instruction.heredocs
    .filter(({ expands }) => expands)
    .flatMap(({ body }) =>
      credentials(inNetrc(body.text), source.offset(body.start), { instruction, stage }, dockerfile),
    );
};

/** Whether a command does nothing but tell git, or programs that read a .netrc, a password. */
export const isLogin = (command: SimpleCommand): boolean =>
  writes(command, isNetrc) || (command.words[0]?.raw === 'git' && command.words[1]?.raw === 'config');

/** The credentials that a stage's own instructions take from build arguments and environment variables. */
export const credentialsOf = (stage: StageTrace, dockerfile: Dockerfile): Found =>
  stage.stage.instructions.flatMap((instruction) =>
    instruction.keyword === 'RUN' ? inRun(instruction, stage, dockerfile) : elsewhere(instruction, stage, dockerfile),
  );

/** The sources of a COPY from the build context that are files with credentials. */
export const copiedSecrets = ({ from, sources, instruction }: CopyTrace) =>
  from !== undefined
    ? []
    : sources.flatMap((source, index) => {
        const word = instruction.sources[index];
        const name = source.known ? basename(source.value) : '';
        const isSecret = /^([._]netrc|\.git-credentials|\.ssh|id_(rsa|dsa|ecdsa|ed25519)(_\w+)?)$/.test(name);
        return word && isSecret ? [{ name, word }] : [];
      });

/** A token of a Git host, by its form. */
export interface WrittenToken {
  readonly host: 'GitHub' | 'GitLab';
  readonly range: Range;
}

const tokenForm = /\b(?:(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})|(glpat-[\w-]{20,}))/g;

/** Whether tokens may be written out anywhere in a Dockerfile. */
export const mayHoldTokens = ({ source }: Dockerfile): boolean => source.content.search(tokenForm) >= 0;

/** The tokens that are written out in an instruction. */
export const writtenTokens = (instruction: Instruction, { source }: Dockerfile): readonly WrittenToken[] =>
  [...source.slice(instruction.range).matchAll(tokenForm)].map((match) => {
    const start = source.offset(instruction.range.start) + match.index;
    return { host: match[1] ? 'GitHub' : 'GitLab', range: source.range(start, start + match[0].length) };
  });

import type { CopyInstruction, Instruction, RunInstruction } from '../../analysis/dockerfile/model.ts';
import { goCommandOf } from '../../analysis/go/command.ts';
import { commandsOfRun } from '../../analysis/shell/commands.ts';
import type { SimpleCommand } from '../../analysis/shell/model.ts';
import type { Author } from './author.ts';
import { inShort } from './texts.ts';

/** What becomes of an instruction of the stages that compile. */
export type Fate =
  /** Ours does it; the comments above it go to ours. */
  | { readonly kind: 'replaced'; readonly by: 'builder' | 'modules' | 'source' | 'build' }
  /** Stays, before or after the sources come. */
  | { readonly kind: 'kept' }
  /** Of a file with one stage: it is about the image that runs. */
  | { readonly kind: 'runs' }
  | { readonly kind: 'both' }
  /** Does nothing any more; `note` says what cannot be kept. */
  | { readonly kind: 'gone'; readonly note?: string };

const ours = new Set([
  'CGO_ENABLED',
  'GOOS',
  'GOARCH',
  'GOARM',
  'GO111MODULE',
  'TARGETOS',
  'TARGETARCH',
  'TARGETVARIANT',
]);
const goSetting = /^(?:GO[A-Z0-9]+|CGO_\w+)$/;
const moduleFile = /(?:^|\/)(?:go\.(?:mod|sum|work|work\.sum)\*?|go\.\*|go\.mod\*?|go\.su\[m\])$/;

/** Words around a go command that only lead to it. */
const leadsTo = /^(?:cd|mkdir|echo|export|set|pwd|ls|:|true|chmod|rm|mv)$/;

const isGo = (command: SimpleCommand, author: Author): boolean => {
  const go = goCommandOf(command);
  if (!go) return false;
  if (go.command === author.binary?.command.command) return true;
  if (go.verb === 'mod') return ['download', 'tidy', 'verify', 'vendor', 'init'].includes(go.subverb ?? '');
  const remote = go.operands.some(({ raw }) => raw.includes('@'));
  return (go.verb === 'get' || go.verb === 'install' || go.verb === 'build') && !remote;
};

const packageManagers = /^(?:apk|apt-get|apt|dnf|yum|microdnf|update-ca-certificates)$/;
/** What golang images have, or what Go does not need to compile. */
const needless =
  /^(?:git|gcc|g\+\+|musl-dev|libc6-dev|libc-dev|build-base|build-essential|make|ca-certificates|tzdata|bash|curl|wget|upx)$/;

/** Installs nothing but what the build of ours has or does without. */
const installsNothing = (command: SimpleCommand): boolean => {
  const words = command.words.map(({ raw }) => raw);
  if (!packageManagers.test(words[0] ?? '')) return false;
  return words.slice(1).every((word) => /^-|^(?:add|update|install|upgrade|clean)$/.test(word) || needless.test(word));
};

const runFate = (run: RunInstruction, author: Author): Fate => {
  const { commands, complete } = commandsOfRun(run, author.dockerfile);
  if (!complete || commands.length === 0) return { kind: 'kept' };
  const builds = run === author.binary?.run;
  const foreign = commands.filter(
    (command) => !isGo(command, author) && !leadsTo.test(command.words[0]?.raw ?? '') && !installsNothing(command),
  );
  const go = commands.some((command) => isGo(command, author));
  if (builds) {
    const names = foreign.map(({ words }) => words.map(({ raw }) => raw).join(' '));
    if (names.some((name) => !name.startsWith('upx ') && !name.startsWith('strip '))) {
      return { kind: 'gone', note: `beside go build, in one RUN: ${names.join('; ')}` };
    }
    return { kind: 'replaced', by: 'build' };
  }
  if (foreign.length > 0) return { kind: 'kept' };
  if (go) return { kind: 'replaced', by: 'modules' };
  return commands.every(installsNothing) ? { kind: 'gone' } : { kind: 'kept' };
};

const copyFate = (copy: CopyInstruction): Fate => {
  if (copy.from || copy.sources.some(({ raw }) => /^(?:https?|git):|^git@/.test(raw)) || copy.heredocs.length > 0) {
    return { kind: 'kept' };
  }
  const all = copy.sources.every(({ raw }) => moduleFile.test(raw.replace(/^["']|["']$/g, '')));
  return { kind: 'replaced', by: all ? 'modules' : 'source' };
};

/** What becomes of one instruction. */
export const fateOf = (instruction: Instruction, author: Author): Fate => {
  switch (instruction.keyword) {
    case 'FROM':
      return { kind: 'replaced', by: 'builder' };
    case 'WORKDIR':
      return { kind: 'gone' };
    case 'ARG':
      return instruction.assignments.every(({ name }) => ours.has(name)) ? { kind: 'gone' } : { kind: 'kept' };
    case 'ENV': {
      if (instruction.assignments.every(({ name }) => ours.has(name))) return { kind: 'gone' };
      const forGo = instruction.assignments.every(({ name }) => goSetting.test(name));
      return author.single && !forGo ? { kind: 'both' } : { kind: 'kept' };
    }
    case 'COPY':
    case 'ADD':
      return copyFate(instruction);
    case 'RUN':
      return runFate(instruction, author);
    case 'USER':
      return author.single ? { kind: 'runs' } : { kind: 'gone', note: inShort(author.dockerfile, instruction) };
    case 'SHELL':
      return { kind: 'kept' };
    default:
      return author.single ? { kind: 'runs' } : { kind: 'kept' };
  }
};

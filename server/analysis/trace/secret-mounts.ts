import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Instruction, RunInstruction } from '../dockerfile/model.ts';
import { removeLines, replace } from '../edits.ts';
import type { Fix, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { SimpleCommand } from '../shell/model.ts';
import { type Credential, isLogin } from './credentials.ts';
import type { GoStep, StageTrace } from './model.ts';
import { isRoot } from './questions.ts';

const title = 'Give go the .netrc as a secret (docker build --secret id=netrc,src=$HOME/.netrc)';
const mount = '--mount=type=secret,id=netrc,target=/root/.netrc ';

/** Commands that ask for modules, as long as they are not vendored. */
const mayDownload = ({ command: { verb, subverb } }: GoStep): boolean =>
  verb === 'mod'
    ? subverb === 'download' || subverb === 'tidy'
    : /^(build|install|test|vet|get|run|list|generate)$/.test(verb);

/** The RUNs behind `from` that may download modules as root; undefined where a mount of root's .netrc would not help. */
const downloads = (stage: StageTrace, from: Instruction): readonly RunInstruction[] | undefined => {
  const runs = new Set(
    stage.goSteps
      .filter((goStep) => mayDownload(goStep) && goStep.run.range.start.line >= from.range.start.line)
      .map(({ run }) => run),
  );
  const isRootsOwn = (run: RunInstruction): boolean => {
    const moment = stage.before(run);
    const home = moment?.env.get('HOME');
    return (
      moment?.user.known === true && isRoot(moment.user.value) && (!home || (home.known && home.value === '/root'))
    );
  };
  const all = [...runs];
  return all.length > 0 && all.every(isRootsOwn) ? all : undefined;
};

const isMounted = (run: RunInstruction): boolean => run.mounts.some(({ target }) => target?.raw === '/root/.netrc');

const insertMount = (run: RunInstruction): readonly TextEdit[] => {
  const at = run.flags[0]?.range.start ?? run.form.range.start;
  return isMounted(run) ? [] : [replace({ start: at, end: at }, mount)];
};

/** Takes the commands with the credential out of a RUN: all of it, or the head of an `&&` chain. */
const withoutCommands = (
  run: RunInstruction,
  taken: ReadonlySet<SimpleCommand>,
  subject: Subject,
): readonly TextEdit[] | undefined => {
  const { source } = subject.dockerfile;
  const { commands } = commandsOfRun(run, subject.dockerfile);
  const first = commands.findIndex((command) => !taken.has(command));
  if (first < 0) return [removeLines(run.range)];
  const next = commands[first];
  if (!next || first !== taken.size || run.flags.length > 0 || run.heredocs.length > 0) return undefined;
  if (next.scope.length > 0 || commands.slice(first).some(({ range }) => range.start.line < next.range.start.line))
    return undefined;
  const cut: Range = { start: run.form.range.start, end: next.range.start };
  if (!/&&[\s\\]*$/.test(source.slice(cut))) return undefined;
  return [replace(cut, isMounted(run) ? '' : mount)];
};

const mentions = /netrc|\.ssh\b|credential|insteadOf|unset-all/i;

const countOf = (name: string, text: string): number => [...text.matchAll(new RegExp(`\\$\\{?${name}\\b`, 'g'))].length;

/** The line of an ARG that nothing but the removed commands uses. */
const withoutArgument = (
  { name, declaredBy }: Credential,
  removed: string,
  stage: StageTrace,
  { dockerfile }: Subject,
) => {
  const { source } = dockerfile;
  const instruction = stage.stage.instructions.find(
    (each) => each.keyword === 'ARG' && each.assignments.length === 1 && each.assignments[0] === declaredBy,
  );
  const isOnlyUse = countOf(name, source.slice(stage.stage.range)) === countOf(name, removed);
  return instruction && isOnlyUse ? [removeLines(instruction.range)] : [];
};

const overlaps = (edits: readonly TextEdit[], run: RunInstruction): boolean =>
  edits.some(
    ({ range }) => range.start.line <= run.form.range.start.line && run.form.range.start.line <= range.end.line,
  );

/** Takes the commands of one RUN that hold credentials away, and mounts the .netrc where go asks for modules. */
export const secretMountFix = (found: readonly Credential[], stage: StageTrace, subject: Subject): readonly Fix[] => {
  const { source } = subject.dockerfile;
  const [one] = found;
  if (one?.instruction.keyword !== 'RUN') return [];
  const run = one.instruction;
  const runs = downloads(stage, run);
  const taken = new Set(found.flatMap(({ command }) => command ?? []));
  const cut = runs && [...taken].every(isLogin) ? withoutCommands(run, taken, subject) : undefined;
  if (!runs || !cut) return [];
  const removed = cut.map(({ range }) => source.slice(range)).join('');
  const behind = source.content.slice(
    source.offset(cut[0]?.range.end ?? run.range.end),
    source.offset(stage.stage.range.end),
  );
  if (mentions.test(behind)) return [];
  const mounts = runs.filter((each) => each !== run || !overlaps(cut, each)).flatMap((each) => insertMount(each));
  const names = new Map(found.map((each) => [each.name, each]));
  const args = [...names.values()].flatMap((each) => withoutArgument(each, removed, stage, subject));
  return [{ title, safe: false, edits: [...args, ...cut, ...mounts] }];
};

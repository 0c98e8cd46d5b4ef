import type { Dockerfile, Instruction, RunInstruction } from '../dockerfile/model.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { SimpleCommand } from '../shell/model.ts';
import type { GoStep, StageTrace } from './model.ts';

/** Names of variables by which go, git or ssh find modules and log in for them. */
const readByDownload =
  /^(?:GO(?!OS$|ARCH$|ARM$|AMD64$|LDFLAGS$|111MODULE$)|GIT|SSH|PATH$|HOME$)|^(?:https?|no|all)_proxy$/i;

/** What logs in, sets a proxy or brings the programs that a download may need. */
const aboutDownloads = /git|netrc|ssh|go env|\bap[kt]\b|proxy|token/i;

/** Programs that a download of modules does not depend on, unless what they are given says so. */
const bystanders: ReadonlySet<string> = new Set(
  (
    'cd mkdir set echo printf ls pwd true : touch chmod chown rm cp mv ln date uname test [ id cat which type command ' +
    'export sleep find sed'
  ).split(' '),
);

const isBystander = ({ words, assignments }: SimpleCommand): boolean => {
  const [program, ...rest] = words.map(({ raw }) => raw);
  const names = program === 'export' || program === undefined ? rest : [];
  const given = [...assignments.map(({ name }) => name), ...names.map((word) => word.split('=')[0] ?? '')];
  if (given.some((name) => readByDownload.test(name))) return false;
  return program === undefined || program === 'go' || bystanders.has(program);
};

const isBefore = (command: SimpleCommand, { command: go }: GoStep): boolean => {
  const [one, other] = [command.range.start, go.command.range.start];
  return one.line < other.line || (one.line === other.line && one.character < other.character);
};

const isQuiet = (run: RunInstruction, commands: readonly SimpleCommand[], { source }: Dockerfile): boolean =>
  commands.every((command) => isBystander(command) && !aboutDownloads.test(source.slice(command.range))) &&
  run.mounts.every(({ type }) => type === 'cache' || type === 'tmpfs' || type === 'bind');

const prepares = (instruction: Instruction, dockerfile: Dockerfile): boolean => {
  if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG')
    return instruction.assignments.some(({ name }) => readByDownload.test(name));
  if (instruction.keyword !== 'RUN') return false;
  const { commands, complete } = commandsOfRun(instruction, dockerfile);
  return !complete || !isQuiet(instruction, commands, dockerfile);
};

/** Whether an instruction between two lines may say how modules are downloaded, or log in for them. */
export const preparesBetween = ({ stage }: StageTrace, from: number, to: number, dockerfile: Dockerfile): boolean =>
  stage.instructions
    .filter(({ range: { start } }) => start.line > from && start.line < to)
    .some((instruction) => prepares(instruction, dockerfile));

/** Whether its own RUN does: what runs before the go command there, its variables, secrets and keys that are mounted. */
export const preparesInRun = (goStep: GoStep, dockerfile: Dockerfile): boolean => {
  const { run, command } = goStep;
  const { commands, complete } = commandsOfRun(run, dockerfile);
  const before = commands.filter((each) => isBefore(each, goStep));
  const own = command.command.assignments.some(({ name }) => readByDownload.test(name));
  return own || !complete || !isQuiet(run, before, dockerfile);
};

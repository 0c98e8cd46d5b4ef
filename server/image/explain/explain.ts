import type { Engine, InstructionText } from '../engine-model.ts';
import type { Progress, Step } from '../progress.ts';
import { explainBase } from './base-image.ts';
import type { Cause } from './cause.ts';
import { kernelTable, shellTable } from './commands.ts';
import { dockerfileTable, sourceTable } from './dockerfile.ts';
import { engineTrouble } from './engine-trouble.ts';
import { recognise, type Values } from './entry.ts';
import { goBuildTable } from './go-build.ts';
import { moduleTable } from './go-modules.ts';
import { lineOfSource, lineOfStep, lineOfVariableBase } from './locate.ts';

/** A failed build: one sentence with what to do, the zero-based line where it is known, the step's last lines. */
export interface Explanation {
  readonly cause: Cause;
  /** What the engine's words name: a module, a path, a version. */
  readonly values: Values;
  readonly reason: string;
  readonly line?: number;
  readonly output?: readonly string[];
}

/** What an explanation is made from. */
export interface Failure {
  readonly engine: Pick<Engine, 'kind' | 'builder'>;
  readonly progress: Progress;
  readonly code: number | undefined;
  readonly instructions: readonly InstructionText[];
}

/** Lines of the failed step that are handed on. */
const shownLines = 20;

/** Explains a build that failed, from what the engine printed. */
export function explainFailure(failure: Failure): Explanation {
  const { engine, progress, instructions } = failure;
  if (failure.code === undefined) return { cause: 'engine', values: {}, reason: killedReason(engine) };
  const step = progress.failed();
  const output = progress.output();
  const known = knownFailure(failure, step) ?? otherFailure(failure, step);
  const line =
    known.line ?? zeroBased(progress.namedLine()) ?? (step && lineOfStep(step, engine.builder, instructions));
  const { cause, values = {} } = known;
  const reason = typeof known.reason === 'string' ? known.reason : known.reason(line);
  return {
    cause,
    values,
    reason,
    ...(line === undefined || known.noLine ? {} : { line }),
    ...(output.length === 0 ? {} : { output: output.slice(-shownLines) }),
  };
}

interface Known {
  readonly cause: Cause;
  readonly values?: Values;
  readonly reason: string | ((line: number | undefined) => string);
  readonly line?: number | undefined;
  readonly noLine?: boolean;
}

function knownFailure({ engine, progress, instructions }: Failure, step: Step | undefined): Known | undefined {
  const text = progress.rest();
  const output = progress.output().join('\n');
  // A command that failed may have said anything: only its own words count, and those of the engine not.
  if (commandFailed(step, text)) return recognise(output, commandWords) ?? recognise(text, exitWords);
  return (
    whole(engine, text) ??
    heredoc(text, instructions) ??
    inDockerfile(text, instructions) ??
    missingSource(text, instructions) ??
    explainBase(text, step, instructions) ??
    recognise(`${text}\n${output}`, exitWords) ??
    // nerdctl may end before the words of the buildctl that it started arrive.
    (step === undefined && /^no image was built$/m.test(text) ? away : undefined)
  );
}

const commandWords = [...kernelTable, ...moduleTable, ...goBuildTable, ...shellTable];
/** What the engine itself says of a command that it could not start or that the kernel ended. */
const exitWords = [...kernelTable, ...shellTable];

/** Then the words are the command's own. */
const commandFailed = (step: Step | undefined, text: string): boolean =>
  step !== undefined && /^RUN\b/i.test(step.instruction) && exitCode(text) !== undefined;

function exitCode(text: string): string | undefined {
  const match = /exit code: (\d+)|exit status (\d+)|non-zero code: (\d+)/.exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

const gone =
  /unexpected EOF|connection reset by peer|broken pipe|transport is closing|error reading from server: EOF|server did not provide an image ID/i;

/** What concerns the engine. */
function whole(engine: Failure['engine'], text: string): Known | undefined {
  const trouble = engineTrouble(engine.kind, text);
  if (trouble) return { cause: 'engine', reason: trouble, noLine: true };
  // A disk that got full ends connections, too.
  if (/no space left on device/i.test(text) || !gone.test(text)) return undefined;
  return away;
}

const away: Known = {
  cause: 'engine',
  reason: 'The engine went away during the build: check that it still runs, then build again.',
  noLine: true,
};

const withoutLine: ReadonlySet<Cause> = new Set([
  'empty-dockerfile',
  'no-dockerfile',
  'context-unreadable',
  'target-missing',
]);

function inDockerfile(text: string, instructions: readonly InstructionText[]): Known | undefined {
  const found = recognise<Cause>(text, dockerfileTable);
  if (!found) return undefined;
  const named = found.values.line === undefined ? undefined : Number(found.values.line) - 1;
  const line = found.cause === 'blank-base' ? lineOfVariableBase(instructions) : named;
  return { ...found, line, noLine: withoutLine.has(found.cause) };
}

/** An engine without heredocs reads their lines as instructions. */
function heredoc(text: string, instructions: readonly InstructionText[]): Known | undefined {
  const at = Number(/parse error (?:on )?line (\d+): unknown instruction/i.exec(text)?.[1]) - 1;
  const around = instructions.find(({ line, text: written }) => line < at && at < line + written.split('\n').length);
  if (!around || !/<<-?["']?\w/.test(around.text)) return undefined;
  const reason = 'This engine knows no heredocs (<<EOF): use a newer BuildKit, or join the commands with &&.';
  return { cause: 'no-heredoc', reason, line: around.line };
}

function missingSource(text: string, instructions: readonly InstructionText[]): Known | undefined {
  if (/failed to resolve source metadata|pull access/.test(text)) return undefined;
  const found = recognise(text, sourceTable);
  return found && { ...found, line: lineOfSource(found.values.path ?? '', instructions) };
}

function otherFailure({ engine, progress }: Failure, step: Step | undefined): Known {
  const text = progress.rest();
  const last = lastLine(text);
  if (!step) {
    const reason = last ? `The build failed: ${last}` : `${engine.kind} ended without a reason: see the build log.`;
    return { cause: 'other', reason };
  }
  const code = exitCode(text);
  const name = /^[A-Za-z]+/.exec(step.instruction)?.[0] ?? 'A step';
  const said = code === undefined ? last || 'see the build log.' : progress.output().at(-1)?.trim();
  const failed = code === undefined ? `${name} failed` : `${name} failed with exit code ${code}`;
  return {
    cause: 'other',
    reason: (line) => `${failed}${line === undefined ? '' : ` at line ${line + 1}`}${said ? `: ${said}` : '.'}`,
  };
}

const killedReason = ({ kind }: Failure['engine']): string =>
  `${kind} ended in the middle of the build: check that the engine still runs, then build again.`;

/** The engine's last line without its chain of "failed to". */
function lastLine(text: string): string {
  const line =
    text
      .trim()
      .split('\n')
      .filter((each) => each.trim() && !/^-+$/.test(each))
      .at(-1) ?? '';
  return line
    .replace(/^(error|Error|ERROR):? */, '')
    .replace(/^(failed to (solve|build)[^:]*: )+/, '')
    .trim()
    .slice(0, 300);
}

/** One sentence for an error of `readImage` after a build that worked. */
export function explainMeasuring(error: unknown, engine: Pick<Engine, 'kind'>): string {
  const message = error instanceof Error ? error.message : String(error);
  return engineTrouble(engine.kind, message) ?? `The image was built but could not be measured: ${message}`;
}

const zeroBased = (line: number | undefined): number | undefined => (line === undefined ? undefined : line - 1);

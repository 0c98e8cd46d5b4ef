import type { Engine, InstructionText } from './engine-model.ts';
import { explainBase } from './explain-base.ts';
import { engineTrouble } from './explain-engine.ts';
import { lineOfSource, lineOfStep } from './locate.ts';
import type { Progress, Step } from './progress.ts';

/** A failed build: one sentence with what to do, the zero-based line where it is known, the step's last lines. */
export interface Explanation {
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

/** Explains a build that failed, from what the engine printed. */
export function explainFailure(failure: Failure): Explanation {
  const { engine, progress, instructions } = failure;
  const text = progress.rest();
  if (failure.code === undefined) return { reason: killedReason(engine) };
  const step = progress.failed();
  const output = progress.output();
  const known: Known | undefined = commandFailed(step, text)
    ? full(text, output)
    : (whole(engine, text) ??
      syntax(text) ??
      source(text, instructions) ??
      explainBase(text, step, instructions) ??
      full(text, output));
  const line =
    known?.line ?? zeroBased(progress.namedLine()) ?? (step && lineOfStep(step, engine.builder, instructions));
  const reason = known?.reason ?? (step ? stepReason(step, line, failure) : otherReason(text, engine));
  return {
    reason,
    ...(line === undefined || known?.noLine ? {} : { line }),
    ...(output.length === 0 ? {} : { output }),
  };
}

interface Known {
  readonly reason: string;
  readonly line?: number | undefined;
  readonly noLine?: boolean;
}

/** Then the words are the command's own, and may say anything. */
const commandFailed = (step: Step | undefined, text: string): boolean =>
  step !== undefined && /^RUN\b/i.test(step.instruction) && exitCode(text) !== undefined;

function exitCode(text: string): string | undefined {
  const match = /exit code: (\d+)|exit status (\d+)|non-zero code: (\d+)/.exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** What concerns the build as a whole. */
function whole(engine: Failure['engine'], text: string): Known | undefined {
  const trouble = engineTrouble(engine.kind, text);
  if (trouble) return { reason: trouble, noLine: true };
  if (/the Dockerfile (?:\([^)]*\) )?cannot be empty|file with no instructions|no contents in "/i.test(text)) {
    return { reason: 'The Dockerfile is empty: write at least a FROM.', noLine: true };
  }
  if (
    /failed to read dockerfile|specified (?:Containerfile or )?Dockerfile.*does not exist|unable to evaluate symlinks in Dockerfile path/i.test(
      text,
    )
  ) {
    return {
      reason: 'The engine cannot read the Dockerfile: save the file, and check that .dockerignore does not exclude it.',
      noLine: true,
    };
  }
  if (
    /unexpected EOF|connection reset by peer|broken pipe|transport is closing|error reading from server: EOF/i.test(
      text,
    )
  ) {
    return {
      reason: 'The engine went away during the build: check that it still runs, then build again.',
      noLine: true,
    };
  }
  if (
    /error checking context|unable to prepare context|failed to read(?:dir)? .*context|error from sender/i.test(text)
  ) {
    return { reason: `The build context cannot be read: ${lastLine(text)}`, noLine: true };
  }
  if (/the --mount option requires BuildKit/i.test(text)) {
    return { reason: 'RUN --mount needs BuildKit: install the buildx plug-in of docker.' };
  }
  return undefined;
}

function syntax(text: string): Known | undefined {
  const parse = /parse error (?:on )?line (\d+): (.+)/i.exec(text);
  if (parse)
    return { reason: `Line ${parse[1]} is not a valid instruction: ${parse[2]?.trim()}`, line: Number(parse[1]) - 1 };
  const unknown =
    /(?:Build error: |Error response from daemon: )?(unknown instruction: .+?)(?: &imagebuilder|$)/im.exec(text);
  return unknown ? { reason: `The Dockerfile has a syntax error: ${unknown[1]?.trim()}` } : undefined;
}

function source(text: string, instructions: readonly InstructionText[]): Known | undefined {
  const match =
    /"([^"]+)":? not found/.exec(text) ??
    /copier: stat: "([^"]+)": no such file/.exec(text) ??
    /(?:COPY|ADD) failed: .*?(?:stat|context:? stat|file not found in build context[^:]*: stat) ([^\s:]+):/.exec(text);
  const path = match?.[1];
  if (path === undefined || /failed to resolve source metadata|pull access/.test(text)) return undefined;
  const shown = path.replace(/^\//, '');
  return {
    reason: `${shown} does not exist where COPY looks for it: check the path, the build context and .dockerignore.`,
    line: lineOfSource(path, instructions),
  };
}

function full(text: string, output: readonly string[]): Known | undefined {
  if (!/no space left on device|ResourceExhausted/i.test(`${text}\n${output.join('\n')}`)) return undefined;
  return { reason: 'The disk of the engine is full: free space, for example with docker system prune.' };
}

function stepReason(step: Step, line: number | undefined, failure: Failure): string {
  const text = failure.progress.rest();
  const code = exitCode(text);
  const name = /^[A-Za-z]+/.exec(step.instruction)?.[0] ?? 'A step';
  const place = line === undefined ? '' : ` at line ${line + 1}`;
  if (code !== undefined) {
    const last = failure.progress.output().at(-1)?.trim();
    return `${name} failed with exit code ${code}${place}${last ? `: ${last}` : '.'}`;
  }
  return `${name} failed${place}: ${lastLine(text) || 'see the build log.'}`;
}

const killedReason = ({ kind }: Failure['engine']): string =>
  `${kind} ended in the middle of the build: check that the engine still runs, then build again.`;

function otherReason(text: string, engine: Failure['engine']): string {
  const last = lastLine(text);
  return last ? `The build failed: ${last}` : `${engine.kind} ended without a reason: see the build log.`;
}

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

/** One sentence for an error of `measureImage` after a build that worked. */
export function explainMeasuring(error: unknown, engine: Pick<Engine, 'kind'>): string {
  const message = error instanceof Error ? error.message : String(error);
  return engineTrouble(engine.kind, message) ?? `The image was built but could not be measured: ${message}`;
}

const zeroBased = (line: number | undefined): number | undefined => (line === undefined ? undefined : line - 1);

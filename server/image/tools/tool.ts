import type { Engine, Environment } from '../engine-model.ts';
import { type ProgramEnd, runProgram } from '../process.ts';
import type { BinaryReport } from '../report/binary-model.ts';
import type { ToolReport } from '../report/run-model.ts';
import { lastWords } from './last-words.ts';

/** Where an image can be read again: in an engine, or in an archive (an absolute path). */
export type ImagePlace = { readonly engine: Engine; readonly reference: string } | { readonly archive: string };

/** An image that tools could be asked about. */
export interface Subject {
  /** Undefined for one that came through a pipe. */
  readonly image: ImagePlace | undefined;
  /** Its Go programs, largest first. */
  readonly programs: readonly BinaryReport[];
  /** A name of it that can be pushed, or was. */
  readonly published?: string | undefined;
  /** Absolute path of the folder that may hold the public key of those who sign it. */
  readonly folder?: string | undefined;
}

/** One that they are asked about. */
export interface Scanned extends Subject {
  readonly image: ImagePlace;
  /** The image as a docker archive. Rejects with a sentence, also after an abort. */
  readonly archive: () => Promise<string>;
}

/** What came of a tool: its own words summed up in one line. */
export type Result = Omit<ToolReport, 'tool'>;

/** A program of other people that looks into images. */
export interface Tool {
  readonly tool: ToolReport['tool'];
  readonly get: string;
  /** Why it has nothing to say of an image; undefined when it has. */
  readonly unfit?: (subject: Subject) => string | undefined;
  /** `program` is its absolute path. Rejects after an abort. */
  readonly run: (program: string, scanned: Scanned, environment: Environment, signal: AbortSignal) => Promise<Result>;
  /** Where there is no program, an engine may have an image of it. */
  readonly contained?: Contained;
}

/** A tool as an image that its makers publish. */
export interface Contained {
  /** Repositories, without tag. */
  readonly repositories: readonly string[];
  /** It gets its database from the network. */
  readonly network: boolean;
  /** Variables that keep it from sending anything of its own accord. */
  readonly silence: Readonly<Record<string, string>>;
  /** What its image is given; the archive is at this path in the container. */
  readonly args: (archive: string) => readonly string[];
  readonly result: (output: Output) => Result;
}

/** What a program printed and how it ended. */
export interface Output extends ProgramEnd {
  readonly stdout: string;
  /** The last of its error output. */
  readonly errors: string;
}

/** Characters of a tool's output; a large image has some millions. */
const longestOutput = 128 * 1024 * 1024;

/** Runs it to its end; what is too long is cut. Rejects after an abort. */
export async function outputOf(
  program: string,
  args: readonly string[],
  environment: Environment,
  signal: AbortSignal,
): Promise<Output> {
  const pieces: string[] = [];
  let length = 0;
  let errors = '';
  const end = await runProgram(program, args, {
    environment,
    signal,
    onStdout: (piece) => {
      length += piece.length;
      if (length <= longestOutput) pieces.push(piece);
    },
    onStderr: (piece) => {
      errors = (errors + piece).slice(-4000);
    },
  });
  signal.throwIfAborted();
  return { ...end, stdout: pieces.join(''), errors };
}

/** Its last words, or how it ended. */
export function failed({ errors, code, startError }: Output): Result {
  const ended = startError ? `cannot be started (${startError.code})` : `ended with ${code ?? 'a signal'}`;
  return { state: 'failed', summary: lastWords(errors) || ended };
}

/** `1 package`, `2 packages`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Of a value of unknown shape. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** Empty for what is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Empty for what is none. */
export function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

/** Undefined for what is no JSON. */
export function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

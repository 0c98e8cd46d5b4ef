import type { Range } from 'vscode-languageserver-types';

/** A sentence with named holes (`{path}`), so that another language's catalogue can stand beside the English one. */
export interface Message {
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

/** One step of the reasoning behind a verdict: a place in the Dockerfile and one sentence about it. */
export interface Step {
  /** The file it stands in where that is not the Dockerfile: a path relative to the build context, perhaps with `../`. */
  readonly file?: string;
  readonly range: Range;
  readonly message: Message;
}

/** A value that is certain, with the steps that made it so, or nothing at all. */
export type Known<T> = Certain<T> | Unknown;

export interface Certain<T> {
  readonly known: true;
  readonly value: T;
  readonly because: readonly Step[];
}

export interface Unknown {
  readonly known: false;
}

export type Tri = 'yes' | 'no' | 'unknown';

export const unknown: Unknown = { known: false };

const noSteps: readonly Step[] = [];

export const certain = <T>(value: T, because: readonly Step[] = noSteps): Certain<T> => ({
  known: true,
  value,
  because,
});

/** The value, or `undefined` when nothing is known. */
export const knownValue = <T>(known: Known<T>): T | undefined => (known.known ? known.value : undefined);

export const stepsOf = (known: Known<unknown>): readonly Step[] => (known.known ? known.because : []);

export const message = (template: string, values: Readonly<Record<string, string>> = {}): Message => ({
  template,
  values,
});

export const step = (range: Range, template: string, values: Readonly<Record<string, string>> = {}): Step => ({
  range,
  message: message(template, values),
});

/** Fills the holes; a hole without a value stays as it is. */
export const render = ({ template, values }: Message): string =>
  template.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);

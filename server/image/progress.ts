import type { BuildEvent, LineReader, Step } from './build-events.ts';
import type { Engine } from './engine-model.ts';
import { withoutLogFrame } from './log-frame.ts';
import { readPlain } from './read-plain.ts';
import { readRawJson } from './read-rawjson.ts';
import { readSteps } from './read-steps.ts';

export type { Step } from './build-events.ts';

/** What is known of a build from its output so far. */
export interface Progress {
  /** Takes one line without its line end; returns what it told. */
  readonly line: (text: string) => readonly BuildEvent[];
  /** The step that failed, or the last one that began where the engine does not tell. */
  readonly failed: () => Step | undefined;
  /** Last lines that the failed step printed, at most 300. */
  readonly output: () => readonly string[];
  /** One-based line of the Dockerfile that the engine itself names. */
  readonly namedLine: () => number | undefined;
  /** The engine's last words: everything outside the steps' own output. */
  readonly rest: () => string;
  readonly step: (id: string) => Step | undefined;
}

/** A crash prints its reason first and its stack after it. */
const tailLength = 300;

const readers: Readonly<Record<Engine['progress'], () => LineReader>> = {
  plain: readPlain,
  rawjson: readRawJson,
  steps: () => readSteps(() => performance.now()),
};

/** Follows a build by what its engine prints. */
export function readProgress(how: Engine['progress']): Progress {
  const read = readers[how]();
  const steps = new Map<string, Step>();
  const tails = new Map<string, string[]>();
  const rest: string[] = [];
  let failed: string | undefined;
  let last: string | undefined;
  let namedLine: number | undefined;
  const take = (event: BuildEvent): void => {
    if (event.kind === 'began') {
      last = event.id;
      if (!steps.has(event.id)) steps.set(event.id, event.step);
    }
    if (event.kind === 'printed') keepTail(tails, event.id, event.text);
    if (event.kind === 'said') {
      namedLine ??= excerptLine(event.text);
      keepRest(rest, withoutLogFrame(event.text));
    }
    if (event.kind !== 'ended' || event.how !== 'failed') return;
    failed ??= event.id;
    keepRest(rest, event.error ?? '');
  };
  // Engines that do not tell stop at the step that fails.
  const culprit = (): string => failed ?? (how === 'steps' ? last : undefined) ?? '';
  return {
    line: (text) => {
      const events = read(text);
      for (const event of events) take(event);
      return events;
    },
    failed: () => steps.get(culprit()),
    output: () => tails.get(culprit()) ?? [],
    namedLine: () => namedLine,
    rest: () => rest.join('\n'),
    step: (id) => steps.get(id),
  };
}

/** What people read of a step: `builder: RUN go build`. */
export const stepName = ({ stage, name }: Step, how: Engine['progress']): string =>
  stage === undefined || how === 'steps' ? name : `${stage}: ${name}`;

function excerptLine(text: string): number | undefined {
  const arrow = /^\s*(\d+) \| >>>/.exec(text);
  const parse = /parse error (?:on )?line (\d+)/i.exec(text);
  const found = arrow?.[1] ?? parse?.[1];
  return found === undefined ? undefined : Number(found);
}

function keepTail(tails: Map<string, string[]>, id: string, text: string): void {
  const tail = tails.get(id) ?? [];
  tails.set(id, tail);
  if (!text.trim()) return;
  // A progress bar redraws its line; what counts is what it showed last.
  tail.push((text.replace(/\r+$/, '').split('\r').at(-1) ?? '').slice(0, 1000));
  if (tail.length > tailLength) tail.shift();
}

function keepRest(rest: string[], text: string): void {
  rest.push(text.slice(0, 4000));
  if (rest.length > 200) rest.shift();
}

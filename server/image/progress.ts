import type { Engine } from './engine-model.ts';

/** Where a step stands: `index` of `total` in a stage (name or number as the engine prints it, undefined when it prints none). */
export interface Step {
  readonly name: string;
  readonly instruction: string;
  readonly index: number;
  readonly total: number;
  readonly stage: string | undefined;
}

/** What is known of a build from its output so far. */
export interface Progress {
  /** Takes one line without its line end. */
  readonly line: (text: string) => void;
  /** The step that failed, or the last one that began where the engine does not tell. */
  readonly failed: () => Step | undefined;
  /** Last lines that the failed step printed. */
  readonly output: () => readonly string[];
  /** One-based line of the Dockerfile that the engine itself names. */
  readonly namedLine: () => number | undefined;
  /** The engine's last words: everything outside the steps' own output. */
  readonly rest: () => string;
}

const tailLength = 20;

/** What podman and the legacy builder print around the steps. */
const noise =
  /^ ?---> |^--> |^Removing intermediate container|^Sending build context|^DEPRECATED: The legacy|^ {12}(BuildKit is|Install the buildx|environment-variable|https:\/\/docs\.docker)|^time="|^Trying to pull/;
const engineError =
  /^(Error: |error )(error )?(building|creating|committing|writing|reading) |^The command '.*returned a non-zero code: \d+$|^the --mount option requires BuildKit/s;

/** Reads the plain progress of BuildKit, or the STEP lines of podman and the legacy builder. */
export function readProgress(builder: Engine['builder'], onStep: (step: string) => void): Progress {
  return builder === 'buildx' || builder === 'buildkit' ? readBuildKit(onStep) : readStepLines(onStep);
}

function readBuildKit(onStep: (step: string) => void): Progress {
  const steps = new Map<string, Step>();
  const tails = new Map<string, string[]>();
  const rest: string[] = [];
  let failed: string | undefined;
  let namedLine: number | undefined;
  let repeating = false;
  const ofVertex = (id: string, text: string): void => {
    if (/^(sha256:|DONE |CACHED$|CANCELED$)/.test(text)) return;
    if (/^ERROR(:|$)/.test(text)) {
      // Steps that were cancelled because another failed are reported as errors too.
      if (failed === undefined && !/context canceled/.test(text)) failed = id;
      rest.push(text);
      return;
    }
    const log = /^\d+\.\d+ (.*)$/s.exec(text);
    if (log) {
      keepTail(tails, id, log[1] ?? '');
      return;
    }
    const step = buildKitStep(text);
    if (!step) return;
    if (!steps.has(id)) steps.set(id, step);
    onStep(step.stage === undefined ? step.name : `${step.stage}: ${step.name}`);
  };
  return {
    line: (raw) => {
      const text = withoutColour(raw);
      if (/^-{6}$/.test(text)) {
        repeating = !repeating;
        return;
      }
      if (repeating) return;
      const vertex = /^#(\d+) (.*)$/s.exec(text);
      if (vertex) return ofVertex(vertex[1] ?? '', vertex[2] ?? '');
      namedLine ??= excerptLine(text);
      keepRest(rest, text);
    },
    failed: () => (failed === undefined ? undefined : steps.get(failed)),
    output: () => (failed === undefined ? [] : (tails.get(failed) ?? [])),
    namedLine: () => namedLine,
    rest: () => rest.join('\n'),
  };
}

function readStepLines(onStep: (step: string) => void): Progress {
  let step: Step | undefined;
  let tail: string[] = [];
  const rest: string[] = [];
  return {
    line: (raw) => {
      const text = withoutColour(raw);
      const next = stepLine(text);
      if (next) {
        step = next;
        tail = [];
        onStep(next.name);
        return;
      }
      if (noise.test(text) || !text.trim()) return;
      // Only RUN prints lines of its own; all else comes from the engine.
      if (step && /^RUN\b/i.test(step.instruction) && !engineError.test(text)) pushTail(tail, text);
      else keepRest(rest, text);
    },
    failed: () => step,
    output: () => tail,
    namedLine: () => undefined,
    rest: () => rest.join('\n'),
  };
}

function buildKitStep(text: string): Step | undefined {
  const match = /^\[(?:(.*) )?(\d+)\/(\d+)\] (.+)$/s.exec(text);
  if (!match) return /^\[internal\] load metadata/.test(text) ? metadataStep(text) : undefined;
  const [, prefix, index, total, instruction = ''] = match;
  // The platform comes before the stage: `[linux/arm64 builder 2/5]`.
  return {
    name: instruction,
    instruction,
    index: Number(index),
    total: Number(total),
    stage: prefix?.split(' ').at(-1),
  };
}

function metadataStep(text: string): Step {
  const image = text.replace(/^\[internal\] load metadata for /, '');
  return { name: `reading ${image}`, instruction: `FROM ${image}`, index: 1, total: 0, stage: undefined };
}

function stepLine(text: string): Step | undefined {
  const match = /^(?:\[(\d+)\/\d+\] )?(?:STEP|Step) (\d+)(?:\/(\d+))? ?: (.*)$/.exec(text);
  if (!match) return undefined;
  const [, stage, index, total, instruction = ''] = match;
  return { name: instruction, instruction, index: Number(index), total: Number(total), stage };
}

function excerptLine(text: string): number | undefined {
  const arrow = /^\s*(\d+) \| >>>/.exec(text);
  const parse = /parse error (?:on )?line (\d+)/i.exec(text);
  const found = arrow?.[1] ?? parse?.[1];
  return found === undefined ? undefined : Number(found);
}

function keepTail(tails: Map<string, string[]>, id: string, text: string): void {
  const tail = tails.get(id) ?? [];
  tails.set(id, tail);
  if (text.trim()) pushTail(tail, text);
}

function pushTail(tail: string[], text: string): void {
  // A progress bar redraws its line; what counts is what it showed last.
  tail.push((text.replace(/\r+$/, '').split('\r').at(-1) ?? '').slice(0, 1000));
  if (tail.length > tailLength) tail.shift();
}

function keepRest(rest: string[], text: string): void {
  rest.push(text.slice(0, 4000));
  if (rest.length > 200) rest.shift();
}

/** Text without ANSI escape sequences. */
const withoutColour = (text: string): string => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');

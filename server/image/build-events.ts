/** Where a step stands: `index` of `total` in a stage (name or number as the engine prints it, undefined when it prints none). */
export interface Step {
  readonly name: string;
  readonly instruction: string;
  readonly index: number;
  readonly total: number;
  readonly stage: string | undefined;
}

/** What an engine tells of a build, however it prints it. Steps are told apart by their ids. */
export type BuildEvent =
  | { readonly kind: 'began'; readonly id: string; readonly step: Step }
  /** A line that the step's own command printed. */
  | { readonly kind: 'printed'; readonly id: string; readonly text: string }
  | {
      readonly kind: 'ended';
      readonly id: string;
      readonly how: 'done' | 'cached' | 'failed' | 'cancelled';
      readonly milliseconds: number | undefined;
      /** What the engine says of a failure. */
      readonly error?: string;
    }
  /** Words of the engine itself. */
  | { readonly kind: 'said'; readonly text: string };

/** Reads one line of output, without its line end, into events. */
export type LineReader = (line: string) => readonly BuildEvent[];

/** The step behind BuildKit's name for it: `[linux/arm64 builder 2/5] RUN …`; undefined for work of its own. */
export function buildKitStep(name: string): Step | undefined {
  const match = /^\[(?:(.*) )?(\d+)\/(\d+)\] (.+)$/s.exec(name);
  if (!match) return /^\[internal\] load metadata/.test(name) ? metadataStep(name) : undefined;
  const [, prefix, index, total, instruction = ''] = match;
  // The platform comes before the stage.
  const stage = prefix?.split(' ').at(-1);
  return { name: instruction, instruction, index: Number(index), total: Number(total), stage };
}

function metadataStep(name: string): Step {
  const image = name.replace(/^\[internal\] load metadata for /, '');
  return { name: `reading ${image}`, instruction: `FROM ${image}`, index: 1, total: 0, stage: undefined };
}

/** Text without ANSI escape sequences. */
export const withoutColour = (text: string): string => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');

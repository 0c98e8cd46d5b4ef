import type { RunInstruction } from '../dockerfile/model.ts';
import type { StageTrace, Trace } from './model.ts';
import { below } from './paths.ts';
import { withAncestors } from './questions.ts';
import type { ShellStep } from './shell-step.ts';

/** The commands of each RUN whose layer is in an image that can be shipped. */
export const shippedRuns = ({ shipped }: Trace): ReadonlyMap<RunInstruction, readonly ShellStep[]> => {
  const runs = new Map<RunInstruction, ShellStep[]>();
  const stages = new Set<StageTrace>(shipped.flatMap(withAncestors));
  for (const shellStep of [...stages].flatMap(({ commands }) => commands)) {
    const others = runs.get(shellStep.run);
    if (others) others.push(shellStep);
    else runs.set(shellStep.run, [shellStep]);
  }
  return runs;
};

/** Whether a mount lies over the folder, so that nothing in it comes into the layer. */
export const isMountedOver = ({ mounts }: RunInstruction, folder: string): boolean =>
  mounts.some(({ target }) => {
    const at = target?.raw.replace(/\/+$/, '');
    return at !== undefined && (at.includes('$') || below(at, folder) !== undefined);
  });

/** Whether a command of the same RUN names the folder or what lies in it, as one that removes it does. */
export const namesFolder = (steps: readonly ShellStep[], folder: string): boolean =>
  steps.some(({ command }) => command.words.some(({ raw }) => raw.replaceAll(/["']/g, '').startsWith(folder)));

/** Whether one of the words after the program is this. */
export const hasWord = ({ command }: ShellStep, pattern: RegExp): boolean =>
  command.words.slice(1).some(({ raw }) => pattern.test(raw));

/** Whether a script runs, which may remove what the other commands left. */
export const runsScript = (steps: readonly ShellStep[]): boolean =>
  steps.some(({ program, command }) => {
    const [first, second] = command.words.map(({ raw }) => raw);
    const isShell = /^(?:ba|da|z)?sh$|^source$|^\.$/.test(program);
    return (
      /\.(?:ba)?sh$/.test(program) ||
      (isShell && second !== undefined && !second.startsWith('-')) ||
      /^\.{0,2}\/(?!(?:usr\/)?(?:local\/)?s?bin\/)/.test(first ?? '')
    );
  });

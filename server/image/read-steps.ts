import { type BuildEvent, type LineReader, type Step, withoutColour } from './build-events.ts';

/** What podman, buildah and the legacy builder print around the steps. */
const noise =
  /^ ?---> |^--> |^Removing intermediate container|^Sending build context|^DEPRECATED: The legacy|^ {12}(BuildKit is|Install the buildx|environment-variable|https:\/\/docs\.docker)|^time="|^Trying to pull/;
const cached = /^ ---> Using cache$|^--> Using cache /;
const engineError =
  /^(Error: |error )(error )?(building|creating|committing|writing|reading) |^The command '.*returned a non-zero code: \d+$|^the --mount option requires BuildKit|^unexpected EOF$|^error during connect/s;

/** Reads the STEP lines of podman and buildah, and those of docker's legacy builder. `now`: milliseconds of some clock. */
export function readSteps(now: () => number): LineReader {
  let step: Step | undefined;
  let id = 0;
  let startedAt = 0;
  let fromCache = false;
  const end = (): readonly BuildEvent[] => {
    if (!step) return [];
    const how = fromCache ? 'cached' : 'done';
    return [{ kind: 'ended', id: String(id), how, milliseconds: fromCache ? 0 : Math.round(now() - startedAt) }];
  };
  return (raw) => {
    const text = withoutColour(raw);
    const next = stepLine(text);
    if (next) {
      const ended = end();
      [step, startedAt, fromCache] = [next, now(), false];
      id += 1;
      return [...ended, { kind: 'began', id: String(id), step: next }];
    }
    if (cached.test(text)) fromCache = true;
    if (noise.test(text) || !text.trim()) return [];
    // Only RUN prints lines of its own; all else comes from the engine.
    const own = step && /^RUN\b/i.test(step.instruction) && !engineError.test(text);
    return [own ? { kind: 'printed', id: String(id), text } : { kind: 'said', text }];
  };
}

function stepLine(text: string): Step | undefined {
  const match = /^(?:\[(\d+)\/\d+\] )?(?:STEP|Step) (\d+)(?:\/(\d+))? ?: (.*)$/.exec(text);
  if (!match) return undefined;
  const [, stage, index, total, instruction = ''] = match;
  return { name: instruction, instruction, index: Number(index), total: Number(total), stage };
}

import { type BuildEvent, buildKitStep, type LineReader, withoutColour } from './build-events.ts';

/** Reads `--progress=plain` of BuildKit: `#4 [builder 2/2] RUN …`, `#4 0.512 text`, `#4 DONE 0.5s`. */
export function readPlain(): LineReader {
  // After a failure BuildKit repeats the step's output between two rules.
  let repeating = false;
  return (raw) => {
    const text = withoutColour(raw);
    if (/^-{6}$/.test(text)) {
      repeating = !repeating;
      return [];
    }
    if (repeating) return [];
    const vertex = /^#(\d+) (.*)$/s.exec(text);
    return vertex ? ofVertex(vertex[1] ?? '', vertex[2] ?? '') : [{ kind: 'said', text }];
  };
}

function ofVertex(id: string, text: string): readonly BuildEvent[] {
  const log = /^\d+\.\d+ (.*)$/s.exec(text);
  if (log) return [{ kind: 'printed', id, text: log[1] ?? '' }];
  const done = /^DONE (\d+(?:\.\d+)?)s$/.exec(text);
  if (done) return [{ kind: 'ended', id, how: 'done', milliseconds: Math.round(Number(done[1]) * 1000) }];
  if (text === 'CACHED') return [{ kind: 'ended', id, how: 'cached', milliseconds: 0 }];
  if (text === 'CANCELED') return [{ kind: 'ended', id, how: 'cancelled', milliseconds: undefined }];
  if (/^ERROR(:|$)/.test(text)) return failed(id, text);
  const step = buildKitStep(text);
  return step ? [{ kind: 'began', id, step }] : [];
}

/** Steps that were cancelled because another failed are reported as errors too. */
const failed = (id: string, error: string): readonly BuildEvent[] =>
  /context canceled/.test(error)
    ? [{ kind: 'ended', id, how: 'cancelled', milliseconds: undefined }]
    : [{ kind: 'ended', id, how: 'failed', milliseconds: undefined, error }];

import assert from 'node:assert/strict';
import type { Engine, InstructionText } from '../../server/image/engine-model.ts';
import { explainFailure } from '../../server/image/explain.ts';
import { readProgress } from '../../server/image/progress.ts';

/** Instructions of a Dockerfile in which only lines that end in a backslash continue. */
function instructionsOf(dockerfile: string): readonly InstructionText[] {
  const found: { line: number; text: string }[] = [];
  let open = false;
  for (const [line, text] of dockerfile.split('\n').entries()) {
    const last = found.at(-1);
    if (open && last) last.text += `\n${text}`;
    else if (text) found.push({ line, text });
    open = text.endsWith('\\');
  }
  return found;
}

/** Explains what an engine printed about a Dockerfile. */
export function explain(builder: Engine['builder'], dockerfile: string, output: string, code = 1) {
  const progress = readProgress(builder, () => {});
  for (const line of output.split('\n')) progress.line(line);
  const kind = builder === 'podman' ? 'podman' : 'docker';
  return explainFailure({ engine: { kind, builder }, progress, code, instructions: instructionsOf(dockerfile) });
}

/** One test: the reason and the zero-based line of an explanation. */
export function says(title: string, result: ReturnType<typeof explain>, reason: string | RegExp, line?: number): void {
  it(title, () => {
    if (typeof reason === 'string') assert.equal(result.reason, reason);
    else assert.match(result.reason, reason);
    assert.equal(result.line, line);
  });
}

/** A Dockerfile of two stages, and reasons that several engines lead to. */
export const golang =
  'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build \\\n    -o /app .\nFROM scratch\nCOPY --from=build /app /\n';
export const missing =
  'nosuch.txt does not exist where COPY looks for it: check the path, the build context and .dockerignore.';
export const offline =
  'x:1.2 is not on this machine and its registry cannot be reached: check the network, or pull it first.';
export const daemonDown =
  'The Docker daemon is not running: start Docker Desktop or the service (sudo systemctl start docker).';

import assert from 'node:assert/strict';
import type { FailureEngine } from '../lab/failures/case.ts';
import { explainLog } from '../lab/failures/judge.ts';

/** Explains what an engine printed about a Dockerfile. */
export const explain = (builder: FailureEngine, dockerfile: string, output: string, code = 1) =>
  explainLog(builder, dockerfile, output, code);

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

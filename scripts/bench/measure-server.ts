import type { Sample } from './dockerfiles.ts';
import { type LanguageServer, startLanguageServer } from './language-server.ts';
import { median, percentile } from './statistics.ts';

/** Milliseconds and bytes of one server on one text. */
export interface ServerNumbers {
  readonly start: number;
  readonly coldStart: number;
  readonly typing: { readonly p50: number; readonly p95: number };
  readonly memory: number | undefined;
}

interface Round {
  readonly start: number;
  readonly coldStart: number;
  readonly typing: readonly number[];
  readonly memory: number | undefined;
}

/** Runs the programs alternately, so that a busy machine disturbs all of them alike; one result per program. */
export async function measureServers(
  programs: readonly string[],
  uri: string,
  sample: Sample,
  rounds: number,
): Promise<readonly ServerNumbers[]> {
  const results: Round[][] = programs.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, program] of programs.entries()) {
      results[index]?.push(await oneRound(await startLanguageServer(program, uri, sample.text), sample));
    }
  }
  return results.map(summarize);
}

const keystrokes = 40;

/** Types a comment's worth of letters at the end of a line and takes them away again. */
async function oneRound(server: LanguageServer, { text, line }: Sample): Promise<Round> {
  const end = text.split('\n')[line]?.length ?? 0;
  const typing: number[] = [];
  for (let stroke = 0; stroke < keystrokes; stroke += 1) typing.push(await server.type(line, end + stroke, 0, 'x'));
  const memory = server.memory();
  const { start, coldStart } = server;
  await server.stop();
  return { start, coldStart, typing, memory };
}

function summarize(rounds: readonly Round[]): ServerNumbers {
  // The first keystrokes of a process run code that is not compiled yet.
  const typing = rounds.flatMap((round) => round.typing.slice(10));
  const memories = rounds.map((round) => round.memory).filter((bytes) => bytes !== undefined);
  return {
    start: median(rounds.map((round) => round.start)),
    coldStart: median(rounds.map((round) => round.coldStart)),
    typing: { p50: percentile(typing, 0.5), p95: percentile(typing, 0.95) },
    memory: memories.length > 0 ? median(memories) : undefined,
  };
}

/** The outside world of one run: streams, folder and environment, so that tests can stand in for a terminal. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard input as it comes; a piece is valid until the next one is asked for. */
  readonly input: () => AsyncIterable<Uint8Array>;
  /** Absolute; relative arguments are meant from here. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  /** The moment of the run: ends of support depend on it. */
  readonly today: Date;
  /** The program's own file, to start it once more in other threads; without it there is one thread. */
  readonly program?: string | undefined;
}

/** NO_COLOR before FORCE_COLOR before what standard output is. */
export function wantsColour({ environment, isTerminal }: Console): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return isTerminal && environment.TERM !== 'dumb';
}

/** All of standard input. */
export async function wholeInput({ input }: Console): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input()) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

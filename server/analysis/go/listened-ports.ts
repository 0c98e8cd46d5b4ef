import type { ProgramCode, ProgramUse } from './program-code.ts';
import type { GoUse } from './project-facts.ts';

/** A port that a program listens on by its own literals or defaults. */
export interface ListenedPort {
  readonly port: number;
  /** Whether it is the port whatever flags and environment say. */
  readonly fixed: boolean;
  readonly because: ProgramUse;
}

const listens: ReadonlySet<string> = new Set(
  'ListenAndServe ListenAndServeTLS Run RunTLS Start StartTLS Listen ListenTLS ListenPacket'.split(' '),
);

const flags: ReadonlySet<string> = new Set('String StringVar StringP StringVarP SetDefault'.split(' '));
const numberFlags: ReadonlySet<string> = new Set('Int IntVar IntP IntVarP Uint UintVar'.split(' '));

type Value = GoUse['arguments'][number];

const anyHost = /^[^\s/@]*$/;

const addressPort = (text: Value, hosts = anyHost): number | undefined => {
  const match = typeof text === 'string' ? /^(.*):(\d{2,5})$/.exec(text) : null;
  return match && hosts.test(match[1] ?? '') ? Number(match[2]) : undefined;
};

/** Everywhere: what an address of one's own has in front of the colon. */
const everywhere = /^(?:|\*|0\.0\.0\.0|\[::\])$/;

const plainPort = (value: Value): number | undefined =>
  typeof value === 'number' || /^:?\d{2,5}$/.test(value ?? '') ? Number(String(value).replace(':', '')) : undefined;

const firstOf = (use: GoUse, read: (value: Value) => number | undefined): number | undefined =>
  use.arguments.map(read).find((port) => port !== undefined);

/** `getenv("PORT", "8080")` and `flag.Int("port", 8080, …)`: a value behind a name that speaks of a port. */
const namedDefault = ({ arguments: given }: GoUse): number | undefined => {
  const at = given.findIndex((each) => typeof each === 'string' && /port/i.test(each));
  return at < 0 ? undefined : plainPort(given[at + 1]);
};

const setPort = ({ name, kind, arguments: [value] }: GoUse): number | undefined => {
  if (/^(?:default)?(?:listen)?port$/i.test(name)) return kind === 'set' ? plainPort(value) : undefined;
  if (name === 'Addr' || (kind === 'field' && /addr(?:ess)?$/i.test(name))) return addressPort(value, everywhere);
  return /^(?:default)?(?:listen)?(?:addr|address)$/i.test(name) && kind === 'set' ? addressPort(value) : undefined;
};

const portOf = (use: GoUse): Omit<ListenedPort, 'because'> | undefined => {
  const of = (port: number | undefined, fixed: boolean) => (port === undefined ? undefined : { port, fixed });
  if (use.kind === 'set' || use.kind === 'field') return of(setPort(use), use.name === 'Addr');
  if (use.kind !== 'call') return undefined;
  if (listens.has(use.name))
    return of(
      firstOf(use, (value) => addressPort(value)),
      true,
    );
  if (flags.has(use.name) && use.from !== 'os') {
    return of(firstOf(use, (value) => addressPort(value)) ?? namedDefault(use), false);
  }
  if (use.name === 'AddFlags')
    return of(
      firstOf(use, (value) => addressPort(value)),
      false,
    );
  if (numberFlags.has(use.name)) return of(namedDefault(use), false);
  return use.from === '' ? of(firstOf(use, (value) => addressPort(value)) ?? namedDefault(use), false) : undefined;
};

/** Ports in the order met, each once. */
export const listenedPorts = ({ uses }: ProgramCode): readonly ListenedPort[] => {
  const found = new Map<number, ListenedPort>();
  for (const because of uses) {
    const read = portOf(because.use);
    if (!read || read.port < 1 || read.port > 65_535) continue;
    const known = found.get(read.port);
    if (!known || (read.fixed && !known.fixed)) found.set(read.port, { ...read, because });
  }
  return [...found.values()];
};

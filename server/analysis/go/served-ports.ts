import { listenedPorts } from './listened-ports.ts';
import type { ProgramCode, ProgramUse } from './program-code.ts';

/** Listeners beside what the program is there for, by flag, variable or file. */
const aside =
  /pprof|prof(?:il|_?port)|trac(?:e|ing)|debug|metric|health|readi?ness|\bready\b|probe|observab|telemetry|admin/i;

/** Ports of databases, brokers and mail, which a program calls; and Go's own pprof. */
const ofOthers: ReadonlySet<number> = new Set([
  25, 465, 587, 3306, 5432, 5672, 6060, 6379, 8086, 9042, 9092, 9200, 11211, 26379, 27017,
]);

/** `port`, `http-port`, `HTTP_PORT`, `httpPort`; not `report` or `exporter`. */
const speaksOfPort = (text: string): boolean =>
  /(?:^|[_.\- ])port(?:$|[_.\- ])/i.test(text) || /[a-z0-9]Port(?:$|[^a-z])/.test(text);

const everywhere = /^(?:|\*|0\.0\.0\.0|\[::\]):\d+$/;

/** Words that a use says: arguments, its own name, and the file it stands in. */
const wordsOf = ({ use, path }: ProgramUse): readonly string[] => [
  ...use.arguments.filter((each) => typeof each === 'string'),
  use.name,
  path,
];

const isOwn = (because: ProgramUse, inMain: boolean): boolean => {
  const { use } = because;
  const texts = use.arguments.filter((each) => typeof each === 'string');
  if (texts.some((text) => everywhere.test(text))) return true;
  if (use.kind === 'call') return texts.some(speaksOfPort);
  // Anybody's variable may be called so: that of a client, of an address that is taken apart.
  return inMain || /^default/i.test(use.name);
};

/**
 * The ports that the program is there to be asked at, in the order met: an address of its own for everybody, or a default
 * that is called a port. Not those of metrics, probes and profiles, and none that only might be its own.
 */
export const servedPorts = (program: ProgramCode): readonly number[] => {
  const own = new Set(program.main?.files.map(({ name }) => name));
  const dir = program.main?.known.dir ?? '';
  const inMain = ({ path }: ProgramUse): boolean => {
    const at = path.lastIndexOf('/');
    return path.slice(0, Math.max(0, at)) === dir && own.has(path.slice(at + 1));
  };
  return listenedPorts(program)
    .filter(({ fixed, because }) => fixed || isOwn(because, inMain(because)))
    .filter(({ port, because }) => !ofOthers.has(port) && !wordsOf(because).some((word) => aside.test(word)))
    .map(({ port }) => port);
};

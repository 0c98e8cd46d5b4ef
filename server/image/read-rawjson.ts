import { StringDecoder } from 'node:string_decoder';
import { type BuildEvent, buildKitStep, type LineReader, withoutColour } from './build-events.ts';

/** What was told of one vertex (step) so far. */
interface Vertex {
  begun: boolean;
  /** When each of its runs ended, by the time that it started: BuildKit looks for a step's cache in runs of its own. */
  readonly runs: Map<string, string>;
  /** The line that its log has begun and not ended. */
  open: string;
  readonly decoder: StringDecoder;
}

/**
 * Reads `--progress=rawjson` of buildx: one object a line with the vertexes, their statuses and their logs (base64).
 * What is not such an object is said by the client itself.
 */
export function readRawJson(): LineReader {
  const vertexes = new Map<string, Vertex>();
  const vertexOf = (id: string): Vertex => {
    const vertex = vertexes.get(id) ?? { begun: false, runs: new Map(), open: '', decoder: new StringDecoder('utf8') };
    vertexes.set(id, vertex);
    return vertex;
  };
  return (raw) => {
    const status = raw.startsWith('{') ? parsed(raw) : undefined;
    if (status === undefined) return [{ kind: 'said', text: withoutColour(raw) }];
    return [
      ...list(status, 'vertexes').flatMap((one) => ofVertex(one, vertexOf(text(one, 'digest')))),
      ...list(status, 'logs').flatMap((one) => ofLog(one, vertexOf(text(one, 'vertex')))),
    ];
  };
}

function ofVertex(value: object, vertex: Vertex): readonly BuildEvent[] {
  const [id, started, completed] = [text(value, 'digest'), text(value, 'started'), text(value, 'completed')];
  const events: BuildEvent[] = [];
  const step = buildKitStep(text(value, 'name'));
  if (step && started && !vertex.begun) {
    vertex.begun = true;
    events.push({ kind: 'began', id, step });
  }
  if (!completed || vertex.runs.get(started) === completed) return events;
  vertex.runs.set(started, completed);
  if (vertex.open) events.push({ kind: 'printed', id, text: withoutColour(vertex.open) });
  const error = text(value, 'error');
  const how = Reflect.get(value, 'cached') === true ? 'cached' : ending(error);
  vertex.open = '';
  const milliseconds = how === 'cached' ? 0 : total(vertex.runs);
  return [...events, { kind: 'ended', id, how, milliseconds, ...(error && { error: `ERROR: ${error}` }) }];
}

function ofLog(value: object, vertex: Vertex): readonly BuildEvent[] {
  const data = vertex.decoder.write(Buffer.from(text(value, 'data'), 'base64'));
  const lines = (vertex.open + data).split('\n');
  vertex.open = lines.pop() ?? '';
  return lines.map((line) => ({ kind: 'printed', id: text(value, 'vertex'), text: withoutColour(line) }));
}

const total = (runs: ReadonlyMap<string, string>): number =>
  [...runs].reduce((sum, [started, completed]) => sum + Date.parse(completed) - Date.parse(started), 0);

const ending = (error: string): 'done' | 'failed' | 'cancelled' => {
  if (!error) return 'done';
  return /context canceled/.test(error) ? 'cancelled' : 'failed';
};

const text = (value: object, name: string): string => {
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : '';
};

const list = (value: object, name: string): readonly object[] => {
  const found: unknown = Reflect.get(value, name);
  return Array.isArray(found) ? found.filter((one) => typeof one === 'object' && one !== null) : [];
};

function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

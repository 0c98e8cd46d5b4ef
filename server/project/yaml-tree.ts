import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { DataEntry, DataNode } from '../analysis/data-node.ts';

type Place = (from: number, to: number) => DataNode['range'];

/** A YAML text as data; JSON is YAML. Without a root the text is empty. */
export interface YamlTree {
  readonly root: DataNode | undefined;
  readonly errors: readonly { readonly range: DataNode['range']; readonly message: string }[];
}

const placeIn = (lines: LineCounter): Place => {
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(0, line - 1), character: Math.max(0, col - 1) };
  };
  return (from, to) => ({ start: position(from), end: position(to) });
};

interface Reading {
  readonly document: Document.Parsed;
  readonly place: Place;
  /** Anchors may repeat a text without end: beyond so many values, or so deep, nothing is known. */
  left: number;
  depth: number;
  /** The library looks through the document for each. */
  readonly aliases: Map<ParsedNode, ParsedNode | null>;
}

const mostValues = 50_000;

const mostDeep = 100;

const scalar = (value: unknown, range: DataNode['range']): DataNode => {
  if (value === null || value === undefined) return { kind: 'null', range };
  const type = typeof value;
  if (type === 'string' || type === 'number' || type === 'boolean')
    return { kind: 'text', text: String(value), type, range };
  return { kind: 'unknown', range };
};

/** `<<: *base` brings the entries of another map; the map's own come after them, and win. */
const entriesOf = (map: YAMLMap.Parsed, reading: Reading): readonly DataEntry[] => {
  const entries = map.items.map(({ key, value }): DataEntry => {
    const keyRange = reading.place(key.range[0], key.range[1]);
    return { key: String(isScalar(key) ? key.value : key), keyRange, value: nodeOf(value, keyRange, reading) };
  });
  const merged = entries.flatMap(({ key, value }) => {
    if (key !== '<<') return [];
    return (value.kind === 'list' ? value.items : [value]).flatMap((each) => (each.kind === 'map' ? each.entries : []));
  });
  return [...merged, ...entries.filter(({ key }) => key !== '<<')];
};

const nodeOf = (node: ParsedNode | null, around: DataNode['range'], reading: Reading): DataNode => {
  if (!node) return { kind: 'null', range: around };
  const range = reading.place(node.range[0], node.range[1]);
  reading.left -= 1;
  if (reading.left < 0 || reading.depth > mostDeep) return { kind: 'unknown', range };
  reading.depth += 1;
  const found = innerOf(node, range, reading);
  reading.depth -= 1;
  return found;
};

const innerOf = (node: ParsedNode, range: DataNode['range'], reading: Reading): DataNode => {
  if (isAlias(node)) {
    const known = reading.aliases.get(node);
    const target = known === undefined ? ((node.resolve(reading.document) as ParsedNode | undefined) ?? null) : known;
    reading.aliases.set(node, target);
    return nodeOf(target, range, reading);
  }
  if (isScalar(node)) return scalar(node.value, range);
  const block = isCollection(node) && !node.flow && ({ block: true } as const);
  if (isMap(node)) return { kind: 'map', entries: entriesOf(node, reading), range, ...block };
  if (isSeq(node))
    return { kind: 'list', items: node.items.map((item) => nodeOf(item, range, reading)), range, ...block };
  return { kind: 'unknown', range };
};

/** Reads a text; a broken one as far as it goes. Never throws. */
export const yamlTree = (text: string): YamlTree => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter, prettyErrors: false });
  const place = placeIn(lineCounter);
  const root = document.contents
    ? nodeOf(document.contents, place(0, 0), { document, place, left: mostValues, depth: 0, aliases: new Map() })
    : undefined;
  const errors = document.errors.map(({ pos, message }) => ({ range: place(pos[0], pos[1]), message }));
  return { root: root?.kind === 'null' ? undefined : root, errors };
};

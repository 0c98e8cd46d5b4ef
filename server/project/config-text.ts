import { type Document, isMap, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { type ConfigNode, type ConfigProblem, type ConfigReading, readConfig } from '../analysis/config-file.ts';
import { message } from '../analysis/known.ts';

type Place = (from: number, to: number) => ConfigNode['range'];

const placeIn = (lines: LineCounter): Place => {
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(0, line - 1), character: Math.max(0, col - 1) };
  };
  return (from, to) => ({ start: position(from), end: position(to) });
};

const rangeOf = (node: ParsedNode, place: Place): ConfigNode['range'] => place(node.range[0], node.range[1]);

const nodeOf = (node: ParsedNode | null, around: ConfigNode['range'], place: Place): ConfigNode => {
  if (!node) return { kind: 'other', shown: 'nothing', range: around };
  const range = rangeOf(node, place);
  if (isScalar(node) && typeof node.value === 'string') return { kind: 'text', text: node.value, range };
  if (!isMap(node)) return { kind: 'other', shown: String(node), range };
  const entries = node.items.map(({ key, value }) => {
    const keyRange = rangeOf(key, place);
    return { key: String(isScalar(key) ? key.value : key), keyRange, value: nodeOf(value, keyRange, place) };
  });
  return { kind: 'map', entries, range };
};

const syntaxProblems = ({ errors }: Document.Parsed, place: Place): readonly ConfigProblem[] =>
  errors.map((error) => ({
    range: place(error.pos[0], error.pos[1]),
    message: message('{error}.', { error: error.message.replace(/[.:]$/, '') }),
  }));

/** Reads the text of a configuration file; JSON is YAML. What is wrong in it is told, the rest counts. */
export const parseConfigFile = (text: string): ConfigReading => {
  const lineCounter = new LineCounter();
  const content = text.replace(/^\uFEFF/, '');
  const document = parseDocument(content, { lineCounter, prettyErrors: false });
  const place = placeIn(lineCounter);
  const syntax = syntaxProblems(document, place);
  const root = document.contents && nodeOf(document.contents, place(0, 0), place);
  const { rules, problems } = readConfig(root && !isEmpty(root) ? root : undefined);
  // What a broken text seems to say is no use to anybody.
  return { rules, problems: syntax.length > 0 ? syntax : problems };
};

const isEmpty = (root: ConfigNode): boolean => root.kind === 'other' && root.shown === 'null';

import { hclLanguage } from 'codemirror-lang-hcl';
import type { DataEntry, DataNode } from '../../analysis/data-node.ts';
import { sourceText } from '../../analysis/dockerfile/source-text.ts';

type SyntaxNode = ReturnType<typeof hclLanguage.parser.parse>['topNode'];

interface Reading {
  readonly text: string;
  range(node: SyntaxNode): DataNode['range'];
}

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
};

const slice = ({ text }: Reading, { from, to }: SyntaxNode): string => text.slice(from, to);

/** Through the nodes that only wrap another one. */
const unwrapped = (node: SyntaxNode): SyntaxNode => {
  const [only, ...others] = childrenOf(node);
  const wraps = ['Expression', 'LiteralValue', 'CollectionValue', 'TemplateExpr', 'ExprTerm'].includes(node.name);
  return wraps && only && others.length === 0 ? unwrapped(only) : node;
};

/** The text of a string without interpolation; undefined for any other. */
const stringOf = (node: SyntaxNode, reading: Reading): string | undefined => {
  const parts = childrenOf(node).filter(({ name }) => !/^QuotedTemplate(Start|End)$/.test(name));
  if (!parts.every(({ name }) => name === 'TemplateLiteral')) return undefined;
  const raw = parts.map((part) => slice(reading, part)).join('');
  return raw.replace(/\\(["\\])/g, '$1').replace(/\$\$\{/g, '${');
};

const dataOf = (expression: SyntaxNode, reading: Reading): DataNode => {
  const node = unwrapped(expression);
  const range = reading.range(node);
  const raw = slice(reading, node);
  if (node.name === 'StringLit' || node.name === 'QuotedTemplate') {
    const text = stringOf(node, reading);
    return text === undefined ? { kind: 'unknown', range } : { kind: 'text', type: 'string', text, range };
  }
  if (node.name === 'NumericLit') return { kind: 'text', type: 'number', text: raw, range };
  if (raw === 'true' || raw === 'false') return { kind: 'text', type: 'boolean', text: raw, range };
  if (raw === 'null') return { kind: 'null', range };
  if (node.name === 'Tuple') {
    const items = node.getChildren('Expression').map((item) => dataOf(item, reading));
    return { kind: 'list', items, range };
  }
  if (node.name !== 'Object') return { kind: 'unknown', range };
  return { kind: 'map', entries: node.getChildren('ObjectElem').flatMap((each) => elementOf(each, reading)), range };
};

const elementOf = (element: SyntaxNode, reading: Reading): readonly DataEntry[] => {
  const key = element.getChild('ObjectKey');
  const value = element.getChild('Expression');
  if (!key || !value) return [];
  const name = slice(reading, key).replace(/^"(.*)"$/s, '$1');
  return [{ key: name, keyRange: reading.range(key), value: dataOf(value, reading) }];
};

const attributeOf = (attribute: SyntaxNode, reading: Reading): readonly DataEntry[] => {
  const name = attribute.getChild('Identifier');
  const value = attribute.getChild('Expression');
  if (!name || !value) return [];
  return [{ key: slice(reading, name), keyRange: reading.range(name), value: dataOf(value, reading) }];
};

/** `target "app" { … }` is the entry `app` of the map `target`. */
const blockOf = (block: SyntaxNode, reading: Reading): readonly DataEntry[] => {
  const [type, label, body] = [block.getChild('BlockType'), block.getChild('BlockLabel'), block.getChild('Body')];
  if (!type || !label) return [];
  const entry: DataEntry = {
    key: slice(reading, label).replace(/^"(.*)"$/s, '$1'),
    keyRange: reading.range(label),
    value: { kind: 'map', entries: body ? bodyOf(body, reading) : [], range: reading.range(block) },
  };
  const range = reading.range(block);
  return [
    { key: slice(reading, type), keyRange: reading.range(type), value: { kind: 'map', entries: [entry], range } },
  ];
};

const bodyOf = (body: SyntaxNode, reading: Reading): readonly DataEntry[] => {
  const entries = childrenOf(body).flatMap((node) => {
    if (node.name === 'Attribute') return attributeOf(node, reading);
    return node.name === 'Block' ? blockOf(node, reading) : [];
  });
  const merged = new Map<string, DataEntry>();
  for (const entry of entries) {
    const before = merged.get(entry.key);
    const isBlock = before?.value.kind === 'map' && entry.value.kind === 'map';
    const all = isBlock ? [...before.value.entries, ...entry.value.entries] : [];
    merged.set(entry.key, isBlock ? { ...before, value: { ...before.value, entries: all } } : entry);
  }
  return [...merged.values()];
};

/** Reads a HCL text: blocks with one label, attributes, literals; every other expression is unknown. Never throws. */
export const hclTree = (text: string): DataNode => {
  const source = sourceText(text.replace(/^\uFEFF/, ''));
  const reading: Reading = { text: source.content, range: ({ from, to }) => source.range(from, to) };
  const top = hclLanguage.parser.parse(source.content).topNode;
  const body = top.getChild('Body');
  return { kind: 'map', entries: body ? bodyOf(body, reading) : [], range: reading.range(top) };
};

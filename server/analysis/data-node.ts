import type { Range } from 'vscode-languageserver-types';

/**
 * A value of a JSON, YAML or HCL file with its place; whoever reads the file makes it. `block`: YAML without brackets, each
 * item in lines of its own.
 */
export type DataNode = { readonly range: Range } & (
  | { readonly kind: 'map'; readonly entries: readonly DataEntry[]; readonly block?: true }
  | { readonly kind: 'list'; readonly items: readonly DataNode[]; readonly block?: true }
  /** `text` is what the value is as a string, whatever its type. */
  | { readonly kind: 'text'; readonly text: string; readonly type: 'string' | 'number' | 'boolean' }
  | { readonly kind: 'null' }
  /** An expression nobody evaluates. */
  | { readonly kind: 'unknown' }
);

export interface DataEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: DataNode;
}

export const entriesOf = (node: DataNode | undefined): readonly DataEntry[] =>
  node?.kind === 'map' ? node.entries : [];

export const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'list' ? node.items : []);

/** The value of a key; of the last one where there are several. */
export const field = (node: DataNode | undefined, key: string): DataNode | undefined =>
  entriesOf(node).findLast((entry) => entry.key === key)?.value;

export const textOf = (node: DataNode | undefined): string | undefined =>
  node?.kind === 'text' ? node.text : undefined;

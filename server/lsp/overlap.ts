import type { Range } from 'vscode-languageserver/node';

/** Whether two ranges touch. */
export const overlap = (one: Range, other: Range): boolean =>
  before(one.start, other.end) && before(other.start, one.end);

const before = (one: Range['start'], other: Range['start']): boolean =>
  one.line < other.line || (one.line === other.line && one.character <= other.character);

import type { Range } from 'vscode-languageserver-types';
import type { SourceText } from '../../server/analysis/dockerfile/model.ts';

/** A Dockerfile of a test is written with «marks» around the ranges a rule must find, instead of numbers. */
export const unmark = (marked: string): string => marked.replace(/[«»]/g, '');

/** Puts marks around ranges. */
export const mark = (source: SourceText, ranges: readonly Range[]): string => {
  const points = ranges.flatMap((range) => [
    { at: source.offset(range.start), text: '«', order: 1 },
    { at: source.offset(range.end), text: '»', order: 0 },
  ]);
  points.sort((a, b) => b.at - a.at || b.order - a.order);
  let text = source.content;
  for (const { at, text: sign } of points) text = text.slice(0, at) + sign + text.slice(at);
  return text;
};

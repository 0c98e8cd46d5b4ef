import type { Statement } from 'unbash';
import type { Range } from 'vscode-languageserver-types';
import type { SourceText } from '../dockerfile/model.ts';
import type { ShellWord, SimpleCommand } from './model.ts';

/** A subshell path that hands out the paths below it. */
export interface Scope {
  readonly path: readonly number[];
  children: number;
}

/** What all scripts of one RUN share while they are walked. */
export interface Collected {
  readonly source: SourceText;
  readonly commands: SimpleCommand[];
  complete: boolean;
  /** Walks the statements of a script; here so that words can hold scripts and scripts words. */
  readonly walk: (statements: readonly Statement[], place: Place) => void;
}

/** Where a node is walked: its text, what that text is in the document, and when it runs. */
export interface Place {
  readonly into: Collected;
  readonly text: string;
  /** Document offset of a character of `text`. */
  readonly at: (index: number) => number;
  readonly scope: Scope;
  readonly runs: SimpleCommand['runs'];
  /** Whether a failure here is the failure of the whole RUN: the last statement of the script. */
  readonly last: boolean;
  /** How many scripts are around this one. */
  readonly depth: number;
}

/** The document range of a part of the text. */
export const rangeIn = ({ into, at }: Place, pos: number, end: number): Range => {
  const start = at(pos);
  return into.source.range(start, end > pos ? Math.max(start, at(end - 1) + 1) : start);
};

/** A part of the text as a word. */
export const wordAt = (place: Place, pos: number, end: number): ShellWord => ({
  raw: place.text.slice(pos, end),
  range: rangeIn(place, pos, end),
});

/** A subshell inside `place`. */
export const subshell = (place: Place): Place => ({
  ...place,
  last: false,
  scope: { path: [...place.scope.path, place.scope.children++], children: 0 },
});

/** A part of `place` that may not run at all. */
export const perhaps = (place: Place): Place => ({ ...place, runs: 'maybe', last: false });

import { extensionContent } from './tar-extension.ts';
import {
  blockSize,
  checksumFits,
  type Extended,
  isZero,
  readHeader,
  storedSize,
  TarError,
  type TarHeader,
  typeOf,
} from './tar-header.ts';

/** Takes the content of one member, in pieces that are only valid during the call. */
export interface Content {
  readonly data: (piece: Buffer) => void;
  readonly end: () => void;
  /** How many of its next bytes it does not need to see; 0 when absent. */
  readonly unwanted?: () => number;
  readonly skip?: (length: number) => void;
}

export interface TarParser {
  /** The next bytes. Throws a TarError, and whatever the visitor throws. */
  readonly write: (chunk: Buffer) => void;
  /** Throws a TarError when the archive stops in the middle. */
  readonly end: () => void;
  /** How many of the bytes to come nobody wants to see: they may be left out with `skip`. */
  readonly unwanted: () => number;
  readonly skip: (length: number) => void;
}

/**
 * Splits a tar into its members, as its bytes come; knows POSIX, PAX and GNU, sparse files included. `visit` returns who takes
 * the content, which begins at `position`, or nothing when it is not wanted. Everything is synchronous: a layer has thousands of small members.
 */
export function createTarParser(visit: (header: TarHeader, position: number) => Content | undefined): TarParser {
  const state = newState(visit);
  return {
    write: (chunk) => write(state, chunk),
    end: () => end(state),
    unwanted: () => unwanted(state),
    skip: (length) => skip(state, length),
  };
}

interface State {
  readonly visit: (header: TarHeader, position: number) => Content | undefined;
  /** A header that came in pieces. */
  readonly block: Buffer;
  filled: number;
  /** Bytes taken or passed over so far. */
  position: number;
  /** Bytes of the present content, and of what fills up its last block. */
  left: number;
  padding: number;
  content: Content | undefined;
  inMember: boolean;
  values: Map<string, string>;
  readonly global: Map<string, string>;
  /** Old GNU sparse files have blocks with more of their map. */
  mapContinues: boolean;
  pending: TarHeader | undefined;
  zeros: number;
}

const newState = (visit: State['visit']): State => ({
  visit,
  block: Buffer.alloc(blockSize),
  filled: 0,
  position: 0,
  left: 0,
  padding: 0,
  content: undefined,
  inMember: false,
  values: new Map(),
  global: new Map(),
  mapContinues: false,
  pending: undefined,
  zeros: 0,
});

function write(state: State, chunk: Buffer): void {
  for (let at = 0; at < chunk.length && state.zeros < 2; ) at += step(state, chunk, at);
}

/** Takes some of the bytes from `at` on; how many. `position` is already behind them when anyone else is called. */
function step(state: State, chunk: Buffer, at: number): number {
  const there = chunk.length - at;
  if (state.left > 0) {
    const piece = Math.min(state.left, there);
    state.position += piece;
    state.left -= piece;
    // Whoever has seen enough is spared the call: most files are looked at and left.
    const unseen = state.content?.unwanted?.() ?? 0;
    if (state.content && unseen < piece) state.content.data(chunk.subarray(at, at + piece));
    else state.content?.skip?.(piece);
    if (state.left === 0) endContent(state);
    return piece;
  }
  if (state.padding > 0) {
    const piece = Math.min(state.padding, there);
    state.position += piece;
    state.padding -= piece;
    return piece;
  }
  const piece = Math.min(blockSize - state.filled, there);
  state.position += piece;
  if (piece === blockSize) {
    takeBlock(state, chunk.subarray(at, at + blockSize));
    return piece;
  }
  chunk.copy(state.block, state.filled, at, at + piece);
  state.filled += piece;
  if (state.filled === blockSize) {
    state.filled = 0;
    takeBlock(state, state.block);
  }
  return piece;
}

function unwanted({ content, left, padding }: State): number {
  if (!content) return left + padding;
  const inside = Math.min(content.unwanted?.() ?? 0, left);
  return inside === left ? left + padding : inside;
}

function skip(state: State, length: number): void {
  const content = Math.min(state.left, length);
  if (content > 0) state.content?.skip?.(content);
  state.position += length;
  state.left -= content;
  state.padding -= length - content;
  if (state.left === 0 && content > 0) endContent(state);
}

function end(state: State): void {
  if (state.zeros >= 2) return;
  if (state.left > 0 || state.filled > 0 || state.pending) throw new TarError('Unexpected end of data');
}

function takeBlock(state: State, block: Buffer): void {
  if (state.mapContinues) {
    state.mapContinues = block[504] !== 0;
    if (!state.mapContinues && state.pending) begin(state, state.pending);
    return;
  }
  if (isZero(block)) {
    state.zeros += 1;
    return;
  }
  if (state.zeros > 0 || !checksumFits(block)) throw new TarError('Invalid tar header');
  const letter = typeOf(block);
  if ('xgLK'.includes(letter)) {
    beginExtension(state, letter, block);
    return;
  }
  const values = state.global.size === 0 ? state.values : new Map([...state.global, ...state.values]);
  const header = readHeader(block, { values } satisfies Extended);
  if (state.values.size > 0) state.values = new Map();
  if (letter === 'S' && block[482] !== 0) {
    state.mapContinues = true;
    state.pending = header;
    return;
  }
  begin(state, header);
}

function begin(state: State, header: TarHeader): void {
  state.pending = undefined;
  open(state, header.stored, state.visit(header, state.position));
}

function open(state: State, length: number, content: Content | undefined): void {
  state.left = length;
  state.padding = (blockSize - (length % blockSize)) % blockSize;
  state.content = content;
  if (length === 0) endContent(state);
}

function endContent(state: State): void {
  const { content } = state;
  state.content = undefined;
  content?.end();
}

function beginExtension(state: State, letter: string, block: Buffer): void {
  const length = storedSize(block);
  const into = letter === 'g' ? state.global : state.values;
  open(state, length, extensionContent(letter, length, into));
}

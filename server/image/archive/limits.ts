/** What no honest image has, and what a hostile one would use to fill memory or time. */
export const limits = {
  /** Files, folders and links of all layers. */
  entries: 1_000_000,
  layers: 1000,
  /** Characters of all names and link targets. */
  names: 256 * 1024 * 1024,
  /** Bytes; PATH_MAX of Linux. */
  path: 4096,
  /** Bytes of one JSON file, and of all. */
  json: 16 * 1024 * 1024,
  allJson: 64 * 1024 * 1024,
  /** Bytes of one text file that is kept, and of all. */
  text: 16 * 1024 * 1024,
  allText: 64 * 1024 * 1024,
  /** A layer that grows more than so many times, and beyond so many bytes, is a bomb: gzip itself ends at 1032 times. */
  ratio: 500,
  bombSize: 4 * 1024 ** 3,
  /** Larger programs are not looked into. */
  program: 1024 ** 3,
} as const;

/** The archive is beyond a limit; the message is a sentence without a final period. */
export class LimitError extends Error {}

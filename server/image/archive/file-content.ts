import type { Bytes } from '../binary/bytes.ts';
import { isElf } from '../binary/elf.ts';
import { type ElfFacts, inspectElf } from '../binary/inspect.ts';
import { limits } from './limits.ts';
import type { Spool } from './spool.ts';
import type { Content } from './tar.ts';
import type { TarHeader } from './tar-header.ts';

/** What is kept of a file's content. */
export type FileFacts =
  | ElfFacts
  /** The first line of a script, without `#!`; a carriage return is still in it. */
  | { readonly kind: 'script'; readonly line: string }
  /** A program of another system: `macOS` or `Windows`. */
  | { readonly kind: 'foreign'; readonly system: string }
  /** Of the few files that say something about the image. */
  | { readonly kind: 'text'; readonly text: string };

/** Called with every ELF file of every layer; the bytes are there only during the call. */
export type ProgramListener = (facts: ElfFacts, bytes: Bytes) => void;

/** Bytes of text kept so far, of all layers. */
export interface TextBudget {
  text: number;
}

/** Files that say something about the image, by their paths in it. */
const telling =
  /^(etc\/(passwd|os-release|ld\.so\.conf|ld\.so\.conf\.d\/[^/]+\.conf|ld-musl-[\w-]+\.path)|usr\/lib\/os-release|(usr\/)?lib\/apk\/db\/installed|var\/lib\/dpkg\/(status|status\.d\/[^/]+))$/;

/** The kernel reads no more of a script's first line. */
const longestShebang = 256;

/** Where content is kept, or where it lies when it can be read again. */
export interface Keeping {
  readonly spool: Spool;
  readonly budget: TextBudget;
  readonly itself: Bytes | undefined;
  readonly onProgram: ProgramListener | undefined;
}

type Keep = 'undecided' | 'text' | 'program' | 'script' | 'foreign' | 'nothing';

/**
 * Looks at the first bytes of a file, then keeps all of a program, the first line of a script, or nothing; calls back at the end
 * with what it says, if it says something. Nothing is returned for a file that is not worth a look.
 */
export function contentOf(
  path: string,
  { stored, mode }: TarHeader,
  { spool, budget, itself, onProgram }: Keeping,
  done: (facts: FileFacts | undefined) => void,
): Content | undefined {
  const isText = telling.test(path) && stored <= limits.text && budget.text + stored <= limits.allText;
  if (!isText && stored < 4) return undefined;
  let keep: Keep = isText ? 'text' : 'undecided';
  let enough = false;
  let kept = 0;
  spool.start();
  return {
    unwanted: () => (enough ? Number.POSITIVE_INFINITY : 0),
    data: (piece) => {
      // Most files are nothing: they are known by the first piece, and none of it is copied.
      if (keep === 'undecided' && kept === 0) keep = decide(piece, stored, mode);
      enough = keep === 'nothing' || (keep === 'program' && itself !== undefined);
      if (enough) return;
      spool.add(piece);
      kept += piece.length;
      if (keep === 'undecided') keep = decide(spool.bytes().read(0, 4), stored, mode);
      enough = keep === 'nothing' || keep === 'foreign' || (keep === 'script' && kept >= longestShebang);
    },
    end: () => {
      if (keep === 'undecided' || keep === 'nothing') return;
      const bytes = keep === 'program' && itself ? itself : spool.bytes();
      const facts = factsOf(keep, bytes);
      if (facts?.kind === 'text') budget.text += stored;
      if (facts?.kind === 'elf') onProgram?.(facts, bytes);
      done(facts);
    },
  };
}

function decide(head: Buffer, stored: number, mode: number): Keep {
  if (head.length < 4) return 'undecided';
  if (isElf(head)) return stored <= limits.program ? 'program' : 'nothing';
  if ((mode & 0o111) === 0) return 'nothing';
  if (head[0] === 0x23 && head[1] === 0x21) return 'script';
  return foreignSystem(head) === undefined ? 'nothing' : 'foreign';
}

/** By the first bytes of Mach-O files of either width and byte order, and of PE files. */
function foreignSystem(head: Buffer): string | undefined {
  if (['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe'].includes(head.toString('hex', 0, 4))) return 'macOS';
  return head.toString('latin1', 0, 2) === 'MZ' ? 'Windows' : undefined;
}

function factsOf(keep: Keep, bytes: Bytes): FileFacts | undefined {
  if (keep === 'program') return inspectElf(bytes);
  if (keep === 'text') return { kind: 'text', text: bytes.read(0, bytes.size).toString('utf8') };
  if (keep === 'foreign') return { kind: 'foreign', system: foreignSystem(bytes.read(0, 4)) ?? '' };
  if (keep !== 'script') return undefined;
  const line = bytes
    .read(2, longestShebang - 2)
    .toString('utf8')
    .split('\n', 1)
    .join('');
  return { kind: 'script', line };
}

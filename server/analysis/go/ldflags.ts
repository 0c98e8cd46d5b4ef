import { remembered } from '../remembered.ts';
import { splitFields, wordText } from './word-text.ts';

/** `-X name=value`; offsets are in the text given to {@link parseLdflags}. */
export interface VariableSetting {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What the linker is told. */
export interface LinkerFlags {
  /** `-s`: no symbol table (and from Go 1.22 on no DWARF either). */
  readonly stripsSymbols: boolean;
  /** `-w`: no DWARF. */
  readonly stripsDwarf: boolean;
  readonly linkmode: 'internal' | 'external' | 'auto' | undefined;
  /** `-extldflags` has `-static`; `-static-pie` counts too. */
  readonly externalStatic: boolean;
  readonly variables: readonly VariableSetting[];
  /** False when quotes do not match, or a variable stands where any flag could hide. */
  readonly complete: boolean;
}

/** The flags of go build that decide how it links, from GOFLAGS and the command line. */
export interface BuildFlags {
  readonly tags: ReadonlySet<string>;
  readonly ldflags: LinkerFlags;
  readonly buildmode: string | undefined;
  readonly sanitizer: boolean;
  /** False when a variable may hide any of them. */
  readonly complete: boolean;
}

interface Field {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const withValue: ReadonlySet<string> = new Set([
  'B',
  'D',
  'E',
  'H',
  'I',
  'L',
  'R',
  'T',
  'X',
  'buildid',
  'buildmode',
  'extar',
  'extld',
  'extldflags',
  'installsuffix',
  'k',
  'libgcc',
  'linkmode',
  'o',
  'r',
  'tmpdir',
]);

interface LinkerFlag extends Field {
  readonly name: string;
  readonly value: string | undefined;
}

const flagsOf = (fields: readonly Field[]): readonly LinkerFlag[] => {
  const found: LinkerFlag[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at];
    const match = field && /^--?([A-Za-z]+)(?:=([\s\S]*))?$/.exec(field.text);
    if (!field || !match?.[1]) continue;
    const [, name, inline] = match;
    const next = inline === undefined && withValue.has(name) ? fields[at + 1] : undefined;
    if (next) at++;
    // The quotes of -extldflags="-static" stand inside the field.
    const value = inline === undefined ? next?.text : wordText(inline);
    found.push({ name, value, text: field.text, start: field.start, end: next?.end ?? field.end });
  }
  return found;
};

/** Fields as go splits them, but `-extldflags="-a -b"` kept in one piece, as the value of -ldflags often has it. */
const joined = (text: string): readonly Field[] | undefined => {
  const glued = text.replace(/=(["'])([^"']*)\1/g, (whole) => whole.replace(/\s/g, '\u0001'));
  return splitFields(glued)?.map((field) => ({ ...field, text: field.text.replaceAll('\u0001', ' ') }));
};

const isMode = (text: string | undefined): text is 'internal' | 'external' | 'auto' =>
  text === 'internal' || text === 'external' || text === 'auto';

/** Reads the value of -ldflags, its shell quotes already removed. A `pattern=` in front (`all=-s`) is taken off. */
export const parseLdflags = remembered((text): LinkerFlags => {
  const prefix = /^\s*[^\s=-][^\s=]*=(?=-)/.exec(text)?.[0].length ?? 0;
  const fields = joined(' '.repeat(prefix) + text.slice(prefix));
  const flags = flagsOf(fields ?? []);
  const last = (name: string): string | undefined => flags.findLast((each) => each.name === name)?.value;
  const linkmode = last('linkmode');
  const variables = flags.flatMap(({ name, value, start, end }) => {
    const equals = value?.indexOf('=') ?? -1;
    if (name !== 'X' || value === undefined || equals < 1) return [];
    return [{ name: value.slice(0, equals), value: value.slice(equals + 1), start, end }];
  });
  return {
    stripsSymbols: flags.some(({ name, value }) => name === 's' && value !== 'false'),
    stripsDwarf: flags.some(({ name, value }) => name === 'w' && value !== 'false'),
    linkmode: isMode(linkmode) ? linkmode : undefined,
    externalStatic: /(?:^|\s)-?-static(?:-pie)?(?:\s|$)/.test(last('extldflags') ?? ''),
    variables,
    complete: fields !== undefined && !fields.some(({ text: field }) => /^(?:\$|`)/.test(field)),
  };
});

/** The flags in GOFLAGS: `-tags=netgo` is `tags` with `netgo`. Later ones win, and the command line wins over all. */
export const parseGoflags = remembered(
  (text): readonly { readonly name: string; readonly value: string | undefined }[] =>
    (splitFields(text) ?? []).flatMap((field) => {
      const match = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(field.text);
      return match?.[1] ? [{ name: match[1], value: match[2] }] : [];
    }),
);

/** Build tags of a -tags value: commas since Go 1.13, blanks before. */
export const parseTags = (text: string): ReadonlySet<string> =>
  new Set(text.split(/[\s,]+/).filter((tag) => tag !== ''));

import fc, { type Arbitrary } from 'fast-check';

/** What a byte, a character or a stretch of a text may become. */
const inserted = fc.oneof(
  fc.constantFrom(
    '\\',
    '\n',
    '\r',
    '\\\n',
    '`',
    '"',
    "'",
    '$',
    '${',
    '}',
    '<<E',
    '#',
    '=',
    '\0',
    '\ufeff',
    '😀',
    '\ud800',
    '--',
    '[',
    '(',
    '//',
    '/*',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly text: string;
  readonly kind: 'replace' | 'repeat' | 'move';
}

const mutation: Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 1_000_000 }),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 200 })),
  text: inserted,
  kind: fc.constantFrom('replace', 'replace', 'replace', 'repeat', 'move'),
});

const mutate = (text: string, { at, length, text: put, kind }: Mutation): string => {
  const start = at % (text.length + 1);
  const cut = text.slice(start, start + length);
  const rest = text.slice(start + length);
  if (kind === 'repeat') return text.slice(0, start) + cut.repeat(3) + rest;
  if (kind === 'move') return rest + cut + text.slice(0, start);
  return text.slice(0, start) + put + rest;
};

/** The samples, each with some of its bytes changed. */
export const mutated = (samples: readonly string[]): Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...samples), fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([sample, mutations]) => mutations.reduce(mutate, sample));

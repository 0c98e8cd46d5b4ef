const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Undefined for a value made of other variables, and for a quote without an end, which compose refuses. */
const valueIn = (written: string): string | undefined => {
  const literal = /^'([^']*)'/.exec(written)?.[1];
  if (literal !== undefined) return literal;
  if (written.includes('$')) return undefined;
  const inside = /^"((?:[^"\\]|\\.)*)"/s.exec(written)?.[1];
  if (inside !== undefined) return inside.replace(/\\(.)/gs, (_, char) => escapes[char] ?? char);
  return /^["']/.test(written) ? undefined : (written.split(' #')[0] ?? '').trim();
};

const entry = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*[=:][ \t]*('[^']*'|"(?:[^"\\]|\\.)*"|[^\n]*)[^\n]*$/gms;

/**
 * The variables of an env file (`.env`) as compose reads it: `NAME=value`, perhaps with `export` before it; the last of a
 * name counts. Undefined where the value is not known.
 */
export const parseEnvFile = (text: string): ReadonlyMap<string, string | undefined> =>
  new Map(
    [...text.replace(/^\uFEFF/, '').matchAll(entry)].map(([, name = '', value = '']) => [name, valueIn(value.trim())]),
  );

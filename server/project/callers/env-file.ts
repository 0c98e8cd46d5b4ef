/** A value in double quotes; what stands behind it is a comment. */
const quoted = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const valueIn = (written: string): string | undefined => {
  const literal = /^'([^']*)'\s*(?:#.*)?$/.exec(written)?.[1];
  if (literal !== undefined) return literal;
  const inside = quoted.exec(written)?.[1];
  const text =
    inside?.replace(/\\(.)/g, (_, char) => escapes[char] ?? char) ?? written.replace(/(?:^|\s+)#.*$/, '').trim();
  // Values made of other variables, and quotes over several lines, are not followed.
  return /[$]/.test(written) || (inside === undefined && /^["']/.test(text)) ? undefined : text;
};

/**
 * The variables of an env file (`.env`) as compose reads it: `NAME=value`, perhaps with `export` before it; the last of a
 * name counts. Undefined where the value is not known.
 */
export const parseEnvFile = (text: string): ReadonlyMap<string, string | undefined> => {
  const values = new Map<string, string | undefined>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) values.set(name, valueIn(value));
  }
  return values;
};

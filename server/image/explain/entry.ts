/** What a failure's text says, by the names of the groups that found it. */
export type Values = Readonly<Record<string, string>>;

/** A failure that is known: how it is recognised, and what is said of it. */
export interface Entry<Cause extends string = string> {
  readonly cause: Cause;
  /** What the command or the engine prints; the named groups are the values. */
  readonly says: RegExp;
  /** One sentence with what to do; `{name}` is the value of that name. */
  readonly reason: string | ((values: Values) => string);
}

/** A failure that was recognised. */
export interface Recognised<Cause extends string = string> {
  readonly cause: Cause;
  readonly values: Values;
  readonly reason: string;
}

/** The first entry whose text occurs. */
export function recognise<Cause extends string>(
  text: string,
  table: readonly Entry<Cause>[],
): Recognised<Cause> | undefined {
  for (const { cause, says, reason } of table) {
    const match = says.exec(text);
    if (!match) continue;
    const values = trimmed(match.groups ?? {});
    return { cause, values, reason: typeof reason === 'string' ? filled(reason, values) : reason(values) };
  }
  return undefined;
}

function trimmed(groups: Readonly<Record<string, string | undefined>>): Values {
  const found = Object.entries(groups).flatMap(([name, value]) => (value === undefined ? [] : [[name, value.trim()]]));
  return Object.fromEntries(found);
}

const filled = (template: string, values: Values): string =>
  template.replaceAll(/\{(\w+)\}/g, (written, name: string) => values[name] ?? written);

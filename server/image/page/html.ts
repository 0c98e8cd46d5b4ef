/** Text that is HTML already; everything else is escaped. */
export interface Html {
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"'`]/g, (letter) => entities[letter] ?? letter);

/** A piece of HTML; what is filled in is escaped unless it is HTML itself. Attributes have to be quoted. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const filled = values.map((value) => (typeof value === 'string' ? escaped(value) : value.text));
  return { text: parts.map((part, index) => part + (filled[index] ?? '')).join('') };
}

export const joined = (pieces: readonly Html[]): Html => ({ text: pieces.map(({ text }) => text).join('') });

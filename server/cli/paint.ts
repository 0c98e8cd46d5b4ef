type Style = 'red' | 'yellow' | 'green' | 'blue' | 'dim' | 'bold';

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 };

/** Puts a colour around a text, or nothing. */
export type Paint = (style: Style, text: string) => string;

export const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour ? `\x1b[${codes[style]}m${text}\x1b[0m` : text;

/** A text of someone else's, on one line and without the control characters that would steer a terminal. */
export const plain = (text: string): string =>
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');

import { physicalLine } from './lines.ts';

/** The parser directives at the top of a Dockerfile. */
export interface Directives {
  readonly escape: '\\' | '`';
  readonly syntax: string | undefined;
}

/** Reads directives until the first line that is none; an empty line, a comment and an instruction all end them. */
export const readDirectives = (content: string, start: number): Directives => {
  const values = new Map<string, string>();
  let next = start;
  while (next < content.length) {
    const line = physicalLine(content, next);
    const text = content.slice(line.start, line.end);
    const isShebang = next === start && text.startsWith('#!');
    next = line.next;
    if (isShebang) continue;
    const match = /^[ \t]*#\s*(syntax|escape|check)\s*=\s*(\S.*)$/i.exec(text);
    if (!match) break;
    const name = (match[1] ?? '').toLowerCase();
    if (!values.has(name)) values.set(name, (match[2] ?? '').trimEnd());
  }
  return { escape: values.get('escape') === '`' ? '`' : '\\', syntax: values.get('syntax')?.split(' ')[0] };
};

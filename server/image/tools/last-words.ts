import { stripVTControlCharacters } from 'node:util';

/**
 * Why a program failed, in one line of its own: the last that it wrote, with the points of a list joined to their heading, without
 * colours, time and level. Empty when it wrote nothing. Shapes: grype 0.121.2, trivy 0.74.0, cosign 3.1.3.
 */
export function lastWords(errors: string): string {
  const lines = stripVTControlCharacters(errors)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const head = lines.findLastIndex((line) => !line.startsWith('* '));
  const points = lines.slice(head + 1).map((line) => line.slice(2));
  return [withoutLevel(lines[head] ?? ''), points.join('; ')].filter((part) => part !== '').join(' ');
}

const withoutLevel = (line: string): string =>
  line
    .replace(/^\[\d+\]\s+[A-Z]+\s+/, '')
    .replace(/^\S+Z\s+FATAL\s+(Fatal error\s+)?/, '')
    .replace(/^(error during command execution|Error): /, '')
    .replace(/\b\d+ errors? occurred:$/, '')
    .trim();

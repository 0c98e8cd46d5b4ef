/** Colours whole lines of an engine's plain output for a terminal, with `\r\n` line ends. */
export function colouredLine(line: string): string {
  return `${colour(line.replace(/\r$/, ''))}\r\n`;
}

function colour(line: string): string {
  const paint = (code: string): string => `\u001b[${code}m${line}\u001b[0m`;
  if (line.includes('\u001b[')) return line;
  if (/^(#\d+ ERROR|ERROR|Error|error|failed to )|>>>|^executor failed/.test(line)) return paint('31');
  if (/^#\d+ (\[|exporting)|^(\[\d+\/\d+\] )?(STEP|Step) /.test(line)) return paint('1;36');
  if (/^#\d+ (DONE|CACHED)/.test(line)) return paint('32');
  if (/^#\d+ (sha256:|CANCELED)/.test(line)) return paint('2');
  return line;
}

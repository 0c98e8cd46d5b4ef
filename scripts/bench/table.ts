/** Cells from left to right. */
export type Row = readonly string[];

/** Such as `1.24 ms`. */
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** Such as `61.2 MB`, in units of 1000. */
export const bytes = (value: number): string =>
  value < 1_000_000 ? `${(value / 1000).toFixed(0)} kB` : `${(value / 1_000_000).toFixed(1)} MB`;

/** Ours divided by theirs. */
export const ratio = (ours: number, theirs: number): string => (ours / theirs).toFixed(2);

/** Prints one table with aligned columns, numbers to the right. */
export function printTable(head: Row, rows: readonly Row[]): void {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: Row): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  console.log([line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n'));
}

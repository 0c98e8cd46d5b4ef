const most = 60;
const heads = /^\s*(?:failed\s|✗ |\d+\) )/;

/**
 * The lines of a runner's output that say what failed, each with the lines behind it that say why; of an output that
 * marks none, its end. At most 60 lines.
 */
export function failuresIn(output: string): readonly string[] {
  const lines = output.trimEnd().split('\n');
  const marked = lines.filter((_, index) => lines.slice(Math.max(0, index - 8), index + 1).some(isHead));
  return (marked.length > 0 ? marked : lines).slice(-most);
}

const isHead = (line: string): boolean => heads.test(line);

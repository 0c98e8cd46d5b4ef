import { withPrograms } from './extract-programs.ts';
import { counted, failed, field, list, outputOf, parsed, type Tool, textOf } from './tool.ts';

/** So many of the largest programs are looked into. */
const most = 10;
const mostNamed = 5;

/** Looks the modules of Go programs up in the Go vulnerability database, and the vulnerable functions in the program. */
export const govulncheck: Tool = {
  tool: 'govulncheck',
  get: 'go install golang.org/x/vuln/cmd/govulncheck@latest',
  unfit: ({ programs }) => (programs.length === 0 ? 'looks into Go programs, and the image has none' : undefined),
  run: (program, { image, programs }, environment, signal) =>
    withPrograms(image, programs.slice(0, most), signal, async (extracted) => {
      const found: Found = { linked: new Set(), listed: new Set(), untold: false };
      for (const { file, program: one } of extracted) {
        const output = await outputOf(program, ['-mode=binary', '-format=json', file], environment, signal);
        const messages = output.stdout.split(/\n(?=\{)/).map(parsed);
        if (output.code !== 0 || !messages.some((message) => field(message, 'config'))) return failed(output);
        collect(messages, one.stripped, found);
      }
      const left = programs.length - extracted.length;
      const note = left > 0 ? ` (${counted(left, 'program')} not looked into)` : '';
      return { state: 'ran', summary: summary(found) + note };
    }),
};

/** Names such as `GO-2026-4601`. */
interface Found {
  /** A vulnerable function is in a program. */
  readonly linked: Set<string>;
  /** A program has the module. */
  readonly listed: Set<string>;
  /** A program is stripped: nobody can look for functions in it. */
  untold: boolean;
}

/** Of a stripped program it names the vulnerabilities of all modules as if it had found their functions. */
function collect(messages: readonly unknown[], stripped: boolean, found: Found): void {
  for (const message of messages) {
    const finding = field(message, 'finding');
    const name = textOf(field(finding, 'osv'));
    if (name === '') continue;
    found.listed.add(name);
    if (stripped) found.untold = true;
    else if (field(list(finding, 'trace')[0], 'function') !== undefined) found.linked.add(name);
  }
}

function summary({ linked, listed, untold }: Found): string {
  if (listed.size === 0) return 'no known vulnerabilities';
  const known = counted(listed.size, 'known vulnerability', 'known vulnerabilities');
  const where = untold ? 'no symbols tell in which code' : `${linked.size} in code that is linked in`;
  const names = [...(linked.size > 0 ? linked : listed)].sort();
  return `${known}, ${where}: ${names.slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ' …' : ''}`;
}

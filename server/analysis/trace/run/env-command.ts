import { wordAfter } from '../../go/word-text.ts';
import type { ShellAssignment, SimpleCommand } from '../../shell/model.ts';

/** `env A=1 go build` as the shell's own `A=1 go build`; any other command, and `env` with flags, as it is. */
export const withoutEnv = (command: SimpleCommand): SimpleCommand => {
  const [first, ...rest] = command.words;
  if (first?.raw !== 'env') return command;
  const isAssignment = (raw: string): boolean => /^[A-Za-z_]\w*=/.test(raw);
  const count = rest.findIndex(({ raw }) => !isAssignment(raw));
  const program = rest[count];
  if (!program || program.raw.startsWith('-')) return command;
  const assignments = rest.slice(0, count).map((word): ShellAssignment => {
    const equals = word.raw.indexOf('=');
    return { name: word.raw.slice(0, equals), value: wordAfter(word, equals), range: word.range };
  });
  return { ...command, assignments: [...command.assignments, ...assignments], words: rest.slice(count) };
};

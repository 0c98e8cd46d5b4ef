import type { Subject } from '../rule.ts';
import type { ShellWord } from '../shell/model.ts';
import type { StageTrace } from './model.ts';
import { withAncestors } from './questions.ts';
import type { ShellStep } from './shell-step.ts';

/** A package that a RUN installs by apk or apt. */
export interface InstalledPackage {
  readonly word: ShellWord;
  /** Whether its command installs nothing else. */
  readonly isAlone: boolean;
}

const installs = ({ program, command }: ShellStep): boolean =>
  (program === 'apk' && command.words.some(({ raw }) => raw === 'add')) ||
  (/^apt(-get)?$/.test(program) && command.words.some(({ raw }) => raw === 'install'));

const removes = ({ command }: ShellStep): boolean =>
  command.words.some(({ raw }) => /^(del|remove|purge|autoremove)$/.test(raw));

/** The text of every HEALTHCHECK: what it starts is needed. */
const checks = (stage: StageTrace, { dockerfile }: Subject): string =>
  stage.stage.instructions
    .filter(({ keyword }) => keyword === 'HEALTHCHECK')
    .map(({ range }) => dockerfile.source.slice(range))
    .join('\n');

/** What a stage installs and no HEALTHCHECK names; nothing where anything is removed again. */
export const installedPackages = (stage: StageTrace, subject: Subject): readonly InstalledPackage[] => {
  const installing = stage.commands.filter(installs);
  if (installing.length === 0 || withAncestors(stage).some(({ commands }) => commands.some(removes))) return [];
  const needed = checks(stage, subject);
  return installing.flatMap(({ command }) => {
    const names = command.words.slice(2).filter(({ raw }) => !raw.startsWith('-'));
    return names.filter(({ raw }) => !needed.includes(raw)).map((word) => ({ word, isAlone: names.length === 1 }));
  });
};

import type { Command, HereDoc, Word } from 'unbash';
import { type NestedText, unescaped } from './nested-text.ts';
import { walkText } from './script.ts';
import { type Place, subshell } from './walk.ts';

const shells = /(^|\/)(sh|bash|ash|dash|ksh|zsh)$/;

const walkInside = (nested: NestedText, inside: Place, place: Place): void =>
  walkText({
    ...inside,
    text: nested.text,
    at: (index) => place.at(nested.offsets[index] ?? nested.offsets.at(-1) ?? 0),
  });

/** The text of a word as the inner shell gets it; undefined when the outer shell makes it up. */
const literalText = (word: Word, { text }: Place): NestedText | undefined => {
  const [only, more] = word.parts ?? [];
  if (!only) return /[\\*?[~{$`]/.test(word.text) ? undefined : unescaped(text, word.pos, word.end, '');
  if (more) return undefined;
  if (only.type === 'SingleQuoted') return unescaped(text, only.pos + 1, only.end - 1, '');
  if (only.type !== 'DoubleQuoted' || only.parts.some(({ type }) => type !== 'Literal')) return undefined;
  return unescaped(text, only.pos + 1, only.end - 1, '"$`\\');
};

/** The word behind `-c`, also in `-ec` or behind `-o pipefail`; undefined when the shell gets its script elsewhere. */
const scriptWord = (args: readonly Word[]): Word | undefined => {
  for (let index = 0; index < args.length; index++) {
    const value = args[index]?.value ?? '';
    if (!/^[-+]/.test(value)) return undefined;
    if (/^-\w*c\w*$/.test(value)) return args[/^-\w*o/.test(value) ? index + 2 : index + 1];
    if (/^[-+]\w*[oO]$/.test(value)) index++;
  }
  return undefined;
};

/** True when the shell was given nothing to run but its standard input. */
const readsInput = (args: readonly Word[]): boolean =>
  args.every(({ value }, index) => /^[-+]/.test(value) || /^[-+]\w*o$/.test(args[index - 1]?.value ?? ''));

/** The outer shell fills variables in before the inner one runs: the same only while the body does not set them. */
const setsWhatItUses = (body: string): boolean =>
  [...body.matchAll(/\$\{?(\w+)/g)].some(([, name]) =>
    new RegExp(`(^|[\\s;(&|])${name}\\+?=|(for|read)\\s+${name}\\b`).test(body),
  );

const walkHeredoc = ({ body, delimiter }: HereDoc, place: Place): void => {
  const isQuoted = delimiter?.quoted ?? false;
  if (!isQuoted && (/\\[$`\\]/.test(body.text) || setsWhatItUses(body.text))) place.into.complete = false;
  walkInside(unescaped(place.text, body.pos, body.end, ''), subshell(place), place);
};

const walkWord = (word: Word | undefined, inside: Place, place: Place): void => {
  const nested = word && literalText(word, place);
  if (nested) walkInside(nested, inside, place);
  else place.into.complete = false;
};

/** The scripts that a command hands to a shell: `sh -c '…'`, `eval '…'`, `bash <<EOF`. */
export const nestedScripts = (command: Command, place: Place): void => {
  const name = command.name?.value ?? '';
  const words = command.args.filter((arg): arg is Word => arg.type === 'Word');
  const isExec = name === 'exec' || name === 'busybox';
  const program = isExec ? (words[0]?.value ?? '') : name;
  const args = isExec ? words.slice(1) : words;
  if (program === 'eval') {
    if (args.length === 1) walkWord(args[0], { ...place, last: false }, place);
    else if (args.length > 1) place.into.complete = false;
    return;
  }
  if (!shells.test(program)) return;
  const script = scriptWord(args);
  if (script) {
    walkWord(script, { ...subshell(place), last: place.last }, place);
    return;
  }
  if (args.some(({ value }) => /^-\w*c\w*$/.test(value)) && readsInput(args)) place.into.complete = false;
  if (!readsInput(args)) return;
  for (const redirect of command.redirects) if (redirect.type === 'HereDoc') walkHeredoc(redirect, place);
};

import type { Dockerfile, Form, RunInstruction, Script, SourceText, Word } from '../dockerfile/model.ts';
import type { ShellScript, ShellWord } from './model.ts';
import { jsonDecoded } from './nested-text.ts';
import { walkText } from './script.ts';
import { walkStatements } from './statements.ts';
import type { Collected, Place } from './walk.ts';

const collect = (source: SourceText, text: string, at: Place['at']): ShellScript => {
  const into: Collected = { source, commands: [], complete: true, walk: walkStatements };
  walkText({ into, text, at, scope: { path: [], children: 0 }, runs: 'always', last: true, depth: 0 });
  return { commands: into.commands, complete: into.complete };
};

/** Every simple command of a shell text; never throws. A text that is no shell script has no commands and is incomplete. */
export const commandsOf = (script: Script, source: SourceText): ShellScript => {
  const shebang = /^#!\s*(\S+(?:[ \t]+\S+)?)/.exec(script.text)?.[1];
  if (shebang && !/\b(sh|bash|ash|dash)\b/.test(shebang)) return { commands: [], complete: false };
  return collect(source, script.text, (index) => script.start + index);
};

/** Exec form has no shell, so what a shell would expand is put in quotes. */
const execWord = ({ raw, range }: Word, source: SourceText): ShellWord => ({
  raw: /^[\w@%+=:,./-]+$/.test(raw) ? raw : `'${raw.replaceAll("'", "'\\''")}'`,
  range,
  offset: source.offset(range.start),
});

const execScript = (words: readonly Word[]): Word | undefined => {
  if (!/(^|\/)(sh|bash|ash|dash)$/.test(words[0]?.raw ?? '')) return undefined;
  const flag = words.findIndex(({ raw }, index) => index > 0 && /^-\w*c$/.test(raw));
  return flag > 0 && words.slice(1, flag).every(({ raw }) => /^-|^pipefail$/.test(raw)) ? words[flag + 1] : undefined;
};

const execCommands = (words: readonly Word[], range: Form['range'], source: SourceText): ShellScript => {
  const script = execScript(words);
  if (!script) {
    const command = { assignments: [], words: words.map((word) => execWord(word, source)), redirects: [], range };
    return { commands: words.length > 0 ? [{ ...command, runs: 'always', scope: [] }] : [], complete: true };
  }
  const start = source.offset(script.range.start);
  const decoded = jsonDecoded(source.slice(script.range), script.raw);
  return collect(source, script.raw, (index) => start + (decoded?.offsets[index] ?? 0));
};

/** The commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK; for `["sh", "-c", "…"]` those of the inner script. */
export const commandsOfForm = (form: Form, dockerfile: Dockerfile): ShellScript =>
  form.kind === 'exec'
    ? execCommands(form.words, form.range, dockerfile.source)
    : commandsOf(form.script, dockerfile.source);

const readCommands = (run: RunInstruction, dockerfile: Dockerfile): ShellScript => {
  const { form, heredocs } = run;
  const last = heredocs.at(-1)?.body;
  if (form.kind === 'exec' || !last || form.script === heredocs[0]?.body) return commandsOfForm(form, dockerfile);
  const { content } = dockerfile.source;
  const { text, start } = form.script;
  const behind = content.slice(start + text.length, dockerfile.source.offset(run.range.end));
  return commandsOf({ start, text: text + behind.replaceAll('\r', ' ') }, dockerfile.source);
};

/** Instructions never change, so that each script is read once. */
const scripts = new WeakMap<RunInstruction, ShellScript>();

/** The commands of a RUN, with the heredocs that its command hands to a shell. */
export const commandsOfRun = (run: RunInstruction, dockerfile: Dockerfile): ShellScript => {
  const script = scripts.get(run) ?? readCommands(run, dockerfile);
  scripts.set(run, script);
  return script;
};

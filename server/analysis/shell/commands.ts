import type { Dockerfile, Form, RunInstruction, Script, SourceText, Word } from '../dockerfile/model.ts';
import { once } from '../once.ts';
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
  const start = source.offset(script.start);
  return collect(source, script.text, (index) => start + index);
};

/** Exec form has no shell, so what a shell would expand is put in quotes. */
const execWord = ({ raw, range }: Word): ShellWord => ({
  raw: /^[\w@%+=:,./-]+$/.test(raw) ? raw : `'${raw.replaceAll("'", "'\\''")}'`,
  range,
});

const execScript = (words: readonly Word[]): Word | undefined => {
  if (!/(^|\/)(sh|bash|ash|dash)$/.test(words[0]?.raw ?? '')) return undefined;
  const flag = words.findIndex(({ raw }, index) => index > 0 && /^-\w*c$/.test(raw));
  return flag > 0 && words.slice(1, flag).every(({ raw }) => /^-|^pipefail$/.test(raw)) ? words[flag + 1] : undefined;
};

const execCommands = (words: readonly Word[], range: Form['range'], source: SourceText): ShellScript => {
  const script = execScript(words);
  if (!script) {
    const command = { assignments: [], words: words.map((word) => execWord(word)), redirects: [], range };
    return { commands: words.length > 0 ? [{ ...command, runs: 'always', scope: [] }] : [], complete: true };
  }
  const start = source.offset(script.range.start);
  const decoded = jsonDecoded(source.slice(script.range), script.raw);
  return collect(source, script.raw, (index) => start + (decoded?.offsets[index] ?? 0));
};

/** Texts that follow each other share most of their instructions. */
const formScripts = new WeakMap<Form, ShellScript>();

/** The commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK; for `["sh", "-c", "…"]` those of the inner script. */
export const commandsOfForm = (form: Form, { source }: Dockerfile): ShellScript =>
  once(formScripts, form, () =>
    form.kind === 'exec' ? execCommands(form.words, form.range, source) : commandsOf(form.script, source),
  );

const readRun = (run: RunInstruction, dockerfile: Dockerfile): ShellScript => {
  const { form, heredocs } = run;
  const last = heredocs.at(-1)?.body;
  if (form.kind === 'exec' || !last || form.script === heredocs[0]?.body) return commandsOfForm(form, dockerfile);
  const { source } = dockerfile;
  const { text, start } = form.script;
  const behind = source.content.slice(source.offset(start) + text.length, source.offset(run.range.end));
  return commandsOf({ start, text: text + behind.replaceAll('\r', ' ') }, source);
};

const runScripts = new WeakMap<RunInstruction, ShellScript>();

/** The commands of a RUN, with the heredocs that its command hands to a shell. */
export const commandsOfRun = (run: RunInstruction, dockerfile: Dockerfile): ShellScript =>
  once(runScripts, run, () => readRun(run, dockerfile));

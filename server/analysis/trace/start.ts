import type { Dockerfile, Form, Instruction } from '../dockerfile/model.ts';
import { commandsOfForm } from '../shell/commands.ts';
import { literal } from '../shell/expand.ts';
import type { Start } from './model.ts';
import { basename } from './paths.ts';

const isPosixShell = (name: string | undefined): boolean => /^(sh|bash|ash|dash)$/.test(basename(name ?? ''));

/** The words of a shell form that is one plain command (`./app --port 80`, `exec ./app`); undefined for anything more. */
const plainCommand = (form: Form, dockerfile: Dockerfile): readonly string[] | undefined => {
  const { commands, complete } = commandsOfForm(form, dockerfile);
  const plain = commands.filter(({ words }) => !isPosixShell(words[0]?.raw));
  const [only] = plain;
  if (!complete || plain.length !== 1 || !only || only.assignments.length > 0 || only.redirects.length > 0) {
    return undefined;
  }
  const words = only.words.map(literal);
  const [program] = words;
  if (program === undefined) return undefined;
  const rest = words.map((word) => word ?? '');
  return program === 'exec' ? rest.slice(1) : rest;
};

const formOf = (instruction: Instruction | undefined): Form | undefined =>
  instruction?.keyword === 'CMD' || instruction?.keyword === 'ENTRYPOINT' ? instruction.form : undefined;

/** What a container starts: ENTRYPOINT, else CMD. An empty ENTRYPOINT gives way to CMD. */
export const startOf = (
  entrypoint: Instruction | undefined,
  cmd: Instruction | undefined,
  dockerfile: Dockerfile,
): Start | undefined => {
  for (const instruction of [entrypoint, cmd]) {
    const form = formOf(instruction);
    if (!instruction || !form || (form.kind === 'exec' && form.words.length === 0)) continue;
    const direct = form.kind === 'exec' && !isPosixShell(form.words[0]?.raw);
    const words = direct ? form.words.map(({ raw }) => raw) : plainCommand(form, dockerfile);
    return { instruction, direct, words };
  }
  return undefined;
};

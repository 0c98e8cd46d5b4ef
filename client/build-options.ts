import { type Memento, Uri, window } from 'vscode';
import type { BuildOptions, BuildQuestion, BuildSecret } from '../server/protocol.ts';

/** The options of each Dockerfile, as they were chosen. The content of a secret is never among them. */
export interface RememberedOptions {
  readonly of: (uri: string) => BuildOptions;
  readonly set: (uri: string, options: BuildOptions) => Thenable<void>;
}

export const rememberOptions = (state: Memento): RememberedOptions => ({
  of: (uri) => state.get<BuildOptions>(`options:${uri}`, {}),
  set: (uri, options) => state.update(`options:${uri}`, options),
});

/** Asks what a file needs; undefined when the user gave up. An empty answer is one: it is not asked again. */
export async function answer(
  questions: readonly BuildQuestion[],
  options: BuildOptions,
): Promise<BuildOptions | undefined> {
  let answered = options;
  for (const [index, question] of questions.entries()) {
    const step = questions.length > 1 ? ` (${index + 1}/${questions.length})` : '';
    const next = await asked[question.kind](question, answered, `Build & measure${step}`);
    if (!next) return undefined;
    const done = [...(next.answered ?? []), `${question.kind}:${question.name}`];
    answered = { ...next, answered: [...new Set(done)] };
  }
  return answered;
}

type Ask = (question: BuildQuestion, options: BuildOptions, title: string) => Promise<BuildOptions | undefined>;

const asked: Readonly<Record<BuildQuestion['kind'], Ask>> = { arg: askArg, secret: askSecret, ssh: askSsh };

/** The value of a build argument; an empty one is not handed in. */
export async function askArg({ name }: Pick<BuildQuestion, 'name'>, options: BuildOptions, title: string) {
  const value = await window.showInputBox({
    title,
    prompt: `Value of the build argument ${name}. Empty: none.`,
    value: options.buildArgs?.[name] ?? '',
    ignoreFocusOut: true,
  });
  if (value === undefined) return undefined;
  const { [name]: _, ...others } = options.buildArgs ?? {};
  return { ...options, buildArgs: value === '' ? others : { ...others, [name]: value } };
}

/** Where a secret comes from: what is kept is the file's path or the variable's name. */
export async function askSecret(
  { name, required }: Pick<BuildQuestion, 'name' | 'required'>,
  options: BuildOptions,
  title: string,
): Promise<BuildOptions | undefined> {
  const [file, variable, none] = ['A File…', 'An Environment Variable…', 'None'];
  const placeHolder = `Where does the secret ${name} come from?${required ? ' The build fails without it.' : ''}`;
  const choice = await window.showQuickPick([file, variable, none], { title, placeHolder, ignoreFocusOut: true });
  if (choice === undefined) return undefined;
  const others = (options.secrets ?? []).filter(({ id }) => id !== name);
  if (choice === none) return { ...options, secrets: others };
  const secret = choice === file ? await pickSecretFile(name) : await nameVariable(name, title);
  return secret && { ...options, secrets: [...others, secret] };
}

async function pickSecretFile(id: string): Promise<BuildSecret | undefined> {
  const [picked] = (await window.showOpenDialog({ title: `Secret ${id}`, openLabel: 'Use as Secret' })) ?? [];
  return picked instanceof Uri ? { id, file: picked.fsPath } : undefined;
}

async function nameVariable(id: string, title: string): Promise<BuildSecret | undefined> {
  const prompt = `Name of the environment variable that holds the secret ${id}`;
  const validateInput = (text: string): string | undefined =>
    /^\w+$/.test(text) ? undefined : 'The name of a variable';
  const env = await window.showInputBox({ title, prompt, validateInput, ignoreFocusOut: true });
  return env ? { id, env } : undefined;
}

async function askSsh(
  { name }: BuildQuestion,
  options: BuildOptions,
  title: string,
): Promise<BuildOptions | undefined> {
  const [use, none] = ['The SSH Agent', 'None'];
  const placeHolder = `A step asks for the SSH agent "${name}". Which one is handed in?`;
  const choice = await window.showQuickPick([use, none], { title, placeHolder, ignoreFocusOut: true });
  if (choice === undefined) return undefined;
  const others = (options.ssh ?? []).filter((agent) => agent.split('=', 1)[0] !== name);
  return { ...options, ssh: choice === use ? [...others, name] : others };
}

import { type QuickPickItem, type Uri, window, workspace } from 'vscode';
import { type BuildChoices, type BuildOptions, serverCommands } from '../server/protocol.ts';
import { askArg, askSecret, type RememberedOptions } from './build-options.ts';
import type { ServerConnection } from './language-client.ts';

type Edited = Promise<BuildOptions | undefined>;

/** One thing that can be chosen, with what is chosen now. */
interface Choice extends QuickPickItem {
  readonly edit: (options: BuildOptions) => Edited;
}

const title = 'Build Options';

/** Everything that was chosen for the builds of a file, in one list; until Escape. */
export async function editBuildOptions(
  server: ServerConnection,
  uri: Uri,
  remembered: RememberedOptions,
): Promise<void> {
  const client = await server.client();
  const choices = await client.sendRequest<BuildChoices>('workspace/executeCommand', {
    command: serverCommands.buildChoices,
    arguments: [{ uri: uri.toString() }],
  });
  for (;;) {
    const options = remembered.of(uri.toString());
    const placeHolder = `How ${workspace.asRelativePath(uri)} is built`;
    const chosen = await window.showQuickPick(itemsOf(choices, options), { title, placeHolder });
    if (!chosen) return;
    const edited = await chosen.edit(options);
    if (edited) await remembered.set(uri.toString(), edited);
  }
}

const itemsOf = (choices: BuildChoices, options: BuildOptions): readonly Choice[] => [
  ...choices.ready.map(({ name, options: theirs }) => ({
    label: `As ${name}`,
    description: [theirs.target, theirs.platform, ...Object.keys(theirs.buildArgs ?? {})].filter(Boolean).join(', '),
    // Secrets, agents and tags are not of those files.
    edit: async ({ target: _target, platform: _platform, ...now }: BuildOptions): Edited => ({ ...now, ...theirs }),
  })),
  {
    label: 'Target Stage',
    description: options.target ?? 'the last one',
    edit: (now) => pickTarget(choices.targets, now),
  },
  {
    label: 'Platform',
    description: options.platform ?? "the engine's own",
    edit: (now) => pickPlatform(now),
  },
  ...argNames(choices, options).map(({ name, value }) => ({
    label: `Build Argument ${name}`,
    description: options.buildArgs?.[name] ?? (value === undefined ? 'none' : `${value} (default)`),
    edit: (now: BuildOptions): Edited => askArg({ name }, now, title),
  })),
  ...secretNames(choices, options).map((name) => ({
    label: `Secret ${name}`,
    description: secretText(options, name),
    edit: (now: BuildOptions): Edited => askSecret({ name, required: false }, now, title),
  })),
  {
    label: 'SSH Agents',
    description: options.ssh?.join(', ') || 'none',
    edit: (now) => inputList('ssh', 'Agents to hand in, such as default or work=/home/me/.ssh/id_ed25519', now),
  },
  {
    label: 'Named Contexts',
    description: contextText(options) || 'none',
    edit: (now) => inputContexts(now),
  },
  {
    label: 'Tags from Git',
    description: options.gitTags ?? 'none',
    detail: 'Also names the image after the tag and the commit that are checked out: v1.4.0, v1.4, sha-…, latest.',
    edit: (now) => inputGitTags(now),
  },
  { label: 'Forget All', description: 'and ask again', edit: async () => ({}) },
];

const argNames = ({ args }: BuildChoices, { buildArgs = {} }: BuildOptions): BuildChoices['args'] => [
  ...args,
  ...Object.keys(buildArgs)
    .filter((name) => !args.some((arg) => arg.name === name))
    .map((name) => ({ name, value: undefined })),
];

const secretNames = ({ secrets }: BuildChoices, options: BuildOptions): readonly string[] => [
  ...new Set([...secrets, ...(options.secrets ?? []).map(({ id }) => id)]),
];

function secretText({ secrets = [] }: BuildOptions, name: string): string {
  const secret = secrets.find(({ id }) => id === name);
  return secret?.file ?? (secret?.env === undefined ? 'none' : `$${secret.env}`);
}

const contextText = ({ contexts = {} }: BuildOptions): string =>
  Object.entries(contexts)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');

async function pickTarget(targets: readonly string[], options: BuildOptions): Edited {
  const last = { label: 'The last one' };
  const chosen = await window.showQuickPick([last, ...targets.map((label) => ({ label }))], { title });
  return chosen && without(options, 'target', chosen === last ? undefined : chosen.label);
}

async function pickPlatform(options: BuildOptions): Edited {
  const own = { label: "The engine's own" };
  const usual = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'].map((label) => ({ label }));
  const several = { label: 'Several…', detail: 'One image for each: built one after the other, each with its size.' };
  const chosen = await window.showQuickPick([own, ...usual, several], { title });
  if (chosen === several) return inputPlatforms(options);
  return chosen && without(options, 'platform', chosen === own ? undefined : chosen.label);
}

async function inputPlatforms(options: BuildOptions): Edited {
  const prompt = 'Platforms, such as linux/amd64,linux/arm64';
  const text = await window.showInputBox({ title, prompt, value: options.platform ?? 'linux/amd64,linux/arm64' });
  return text === undefined ? undefined : without(options, 'platform', text.trim() || undefined);
}

async function inputList(key: 'ssh', prompt: string, options: BuildOptions): Edited {
  const text = await window.showInputBox({ title, prompt, value: options[key]?.join(', ') ?? '' });
  return text === undefined ? undefined : { ...options, [key]: text.split(/\s*,\s*/).filter(Boolean) };
}

async function inputContexts(options: BuildOptions): Edited {
  const prompt = 'Named contexts, such as assets=../assets, base=docker-image://alpine:3.23';
  const text = await window.showInputBox({ title, prompt, value: contextText(options) });
  if (text === undefined) return undefined;
  const pairs = text.split(/\s*,\s*/).flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
  });
  return { ...options, contexts: Object.fromEntries(pairs) };
}

async function inputGitTags(options: BuildOptions): Edited {
  const prompt = 'Name of the image, such as ghcr.io/acme/app. Empty: no tags from Git.';
  const text = await window.showInputBox({ title, prompt, value: options.gitTags ?? '' });
  return text === undefined ? undefined : without(options, 'gitTags', text.trim() || undefined);
}

function without<K extends 'target' | 'platform' | 'gitTags'>(
  options: BuildOptions,
  key: K,
  value: string | undefined,
): BuildOptions {
  const { [key]: _, ...others } = options;
  return value === undefined ? others : { ...others, [key]: value };
}

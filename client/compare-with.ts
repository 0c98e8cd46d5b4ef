import { type QuickPickItem, type Uri, window, workspace } from 'vscode';
import { type BuildChoices, type BuildRequest, type Comparand, serverCommands } from '../server/protocol.ts';
import { type BuildRoom, rememberedContext } from './run-build.ts';

interface Choice extends QuickPickItem {
  readonly comparand: () => Promise<Comparand | undefined>;
}

const dockerfiles = '**/{[dD]ockerfile,[dD]ockerfile.*,*.[dD]ockerfile,[cC]ontainerfile}';
const mostDockerfiles = 50;

/** Asks what the image of a Dockerfile is compared with: a stage of it, another Dockerfile, an image. Undefined after Escape. */
export async function askForComparand(room: BuildRoom, uri: Uri): Promise<Comparand | undefined> {
  const [targets, others] = await Promise.all([targetsOf(room, uri), otherDockerfiles(uri)]);
  const choices: readonly Choice[] = [
    ...targets.map((target) => ofTarget(room, uri, target)),
    ...others.map((other) => ofDockerfile(room, other)),
    { label: 'Another Image…', description: 'that the container engine has', comparand: askForImage },
  ];
  const placeHolder = 'A stage and another Dockerfile are built first.';
  const chosen = await window.showQuickPick(choices, { title, placeHolder, matchOnDescription: true });
  return chosen?.comparand();
}

const title = 'Compare the Image with';

async function targetsOf({ server }: BuildRoom, uri: Uri): Promise<readonly string[]> {
  const client = await server.client();
  const params = { command: serverCommands.buildChoices, arguments: [{ uri: uri.toString() }] };
  return (await client.sendRequest<BuildChoices>('workspace/executeCommand', params)).targets;
}

async function otherDockerfiles(uri: Uri): Promise<readonly Uri[]> {
  const found = await workspace.findFiles(dockerfiles, '**/{node_modules,vendor}/**', mostDockerfiles);
  return found.filter((other) => other.toString() !== uri.toString()).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function ofTarget(room: BuildRoom, uri: Uri, target: string): Choice {
  const build = buildOf(room, uri);
  const name = `stage ${target}`;
  const comparand: Comparand = { build: { ...build, options: { ...build.options, target } }, name };
  return { label: `Stage ${target}`, description: 'of this Dockerfile', comparand: async () => comparand };
}

function ofDockerfile(room: BuildRoom, uri: Uri): Choice {
  const name = workspace.asRelativePath(uri);
  return { label: name, comparand: async () => ({ build: buildOf(room, uri), name }) };
}

/** As its own lens would build it. */
function buildOf({ state, options }: BuildRoom, uri: Uri): BuildRequest {
  const context = rememberedContext(state, uri);
  return { uri: uri.toString(), options: options.of(uri.toString()), ...(context === undefined ? {} : { context }) };
}

async function askForImage(): Promise<Comparand | undefined> {
  const image = await window.showInputBox({
    title,
    prompt: 'An image that the container engine has, such as the base image or an earlier release.',
    placeHolder: 'gcr.io/distroless/static-debian13:nonroot',
    validateInput: (name) =>
      /^[\w][\w./:@-]*$/.test(name) ? undefined : 'The name of an image has letters, digits and . / : @ -',
  });
  return image ? { image } : undefined;
}

import { commands, Disposable, Range, Uri, window, workspace } from 'vscode';
import { type BuildOutcome, clientCommands, serverCommands } from '../server/protocol.ts';
import { editBuildOptions } from './edit-build-options.ts';
import { type BuildRoom, forgetContext, runBuild } from './run-build.ts';

/** Registers build, cancel, show log and edit options. Each takes a Uri or the text of one; without, it means the active Dockerfile. */
export function registerBuildCommands(room: BuildRoom): Disposable {
  const { view } = room;
  const build = async (target?: unknown): Promise<BuildOutcome | undefined> => {
    const uri = dockerfileOf(target);
    if (!uri || !(await mayBuild())) return undefined;
    if (view.stateOf(uri.toString())?.kind === 'running' && !(await goOn(room, uri))) return undefined;
    const ended = await runBuild(room, uri);
    // Not awaited: whoever started the build is not held up until the message is read.
    if (ended?.outcome.kind === 'failed') void showFailure(room, uri, ended.outcome, ended.contextChosen);
    return ended?.outcome;
  };
  const edit = async (target?: unknown): Promise<void> => {
    const uri = dockerfileOf(target);
    if (uri) await editBuildOptions(room.server, uri, room.options);
  };
  return Disposable.from(
    commands.registerCommand(clientCommands.build, build),
    commands.registerCommand(clientCommands.cancelBuild, (target?: unknown) => cancel(room, target)),
    commands.registerCommand(clientCommands.editBuildOptions, edit),
    commands.registerCommand(clientCommands.showLog, (target?: unknown) =>
      view.log.show(dockerfileOf(target)?.toString()),
    ),
  );
}

/** Asks what a second click means; true to build anew once the running build has ended. */
async function goOn({ server, view }: BuildRoom, uri: Uri): Promise<boolean> {
  const [log, stop, restart] = ['Show Log', 'Cancel the Build', 'Cancel and Build Again'];
  const placeHolder = 'This Dockerfile is being built.';
  const choice = await window.showQuickPick([log, stop, restart], { placeHolder });
  if (choice === log) view.log.show(uri.toString());
  if (choice !== stop && choice !== restart) return false;
  const ended = view.ended(uri.toString());
  await requestCancel(server, uri.toString());
  if (choice === stop) return false;
  await ended;
  return true;
}

async function cancel({ server, view }: BuildRoom, target: unknown): Promise<void> {
  const asked = dockerfileOf(target)?.toString();
  const isRunning = asked !== undefined && view.stateOf(asked)?.kind === 'running';
  // From the palette, with another file in front: whatever is being built.
  await requestCancel(server, target !== undefined || isRunning ? asked : undefined);
}

async function requestCancel(server: BuildRoom['server'], uri: string | undefined): Promise<void> {
  const client = await server.client();
  await client.sendRequest('workspace/executeCommand', { command: serverCommands.cancelBuild, arguments: [{ uri }] });
}

/** Commands come from lenses (text), menus (Uri) and the palette (nothing). */
export function dockerfileOf(target: unknown): Uri | undefined {
  if (target instanceof Uri) return target;
  if (typeof target === 'string') return Uri.parse(target);
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'dockerfile' ? document.uri : undefined;
}

/** A command can be called although no menu shows it. */
export async function mayBuild(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Trust';
  const message = 'Building runs the steps of the Dockerfile, so it needs a trusted workspace.';
  const shown = window.showWarningMessage(message, manage);
  void shown.then((choice) => choice === manage && commands.executeCommand('workbench.trust.manage'));
  return false;
}

async function showFailure(
  { view, state }: BuildRoom,
  uri: Uri,
  { reason, line, values }: BuildOutcome & { kind: 'failed' },
  contextChosen: boolean,
): Promise<void> {
  // What failed before the engine said a word has no log.
  if (values) view.log.show(uri.toString());
  const [showLog, goToLine, otherFolder] = ['Show Log', 'Go to Line', 'Other Build Context'];
  const actions = [showLog, ...(line === undefined ? [] : [goToLine]), ...(contextChosen ? [otherFolder] : [])];
  const choice = await window.showErrorMessage(reason, ...actions);
  if (choice === showLog) view.log.show(uri.toString());
  if (choice === otherFolder) {
    await forgetContext(state, uri);
    await commands.executeCommand(clientCommands.build, uri);
  }
  if (choice !== goToLine || line === undefined) return;
  await window.showTextDocument(uri, { selection: new Range(line, 0, line, 0) });
}

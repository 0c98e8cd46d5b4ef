import path from 'node:path';
import { commands, Disposable, type ExtensionContext, Range, Uri, window, workspace } from 'vscode';
import { type BuildOutcome, clientCommands, serverCommands } from '../server/protocol.ts';
import { requestBuild } from './build-request.ts';
import type { BuildView } from './build-view.ts';
import type { ServerConnection } from './language-client.ts';

/** Registers build, cancel and show log. Each takes a Uri or the text of one; without, it means the active Dockerfile. */
export function registerBuildCommands(
  { workspaceState }: ExtensionContext,
  server: ServerConnection,
  view: BuildView,
): Disposable {
  const build = async (target?: unknown): Promise<BuildOutcome | undefined> => {
    const uri = uriOf(target);
    if (!uri || !(await mayBuild())) return undefined;
    if (view.stateOf(uri.toString())?.kind === 'running') {
      view.log.show(uri.toString());
      return undefined;
    }
    await saveIfDirty(uri);
    view.log.clear(uri.toString());
    let outcome = await requestBuild(server, view, uri, undefined);
    let askAgain: (() => Promise<unknown>) | undefined;
    if (outcome.kind === 'choose-context') {
      const remembered = `context:${uri.toString()}`;
      // An answer of before counts as long as the folder still fits.
      const before = outcome.candidates.find((folder) => folder === workspaceState.get(remembered));
      askAgain = async () => {
        await workspaceState.update(remembered, undefined);
        await build(uri);
      };
      const context = before ?? (await pickContext(outcome.candidates));
      if (context === undefined) return undefined;
      await workspaceState.update(remembered, context);
      outcome = await requestBuild(server, view, uri, context);
    }
    // Not awaited: whoever started the build is not held up until the message is read.
    if (outcome.kind === 'failed') void showFailure(view, uri, outcome, askAgain);
    return outcome;
  };
  const cancel = async (target?: unknown): Promise<void> => {
    const client = await server.client();
    const asked = uriOf(target)?.toString();
    const isRunning = asked !== undefined && view.stateOf(asked)?.kind === 'running';
    // From the palette, with another file in front: whatever is being built.
    const uri = target !== undefined || isRunning ? asked : undefined;
    await client.sendRequest('workspace/executeCommand', {
      command: serverCommands.cancelBuild,
      arguments: [{ uri }],
    });
  };
  return Disposable.from(
    commands.registerCommand(clientCommands.build, build),
    commands.registerCommand(clientCommands.cancelBuild, cancel),
    commands.registerCommand(clientCommands.showLog, (target?: unknown) => view.log.show(uriOf(target)?.toString())),
  );
}

/** Commands come from lenses (text), menus (Uri) and the palette (nothing). */
function uriOf(target: unknown): Uri | undefined {
  if (target instanceof Uri) return target;
  if (typeof target === 'string') return Uri.parse(target);
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'dockerfile' ? document.uri : undefined;
}

/** A command can be called although no menu shows it. */
async function mayBuild(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Trust';
  const message = 'Building runs the steps of the Dockerfile, so it needs a trusted workspace.';
  const shown = window.showWarningMessage(message, manage);
  void shown.then((choice) => choice === manage && commands.executeCommand('workbench.trust.manage'));
  return false;
}

/** The engine reads the file on disk. */
async function saveIfDirty(uri: Uri): Promise<void> {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document?.isDirty) await document.save();
}

async function pickContext(candidates: readonly string[]): Promise<string | undefined> {
  const items = candidates.map((folder) => ({
    label: workspace.asRelativePath(folder, true) || path.basename(folder),
    description: folder,
    folder,
  }));
  const title = 'Build & measure: build context';
  const placeHolder = 'The sources of COPY exist in more than one folder. Which one is the build context?';
  return (await window.showQuickPick(items, { title, placeHolder }))?.folder;
}

async function showFailure(
  view: BuildView,
  uri: Uri,
  { reason, line }: BuildOutcome & { kind: 'failed' },
  askAgain: (() => Promise<unknown>) | undefined,
): Promise<void> {
  view.log.show(uri.toString());
  const [showLog, goToLine, otherFolder] = ['Show Log', 'Go to Line', 'Other Build Context'];
  const actions = [showLog, ...(line === undefined ? [] : [goToLine]), ...(askAgain ? [otherFolder] : [])];
  const choice = await window.showErrorMessage(reason, ...actions);
  if (choice === otherFolder) await askAgain?.();
  if (choice === showLog) view.log.show(uri.toString());
  if (choice !== goToLine || line === undefined) return;
  await window.showTextDocument(uri, { selection: new Range(line, 0, line, 0) });
}

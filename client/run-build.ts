import path from 'node:path';
import { type Memento, type Uri, window, workspace } from 'vscode';
import type { BuildOptions, BuildOutcome } from '../server/protocol.ts';
import { answer, type RememberedOptions } from './build-options.ts';
import { requestBuild } from './build-request.ts';
import type { BuildView } from './build-view.ts';
import type { ServerConnection } from './language-client.ts';

/** What a build of the VS Code half needs. */
export interface BuildRoom {
  readonly server: ServerConnection;
  readonly view: BuildView;
  readonly state: Memento;
  readonly options: RememberedOptions;
}

/** Given by a task; what it says is not asked. */
export interface FixedBuild {
  readonly context?: string;
  readonly options?: BuildOptions;
}

/** How a build ended, and whether the user chose its context among several folders. */
export interface EndedBuild {
  readonly outcome: BuildOutcome;
  readonly contextChosen: boolean;
}

/** Saves, builds, and asks what has to be asked, which is remembered; undefined when the user gave up. */
export async function runBuild(room: BuildRoom, uri: Uri, fixed: FixedBuild = {}): Promise<EndedBuild | undefined> {
  const { server, view, state, options } = room;
  const key = uri.toString();
  if (!(await saved(uri))) {
    const reason = `${workspace.asRelativePath(uri)} could not be saved, so nothing was built: what lies on disk is not what you see.`;
    return { outcome: { kind: 'failed', reason }, contextChosen: false };
  }
  view.log.clear(key);
  let context = fixed.context;
  let contextChosen = false;
  const optionsNow = (): BuildOptions => ({ ...options.of(key), ...fixed.options });
  // Each question is asked once, so this ends.
  for (;;) {
    const request = { uri: key, options: optionsNow(), ...(context === undefined ? {} : { context }) };
    const outcome = await requestBuild(server, view, request);
    if (outcome.kind === 'choose-context' && context === undefined) {
      context = await contextFor(state, key, outcome.candidates);
      if (context === undefined) return undefined;
      contextChosen = true;
    } else if (outcome.kind === 'choose-options') {
      const answered = await answer(outcome.questions, options.of(key));
      if (!answered) return undefined;
      await options.set(key, answered);
    } else {
      return { outcome, contextChosen };
    }
  }
}

const contextKey = (uri: string): string => `context:${uri}`;

/** The context that was chosen for this file before. */
export const rememberedContext = (state: Memento, uri: Uri): string | undefined =>
  state.get(contextKey(uri.toString()));

/** The context is asked for again. */
export const forgetContext = (state: Memento, uri: Uri): Thenable<void> =>
  state.update(contextKey(uri.toString()), undefined);

/** An answer of before counts as long as the folder still fits. */
async function contextFor(state: Memento, uri: string, candidates: readonly string[]): Promise<string | undefined> {
  const before = candidates.find((folder) => folder === state.get(contextKey(uri)));
  const context = before ?? (await pickContext(candidates));
  if (context !== undefined) await state.update(contextKey(uri), context);
  return context;
}

/** The engine reads the file on disk. Whether what lies there is what the editor shows. */
async function saved(uri: Uri): Promise<boolean> {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  return !document?.isDirty || (await document.save());
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

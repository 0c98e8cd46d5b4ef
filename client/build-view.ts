import { commands, Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import {
  type BuildLog,
  type BuildOutcome,
  type BuildState,
  clientCommands,
  notifications,
} from '../server/protocol.ts';
import { type BuildLogView, createBuildLogView } from './build-log.ts';
import type { ServerConnection } from './language-client.ts';

/** What the user sees of builds besides the code lens, which is the server's. */
export interface BuildView {
  readonly log: BuildLogView;
  /** The last state the server told of this Dockerfile. */
  readonly stateOf: (uri: string) => BuildState | undefined;
  /** The server ended in the middle of this build and will say nothing more of it. */
  readonly interrupted: (uri: string, outcome: BuildOutcome) => void;
  /** Resolves when the running build of this Dockerfile has ended; at once when none runs. */
  readonly ended: (uri: string) => Promise<void>;
  /** Calls back with every piece of a log; dispose to stop. */
  readonly onLog: (listener: (log: BuildLog) => void) => Disposable;
  /** Calls back with every state; dispose to stop. */
  readonly onState: (listener: (state: BuildState) => void) => Disposable;
  readonly dispose: () => void;
}

/** Follows the server's build notifications: log view, status bar item of the active Dockerfile, context keys. */
export function createBuildView(server: ServerConnection): BuildView {
  const states = new Map<string, BuildState>();
  const listeners = new Set<(state: BuildState) => void>();
  const logListeners = new Set<(log: BuildLog) => void>();
  const log = createBuildLogView();
  const item = window.createStatusBarItem('goDockerfile.size', StatusBarAlignment.Right, 100);
  item.name = 'Go Dockerfile: Image Size';
  const refresh = (): void => showState(item, states.get(window.activeTextEditor?.document.uri.toString() ?? ''));
  server.on<BuildLog>(notifications.buildLog, (piece) => {
    log.append(piece.uri, piece.text);
    for (const listener of logListeners) listener(piece);
  });
  const follow = (state: BuildState): void => {
    states.set(state.uri, state);
    const building = [...states.values()].some(({ kind }) => kind === 'running');
    void commands.executeCommand('setContext', 'goDockerfile.building', building);
    refresh();
    for (const listener of listeners) listener(state);
  };
  server.on<BuildState>(notifications.buildState, follow);
  const subscription = Disposable.from(log, item, window.onDidChangeActiveTextEditor(refresh));
  return {
    log,
    stateOf: (uri) => states.get(uri),
    interrupted: (uri, outcome) => {
      if (states.get(uri)?.kind !== 'running') return;
      const title = 'Build interrupted';
      follow({ uri, kind: 'done', outcome, title, tooltip: title });
    },
    ended: (uri) => (states.get(uri)?.kind === 'running' ? nextEnd(listeners, uri) : Promise.resolve()),
    onLog: (listener) => added(logListeners, listener),
    onState: (listener) => added(listeners, listener),
    dispose: () => subscription.dispose(),
  };
}

function added<T>(listeners: Set<T>, listener: T): Disposable {
  listeners.add(listener);
  return new Disposable(() => listeners.delete(listener));
}

const nextEnd = (listeners: Set<(state: BuildState) => void>, uri: string): Promise<void> =>
  new Promise((resolve) => {
    const subscription = added(listeners, (state: BuildState) => {
      if (state.uri !== uri || state.kind === 'running') return;
      subscription.dispose();
      resolve();
    });
  });

function showState(item: StatusBarItem, state: BuildState | undefined): void {
  if (!state) {
    item.hide();
    return;
  }
  const running = state.kind === 'running';
  item.text = running ? '$(sync~spin) Building image' : `$(package) ${withoutIcons(state.title)}`;
  item.tooltip = running ? state.step : state.tooltip;
  item.command = { title: 'Show Build Log', command: clientCommands.showLog, arguments: [state.uri] };
  item.show();
}

/** The lens's title may start with an icon of its own. */
const withoutIcons = (title: string): string => title.replaceAll(/\$\([\w~-]+\)\s*/g, '');

import { commands, EventEmitter, type Terminal, window } from 'vscode';

/** The output of builds, one text per Dockerfile, shown in one terminal-like view that keeps the engine's colours. */
export interface BuildLogView {
  /** Forgets the text of the Dockerfile's last build. */
  readonly clear: (uri: string) => void;
  /** Adds text with `\r\n` line ends and ANSI colours; never reveals the view. */
  readonly append: (uri: string, text: string) => void;
  /** Reveals the view with the text of this Dockerfile, or of the last build; the focus stays where it is. */
  readonly show: (uri: string | undefined) => void;
  readonly dispose: () => void;
}

/** Characters kept per Dockerfile: the end of a long log is what matters. */
const kept = 1_000_000;
const wipe = '\x1b[2J\x1b[3J\x1b[H';

/** The terminal is made when it is first shown, and again after the user closed it. */
export function createBuildLogView(): BuildLogView {
  const texts = new Map<string, string>();
  const output = new EventEmitter<string>();
  let terminal: Terminal | undefined;
  let shown: string | undefined;
  let last: string | undefined;
  const replay = (): void => output.fire(wipe + (texts.get(shown ?? '') ?? ''));
  const open = (): Terminal => {
    const pty = { onDidWrite: output.event, open: replay, close: () => undefined };
    return window.createTerminal({ name: 'Go Dockerfile', pty, isTransient: true });
  };
  const closed = window.onDidCloseTerminal((which) => {
    if (which === terminal) terminal = undefined;
  });
  return {
    clear: (uri) => {
      texts.set(uri, '');
      last = uri;
      if (uri === shown) replay();
    },
    append: (uri, text) => {
      if (!texts.size) void commands.executeCommand('setContext', 'goDockerfile.hasBuildLog', true);
      texts.set(uri, `${texts.get(uri) ?? ''}${text}`.slice(-kept));
      if (uri === shown) output.fire(text);
    },
    show: (uri) => {
      shown = uri !== undefined && texts.has(uri) ? uri : last;
      if (terminal) replay();
      terminal ??= open();
      terminal.show(true);
    },
    dispose: () => {
      closed.dispose();
      terminal?.dispose();
      output.dispose();
    },
  };
}

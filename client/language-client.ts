import { type ExtensionContext, type LogOutputChannel, type Memento, Uri, window, workspace } from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { type InitializationOptions, notifications } from '../server/protocol.ts';
import { keptBuilds } from './kept-builds.ts';
import { hasOtherDockerfileExtension, watchOtherExtensions } from './other-extensions.ts';

/** The one language server of the window. */
export interface ServerConnection {
  /** The running client; starts it when needed. Rejects when the server cannot start, after telling the user once. */
  readonly client: () => Promise<LanguageClient>;
  /** The client when it runs; starts nothing. */
  readonly running: () => LanguageClient | undefined;
  /** Calls `listener` for every notification `method` of this and any later server. */
  readonly on: <T>(method: string, listener: (params: T) => void) => void;
  readonly restart: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Starts nothing yet. Tells the server when trust is granted and when another Dockerfile extension comes or goes. */
export function createLanguageClient(context: ExtensionContext, log: LogOutputChannel): ServerConnection {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
  // The id is also the section of `goDockerfile.trace.server`.
  const client = new LanguageClient(
    'goDockerfile',
    'Go Dockerfile',
    serverOptions(module),
    clientOptions(log, context.workspaceState),
  );
  let started: Promise<void> | undefined;
  const start = (): Promise<void> => {
    started ??= client.start().catch((error: unknown) => {
      started = undefined;
      reportFailedStart(log, error);
      throw error;
    });
    return started;
  };
  const tell = (method: string, params: object): void => {
    if (client.isRunning()) void client.sendNotification(method, params);
  };
  context.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(() => tell(notifications.trust, { trusted: true })),
    watchOtherExtensions((active) => tell(notifications.otherDockerfileExtension, { active })),
  );
  return {
    client: async () => {
      await start();
      return client;
    },
    on: (method, listener) => void context.subscriptions.push(client.onNotification(method, listener)),
    running: () => (client.isRunning() ? client : undefined),
    restart: async () => {
      if (started) await client.restart();
      else await start();
    },
    dispose: async () => {
      if (started) await client.dispose();
    },
  };
}

const serverOptions = (module: string): ServerOptions => ({ module, transport: TransportKind.ipc });

/** Files on disk or in a virtual workspace, and new ones; not the old side of a diff, which nobody can mend. */
const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'] as const;

/** Findings about the Go project stand in its files as well, and are mended there. */
const projectFiles = [
  '**/{go.mod,go.work,.dockerignore,*.dockerignore,.go-dockerfile.json,.go-dockerfile.yaml,.go-dockerfile.yml}',
  '**/{compose,docker-compose}{,.*,-*}.{yaml,yml}',
];

function clientOptions(log: LogOutputChannel, state: Memento): LanguageClientOptions {
  return {
    documentSelector: schemes.flatMap((scheme) => [
      { language: 'dockerfile', scheme },
      ...projectFiles.map((pattern) => ({ pattern, scheme })),
    ]),
    outputChannel: log,
    // A function, so that a restarted server hears today's answers.
    initializationOptions: (): InitializationOptions => ({
      clientCommands: true,
      trusted: workspace.isTrusted,
      otherDockerfileExtension: hasOtherDockerfileExtension(),
      builds: keptBuilds(state),
    }),
    markdown: { isTrusted: false, supportHtml: false },
  };
}

function reportFailedStart(log: LogOutputChannel, error: unknown): void {
  log.error('The language server did not start.', String(error));
  const show = 'Show Log';
  void window.showErrorMessage('Go Dockerfile: the language server did not start.', show).then((choice) => {
    if (choice === show) log.show();
  });
}

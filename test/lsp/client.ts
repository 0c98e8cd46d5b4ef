import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionKind,
  type CodeLens,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type InlayHint,
  type MessageConnection,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type Rooms, startServer } from '../../server/lsp/server.ts';
import type { InitializationOptions } from '../../server/protocol.ts';

/** Everything VS Code can do, as far as the server asks. */
export const everything: ClientCapabilities = {
  textDocument: {
    diagnostic: { relatedInformation: true, codeDescriptionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  window: { workDoneProgress: true },
};

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly options?: InitializationOptions;
  /** Answer to `workspace/configuration`; changed by writing to it. */
  readonly settings?: { goDockerfile: object };
}

/** A language client that talks to a real server over a pair of streams. */
export interface TestClient {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  readonly open: (uri: string, text: string) => Promise<void>;
  /** Replaces the whole text, or one range of it. */
  readonly change: (uri: string, version: number, text: string, range?: Range) => Promise<void>;
  readonly pull: (uri: string, previousResultId?: string) => Promise<DocumentDiagnosticReport>;
  readonly diagnostics: (uri: string) => Promise<readonly Diagnostic[]>;
  readonly actions: (
    uri: string,
    range: Range,
    only?: readonly CodeActionKind[],
    diagnostics?: readonly Diagnostic[],
  ) => Promise<readonly CodeAction[]>;
  /** Titles in order. */
  readonly lenses: (uri: string) => Promise<readonly CodeLens[]>;
  readonly inlayHints: (uri: string, text: string) => Promise<InlayHint[]>;
  readonly execute: <T>(command: string, argument: object) => Promise<T>;
  /** Resolves with the next request or notification of the server with this method. */
  readonly next: <T>(method: string) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/** Starts server and client in this process and shakes hands. */
export async function startClient(rooms: Rooms, options: ClientOptions = {}): Promise<TestClient> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), rooms);
  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const waiting = new Map<string, ((params: unknown) => void)[]>();
  const arrived = (method: string, params: unknown): void => {
    for (const resolve of waiting.get(method)?.splice(0) ?? []) resolve(params);
  };
  connection.onRequest((method, params) => {
    arrived(method, params);
    return method === 'workspace/configuration' ? [options.settings?.goDockerfile ?? {}] : null;
  });
  connection.onNotification(arrived);
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: options.capabilities ?? everything,
    initializationOptions: options.options ?? { clientCommands: true },
  });
  await connection.sendNotification('initialized', {});
  const ask = <T>(method: string, params: object): Promise<T> => connection.sendRequest(method, params);
  const pull: TestClient['pull'] = (uri, previousResultId) =>
    ask('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  return {
    connection,
    initialized,
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      }),
    change: (uri, version, text, range) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text, ...(range && { range }) }],
      }),
    pull,
    diagnostics: async (uri) => {
      const report = await pull(uri);
      return report.kind === 'full' ? report.items : [];
    },
    actions: (uri, range, only, diagnostics = []) =>
      ask('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, ...(only && { only }) } }),
    lenses: (uri) => ask('textDocument/codeLens', { textDocument: { uri } }),
    inlayHints: (uri, text) => {
      const end = { line: text.split('\n').length, character: 0 };
      return ask('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end } });
    },
    execute: (command, argument) => ask('workspace/executeCommand', { command, arguments: [argument] }),
    next: (method) =>
      new Promise((resolve) => {
        waiting.set(method, [...(waiting.get(method) ?? []), (params) => resolve(params as never)]);
      }),
    stop: async () => {
      await connection.sendRequest('shutdown');
      connection.dispose();
    },
  };
}

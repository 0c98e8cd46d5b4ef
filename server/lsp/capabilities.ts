import {
  CodeActionKind,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { type InitializationOptions, type RememberedBuild, serverCommands } from '../protocol.ts';

/** The kind of the action that applies every safe fix. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.goDockerfile`;

/** What the client said it can do; read once. */
export interface ClientAbilities {
  /** It asks for diagnostics; without, they are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesInlayHints: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** It understands code actions that are more than commands. */
  readonly codeActions: boolean;
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly progress: boolean;
  /** It is our VS Code half: it registers `clientCommands` and shows builds itself. */
  readonly clientCommands: boolean;
  readonly initially: {
    readonly trusted: boolean;
    readonly otherDockerfileExtension: boolean;
    /** URIs of the workspace's folders. */
    readonly folders: readonly string[];
    /** The last builds, as the client kept them. */
    readonly builds: readonly RememberedBuild[];
  };
}

/** Reads `initialize`; whatever is missing counts as "cannot". */
export function readAbilities({ capabilities, initializationOptions, ...params }: InitializeParams): ClientAbilities {
  const { textDocument, workspace, window } = capabilities;
  const options = readOptions(initializationOptions);
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    relatedInformation:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    codeDescription:
      textDocument?.publishDiagnostics?.codeDescriptionSupport === true ||
      textDocument?.diagnostic?.codeDescriptionSupport === true,
    codeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    clientCommands: options.clientCommands === true,
    initially: {
      trusted: options.trusted !== false,
      otherDockerfileExtension: options.otherDockerfileExtension === true,
      folders: foldersOf(params),
      builds: Array.isArray(options.builds) ? options.builds : [],
    },
  };
}

/** `rootUri` is what clients without workspace folders send. */
function foldersOf({ workspaceFolders, rootUri }: Omit<InitializeParams, 'capabilities'>): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

const readOptions = (options: unknown): InitializationOptions =>
  typeof options === 'object' && options !== null ? options : {};

/** What we answer to `initialize`. */
export function serverCapabilities(client: ClientAbilities): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { identifier: 'go-dockerfile', interFileDependencies: false, workspaceDiagnostics: false },
    }),
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    codeLensProvider: {},
    completionProvider: {},
    inlayHintProvider: true,
    executeCommandProvider: { commands: Object.values(serverCommands), workDoneProgress: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: client.workspaceFolders } },
  };
}

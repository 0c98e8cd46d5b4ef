import { commands, type ExtensionContext, type TextDocument, window, workspace } from 'vscode';
import { clientCommands } from '../server/protocol.ts';
import { registerBuildCommands } from './build-commands.ts';
import { rememberOptions } from './build-options.ts';
import { registerBuildTasks } from './build-task.ts';
import { createBuildView } from './build-view.ts';
import { showDocumentation } from './documentation.ts';
import { fixAll } from './fix-all.ts';
import { registerGenerateWizard } from './generate-wizard.ts';
import { registerGeneratedDocuments } from './generated-files.ts';
import { registerImageReport } from './image-report.ts';
import { registerImprove } from './improve.ts';
import { keepBuild } from './kept-builds.ts';
import { createLanguageClient, type ServerConnection } from './language-client.ts';
import { dockerfiles, registerMissingDockerfileHint } from './missing-dockerfile-hint.ts';
import { foreignFolders, watchModuleFolders } from './module-folders.ts';
import { tellOtherFindings } from './other-findings.ts';

/** What other code in the extension host (the tests) gets from `activate`. */
export interface GoDockerfileApi {
  /** Resolves when the language server answers. */
  readonly ready: () => Promise<void>;
}

/**
 * Registers everything at once; the language server starts with the first Dockerfile, the first project file beside
 * Dockerfiles or the first command that needs it.
 */
export function activate(context: ExtensionContext): GoDockerfileApi {
  const log = window.createOutputChannel('Go Dockerfile', { log: true });
  const server = createLanguageClient(context, log);
  const view = createBuildView(server);
  const documents = registerGeneratedDocuments();
  const state = context.workspaceState;
  const room = { server, view, state, options: rememberOptions(state) };
  context.subscriptions.push(
    log,
    server,
    view,
    view.onState((change) => keepBuild(state, change)),
    registerBuildCommands(room),
    registerBuildTasks(room),
    registerImageReport(room),
    documents,
    registerGenerateWizard(server, documents, context.workspaceState),
    registerImprove(server, documents),
    registerMissingDockerfileHint(),
    watchModuleFolders(),
    tellOtherFindings(server),
    commands.registerCommand(clientCommands.fixAll, () => fixAll(server)),
    commands.registerCommand(clientCommands.restart, () => server.restart()),
    commands.registerCommand(clientCommands.showDocumentation, (rule?: unknown) =>
      showDocumentation(context.extensionUri, rule),
    ),
    commands.registerCommand(clientCommands.manageTrust, () => commands.executeCommand('workbench.trust.manage')),
  );
  startWithFirstDockerfile(context, server);
  return { ready: async () => void (await server.client()) };
}

function startWithFirstDockerfile(context: ExtensionContext, server: ServerConnection): void {
  const look = async (document: TextDocument): Promise<void> => {
    if (document.languageId === 'dockerfile' || (isProjectFile(document) && (await hasDockerfiles()))) {
      await server.client();
    }
  };
  const start = (document: TextDocument): void => void look(document).catch(() => undefined);
  for (const document of workspace.textDocuments) start(document);
  context.subscriptions.push(workspace.onDidOpenTextDocument(start));
}

/** Findings of Dockerfiles stand there as well, though none of them is open. */
const isProjectFile = ({ uri }: TextDocument): boolean =>
  uri.scheme !== 'git' && /(?:\/go\.(?:mod|work)|\.dockerignore|\/(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(uri.path);

const hasDockerfiles = async (): Promise<boolean> =>
  (await workspace.findFiles(dockerfiles, foreignFolders, 1)).length > 0;

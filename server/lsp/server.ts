import { type Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { offerBuilds } from './build.ts';
import { rememberBuilds } from './builds.ts';
import { readAbilities, serverCapabilities } from './capabilities.ts';
import { checkClosed } from './closed-dockerfiles.ts';
import { offerCodeActions } from './code-actions.ts';
import { offerCodeLens, refreshLenses } from './code-lens.ts';
import { offerCommands } from './commands.ts';
import { offerDiagnostics } from './diagnostics.ts';
import { createChecks } from './documents.ts';
import type { Engine } from './engine.ts';
import { followEnvironment } from './environment.ts';
import { offerFill } from './fill.ts';
import type { Generator } from './generate.ts';
import { offerInlayHints, refreshInlayHints } from './inlay-hints.ts';
import type { Projects } from './projects.ts';
import type { Session } from './session.ts';
import { createSettings } from './settings.ts';
import { tellStaleResults } from './stale-results.ts';
import { watchProject } from './watch.ts';

/** The rooms behind the language server. */
export interface Rooms {
  readonly projects: Projects;
  readonly engine: Engine;
  readonly generator: Generator;
  /** Ends of support depend on the day. */
  readonly today: () => Date;
}

/** Serves one client; returns at once. */
export function startServer(connection: Connection, rooms: Rooms): void {
  const ready: (() => void)[] = [];
  connection.onInitialize((params) => {
    const client = readAbilities(params);
    const documents = new TextDocuments(TextDocument);
    const onReady = (listener: () => void): void => void ready.push(listener);
    const { projects } = rooms;
    const settings = createSettings(connection, client, onReady, projects, rooms.today);
    const checks = createChecks(connection, documents, projects, settings);
    const closed = checkClosed(connection, documents, projects, settings);
    const environment = followEnvironment(connection, client);
    const builds = rememberBuilds(client.initially.builds);
    offerAll(
      { connection, onReady, client, documents, projects, settings, checks, closed, builds, environment },
      rooms,
    );
    documents.onDidClose(({ document: { uri } }) => {
      checks.forget(uri);
      settings.forget(uri);
    });
    documents.listen(connection);
    return { capabilities: serverCapabilities(client), serverInfo: { name: 'go-dockerfile' } };
  });
  connection.onInitialized(() => {
    for (const listener of ready) listener();
  });
  connection.listen();
}

function offerAll(session: Session, { engine, generator }: Rooms): void {
  const diagnostics = offerDiagnostics(session);
  const refresh = (): void => {
    diagnostics.refresh();
    refreshLenses(session);
    refreshInlayHints(session);
  };
  offerCodeActions(session);
  offerCodeLens(session);
  offerInlayHints(session);
  const builds = offerBuilds(session, engine, (what) => (what === 'lenses' ? refreshLenses(session) : refresh()));
  offerCommands(session, builds, engine, generator);
  offerFill(session, generator);
  tellStaleResults(session);
  watchProject(session, refresh);
  session.settings.onChange(refresh);
  session.environment.onChange(refresh);
  // Nothing may be left running behind an editor that is gone.
  session.connection.onShutdown(() => builds.stop());
}

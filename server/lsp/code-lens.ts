import { type CodeLens, CodeLensRefreshRequest, type Command } from 'vscode-languageserver/node';
import { clientCommands, serverCommands } from '../protocol.ts';
import { type Running, titleNow } from './builds.ts';
import { type Check, pathOf } from './documents.ts';
import { elapsed } from './elapsed.ts';
import { fillLenses } from './fill.ts';
import type { Session } from './session.ts';

const firstLine = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Build, progress and size above the first line, always on that line so that the text never jumps. */
export function offerCodeLens(session: Session): void {
  session.connection.onCodeLens(async ({ textDocument }): Promise<CodeLens[]> => {
    const check = await session.checks.of(textDocument.uri);
    if (!check?.settings.codeLens) return [];
    if (!check.analysis.trace.isAboutGo) return [...fillLenses(session, check)];
    // What is not on disk (a side of a diff, a new file) cannot be built.
    if (pathOf(textDocument.uri) === undefined) return [];
    return commandsOf(session, check).map((command) => ({ range: firstLine, command }));
  });
}

/** Asks the client to ask for lenses again. */
export function refreshLenses({ connection, client }: Session): void {
  if (!client.refreshesLenses) return;
  void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
}

function commandsOf(session: Session, check: Check): readonly Command[] {
  const { uri } = check.document;
  if (!session.environment.trusted()) return [manageTrust(session)];
  const running = session.builds.running(uri);
  if (running) return whileRunning(session, uri, running);
  const measured = session.builds.measured(uri);
  if (!measured) return [build(session, uri, '▶ Build & measure')];
  return [
    showResult(session, uri, titleNow(measured, check.document.getText())),
    ...(session.client.clientCommands ? [showReport(uri)] : []),
    build(session, uri, '▶ Rebuild'),
  ];
}

const whileRunning = (session: Session, uri: string, { step, startedAt }: Running): readonly Command[] => [
  showResult(session, uri, `${step} · ${elapsed(startedAt)}`),
  command(session, 'Cancel', clientCommands.cancelBuild, serverCommands.cancelBuild, uri),
];

const build = (session: Session, uri: string, title: string): Command =>
  command(session, title, clientCommands.build, serverCommands.build, uri);

/** The VS Code half's command takes the text of the URI; the server's an object, in every other editor. */
const command = ({ client }: Session, title: string, ofClient: string, ofServer: string, uri: string): Command =>
  client.clientCommands
    ? { title, command: ofClient, arguments: [uri] }
    : { title, command: ofServer, arguments: [{ uri }] };

/** Plain text where the client has no log to show. */
const showResult = ({ client }: Session, uri: string, title: string): Command =>
  client.clientCommands ? { title, command: clientCommands.showLog, arguments: [uri] } : { title, command: '' };

const showReport = (uri: string): Command => ({
  title: 'Report',
  command: clientCommands.showReport,
  arguments: [uri],
});

const manageTrust = ({ client }: Session): Command => ({
  title: 'Trust this workspace to build',
  command: client.clientCommands ? clientCommands.manageTrust : '',
});

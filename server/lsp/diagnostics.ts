import { createHash } from 'node:crypto';
import {
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver/node';
import { budgetDiagnostic } from './budget.ts';
import { type Check, isProjectFile } from './documents.ts';
import { followProjectFiles, type ProjectDiagnostics, placesOf } from './project-files.ts';
import { unsaid } from './said-by-others.ts';
import type { Session } from './session.ts';
import { followSyntax } from './syntax-diagnostics.ts';
import { toDiagnostic } from './to-lsp.ts';

/** How the rest of the server says that findings may have changed without a change of the text. */
export interface Diagnostics {
  readonly refresh: () => void;
}

/** Answers pulls, or pushes to clients that cannot pull. */
export const offerDiagnostics = (session: Session): Diagnostics => {
  const projectFiles = followProjectFiles(session);
  const closed = followOpenProjectFiles(session, projectFiles);
  const own = session.client.pullsDiagnostics ? offerPull(session, projectFiles) : offerPush(session, projectFiles);
  return {
    refresh: () => {
      own.refresh();
      closed.refresh();
    },
  };
};

/** While project files are open, Dockerfiles that are not are checked for them. */
function followOpenProjectFiles({ documents, closed }: Session, projectFiles: ProjectDiagnostics): Diagnostics {
  let latest = 0;
  const look = async (): Promise<void> => {
    latest += 1;
    const now = latest;
    const files = documents.keys().filter(isProjectFile);
    const checks = files.length > 0 ? await closed.around(files) : [];
    if (now === latest) projectFiles.followClosed(checks, files);
  };
  documents.onDidOpen(() => void look());
  documents.onDidClose(() => void look());
  return { refresh: () => void look() };
}

function diagnosticsOf(session: Session, check: Check): Diagnostic[] {
  const { document, analysis } = check;
  const failure = session.builds.failureOf(document)?.diagnostic;
  const places = placesOf(check);
  const others = session.environment.otherFindings(document.uri);
  const said = unsaid(analysis.findings, analysis.dockerfile, others);
  const findings = said.map((finding) => toDiagnostic(places, finding, session.client));
  return [...findings, ...(failure ? [failure] : []), ...budgetDiagnostic(session, check)];
}

function offerPull(session: Session, projectFiles: ProjectDiagnostics): Diagnostics {
  const { connection, checks, client } = session;
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }): Promise<DocumentDiagnosticReport> => {
    const check = await checks.of(textDocument.uri);
    const items = check ? diagnosticsOf(session, check) : [];
    if (check) projectFiles.follow(check);
    const resultId = createHash('sha1').update(JSON.stringify(items)).digest('base64');
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });
  // Beside the pull, so that a pull answers at once.
  const syntax = followSyntax(session, (uri) => {
    const { version } = session.documents.get(uri) ?? {};
    if (version !== undefined) void connection.sendDiagnostics({ uri, version, diagnostics: [...syntax.of(uri)] });
  });
  // What was pushed stays with the client until it is taken back.
  takeBackAtClose(session);
  return {
    refresh: () => {
      for (const uri of checks.uris()) syntax.look(uri);
      if (!client.refreshesDiagnostics) return;
      // A client that refuses must not end the server.
      void connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => undefined);
    },
  };
}

function offerPush(session: Session, projectFiles: ProjectDiagnostics): Diagnostics {
  const { connection, checks, documents } = session;
  const publish = async (uri: string): Promise<void> => {
    const check = await checks.of(uri);
    if (!check) return;
    const diagnostics = [...diagnosticsOf(session, check), ...syntax.of(uri)];
    // A newer text publishes for itself.
    if (documents.get(uri)?.version !== check.version) return;
    projectFiles.follow(check);
    await connection.sendDiagnostics({ uri, version: check.version, diagnostics });
  };
  const syntax = followSyntax(session, (uri) => void publish(uri));
  documents.onDidChangeContent(({ document }) => void publish(document.uri));
  takeBackAtClose(session);
  return {
    refresh: () => {
      for (const uri of checks.uris()) {
        void publish(uri);
        syntax.look(uri);
      }
    },
  };
}

/** What stands in a project file is there because of a Dockerfile, and goes with that. */
function takeBackAtClose({ connection, checks, documents }: Session): void {
  documents.onDidClose(({ document: { uri } }) => {
    if (checks.checks(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
}

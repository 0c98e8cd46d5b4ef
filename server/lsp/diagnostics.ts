import { createHash } from 'node:crypto';
import {
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver/node';
import type { Check } from './documents.ts';
import type { Session } from './session.ts';
import { followSyntax } from './syntax-diagnostics.ts';
import { toDiagnostic } from './to-lsp.ts';

/** How the rest of the server says that findings may have changed without a change of the text. */
export interface Diagnostics {
  readonly refresh: () => void;
}

/** Answers pulls, or pushes to clients that cannot pull. */
export const offerDiagnostics = (session: Session): Diagnostics =>
  session.client.pullsDiagnostics ? offerPull(session) : offerPush(session);

function diagnosticsOf(session: Session, { document, analysis }: Check): Diagnostic[] {
  const failure = session.builds.failureOf(document);
  const findings = analysis.findings.map((finding) => toDiagnostic(document.uri, finding, session.client));
  return [...findings, ...(failure ? [failure] : [])];
}

function offerPull(session: Session): Diagnostics {
  const { connection, checks, client } = session;
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }): Promise<DocumentDiagnosticReport> => {
    const check = await checks.of(textDocument.uri);
    const items = check ? diagnosticsOf(session, check) : [];
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
  session.documents.onDidClose(
    ({ document }) => void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }),
  );
  return {
    refresh: () => {
      for (const uri of checks.uris()) syntax.look(uri);
      if (!client.refreshesDiagnostics) return;
      // A client that refuses must not end the server.
      void connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => undefined);
    },
  };
}

function offerPush(session: Session): Diagnostics {
  const { connection, checks, documents } = session;
  const publish = async (uri: string): Promise<void> => {
    const check = await checks.of(uri);
    if (!check) return;
    const diagnostics = [...diagnosticsOf(session, check), ...syntax.of(uri)];
    // A newer text publishes for itself.
    if (documents.get(uri)?.version !== check.version) return;
    await connection.sendDiagnostics({ uri, version: check.version, diagnostics });
  };
  const syntax = followSyntax(session, (uri) => void publish(uri));
  documents.onDidChangeContent(({ document }) => void publish(document.uri));
  documents.onDidClose(({ document }) => void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }));
  return {
    refresh: () => {
      for (const uri of checks.uris()) {
        void publish(uri);
        syntax.look(uri);
      }
    },
  };
}

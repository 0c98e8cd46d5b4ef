import { createHash } from 'node:crypto';
import {
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver/node';
import type { Check } from './documents.ts';
import type { Session } from './session.ts';
import { syntaxDiagnostics } from './syntax-diagnostics.ts';
import { toDiagnostic } from './to-lsp.ts';

/** How the rest of the server says that findings may have changed without a change of the text. */
export interface Diagnostics {
  readonly refresh: () => void;
}

/** Answers pulls, or pushes to clients that cannot pull. */
export const offerDiagnostics = (session: Session): Diagnostics =>
  session.client.pullsDiagnostics ? offerPull(session) : offerPush(session);

async function diagnosticsOf(session: Session, check: Check): Promise<Diagnostic[]> {
  const { document, analysis } = check;
  const failure = session.builds.failureOf(document);
  const syntax = await syntaxDiagnostics(session, check);
  const findings = analysis.findings.map((finding) => toDiagnostic(document.uri, finding, session.client));
  return [...findings, ...syntax, ...(failure ? [failure] : [])];
}

function offerPull(session: Session): Diagnostics {
  const { connection, checks, client } = session;
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }): Promise<DocumentDiagnosticReport> => {
    const check = await checks.of(textDocument.uri);
    const items = check ? await diagnosticsOf(session, check) : [];
    const resultId = createHash('sha1').update(JSON.stringify(items)).digest('base64');
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });
  return {
    refresh: () => {
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
    const diagnostics = await diagnosticsOf(session, check);
    // A newer text publishes for itself.
    if (documents.get(uri)?.version !== check.version) return;
    await connection.sendDiagnostics({ uri, version: check.version, diagnostics });
  };
  documents.onDidChangeContent(({ document }) => void publish(document.uri));
  documents.onDidClose(({ document }) => void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }));
  return {
    refresh: () => {
      for (const uri of checks.uris()) void publish(uri);
    },
  };
}

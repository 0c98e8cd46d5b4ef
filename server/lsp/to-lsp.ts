import {
  type CodeDescription,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuledFinding } from '../analysis/analyze.ts';
import { documentationUrl } from '../analysis/documentation.ts';
import { render } from '../analysis/known.ts';
import type { Severity } from '../analysis/rule.ts';
import type { ClientAbilities } from './capabilities.ts';

/** The `source` of every diagnostic of ours. */
export const source = 'go-dockerfile';

/** What a diagnostic carries beside its text, for clients that show or filter by it. */
export interface DiagnosticData {
  readonly rule: string;
  /** Titles of the quick fixes, the preferred one first. */
  readonly fixes: readonly string[];
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding as the client can show it. */
export function toDiagnostic(uri: string, finding: RuledFinding, client: ClientAbilities): Diagnostic {
  const data: DiagnosticData = { rule: finding.rule, fixes: finding.fixes.map(({ title }) => title) };
  return {
    range: finding.range,
    severity: severities[finding.severity],
    source,
    code: finding.rule,
    message: render(finding.message),
    data,
    ...(client.codeDescription && { codeDescription: describe(finding.rule) }),
    ...(client.relatedInformation && finding.related.length > 0 && { relatedInformation: relate(uri, finding) }),
  };
}

const describe = (rule: string): CodeDescription => ({ href: documentationUrl(rule) });

const relate = (uri: string, { related }: RuledFinding): DiagnosticRelatedInformation[] =>
  related.map(({ range, message }) => ({ location: { uri, range }, message: render(message) }));

/** Edits of one open document; tied to its version where the client can check that. */
export function toWorkspaceEdit(
  { uri, version }: TextDocument,
  edits: readonly TextEdit[],
  client: ClientAbilities,
): WorkspaceEdit {
  if (!client.versionedEdits) return { changes: { [uri]: [...edits] } };
  return { documentChanges: [{ textDocument: { uri, version }, edits: [...edits] }] };
}

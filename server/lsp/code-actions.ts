import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver/node';
import { fixAll, type RuledFinding } from '../analysis/analyze.ts';
import { ignoreEdit } from '../analysis/suppression.ts';
import { clientCommands } from '../protocol.ts';
import { fixAllKind } from './capabilities.ts';
import type { Check } from './documents.ts';
import { lineEdits } from './line-edits.ts';
import type { Session } from './session.ts';
import { toDiagnostic, toWorkspaceEdit } from './to-lsp.ts';

/** Quick fixes with their edits, fix-all when it is asked for by name, ignoring and documentation last. */
export function offerCodeActions(session: Session): void {
  if (!session.client.codeActions) return;
  session.connection.onCodeAction(async (params) => {
    const check = await session.checks.of(params.textDocument.uri);
    if (!check) return [];
    return [...quickFixes(session, check, params), ...fixEverything(session, check, params)];
  });
}

function quickFixes(session: Session, check: Check, { range, context }: CodeActionParams): readonly CodeAction[] {
  if (context.only && !context.only.some((only) => within(CodeActionKind.QuickFix, only))) return [];
  const { uri } = check.document;
  const linked = check.analysis.findings
    .filter((finding) => overlap(finding.range, range))
    .map((finding) => ({ finding, diagnostic: diagnosticOf(uri, finding, context.diagnostics, session) }));
  return [
    ...linked.flatMap((one) => fixesOf(session, check, one)),
    ...linked.map((one) => ignore(session, check, one)),
    ...documentation(session, linked),
  ];
}

interface Linked {
  readonly finding: RuledFinding;
  readonly diagnostic: Diagnostic;
}

const fixesOf = ({ client }: Session, check: Check, { finding, diagnostic }: Linked): readonly CodeAction[] =>
  finding.fixes.map(({ title, edits }, index) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: toWorkspaceEdit(check.document, edits, client),
    ...(index === 0 && { isPreferred: true }),
  }));

function ignore({ client }: Session, check: Check, { finding, diagnostic }: Linked): CodeAction {
  const edit = ignoreEdit(check.analysis.dockerfile, finding.range, finding.rule);
  return {
    title: `Ignore ${finding.rule} here`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: toWorkspaceEdit(check.document, [edit], client),
  };
}

/** One per rule, and only where the client has a command to show it. */
function documentation({ client }: Session, linked: readonly Linked[]): readonly CodeAction[] {
  if (!client.clientCommands) return [];
  const byRule = new Map(linked.map((one) => [one.finding.rule, one]));
  return [...byRule].map(([rule, { diagnostic }]) => {
    const title = `Show documentation of ${rule}`;
    const command = { title, command: clientCommands.showDocumentation, arguments: [rule] };
    return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
  });
}

/** Only when asked by name: on save, or from the command. */
function fixEverything({ client }: Session, check: Check, { context }: CodeActionParams): readonly CodeAction[] {
  if (!context.only?.some((only) => within(fixAllKind, only))) return [];
  const text = check.document.getText();
  const edits = lineEdits(text, fixAll(text, check.project, check.settings.config).text);
  if (edits.length === 0) return [];
  return [
    {
      title: 'Fix all safe findings of go-dockerfile',
      kind: fixAllKind,
      edit: toWorkspaceEdit(check.document, edits, client),
    },
  ];
}

/** The client's own copy of the diagnostic where it sent one: it recognises that best. */
const diagnosticOf = (
  uri: string,
  finding: RuledFinding,
  sent: readonly Diagnostic[],
  { client }: Session,
): Diagnostic =>
  sent.find(({ code, range }) => code === finding.rule && JSON.stringify(range) === JSON.stringify(finding.range)) ??
  toDiagnostic(uri, finding, client);

/** Kinds are hierarchical: `source` asks for `source.fixAll.goDockerfile` as well. */
const within = (kind: string, only: string): boolean => only === '' || kind === only || kind.startsWith(`${only}.`);

const overlap = (one: Range, other: Range): boolean => before(one.start, other.end) && before(other.start, one.end);

const before = (one: Range['start'], other: Range['start']): boolean =>
  one.line < other.line || (one.line === other.line && one.character <= other.character);

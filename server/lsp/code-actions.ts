import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { fixAll, type RuledFinding } from '../analysis/analyze.ts';
import { ignoreEdit } from '../analysis/suppression.ts';
import { clientCommands } from '../protocol.ts';
import { fixAllKind } from './capabilities.ts';
import { type Check, isProjectFile } from './documents.ts';
import { failureActions } from './failure-actions.ts';
import { toWorkspaceEdit } from './fix-edit.ts';
import { lineEdits } from './line-edits.ts';
import { overlap } from './overlap.ts';
import { findingsAt, placesOf } from './project-files.ts';
import type { Session } from './session.ts';
import { toDiagnostic, toElsewhere } from './to-lsp.ts';

/** Quick fixes with their edits, fix-all when it is asked for by name, ignoring and documentation last. */
export function offerCodeActions(session: Session): void {
  if (!session.client.codeActions) return;
  session.connection.onCodeAction(async (params) => {
    const { uri } = params.textDocument;
    if (!session.checks.checks(uri)) return fixesInProjectFile(session, params);
    const check = await session.checks.of(uri);
    if (!check) return [];
    return [...(await quickFixes(session, check, params)), ...(await fixEverything(session, check, params))];
  });
}

async function quickFixes(
  session: Session,
  check: Check,
  { range, context }: CodeActionParams,
): Promise<readonly CodeAction[]> {
  if (!wantsQuickFixes(context)) return [];
  const linked = check.analysis.findings
    .filter((finding) => overlap(finding.range, range))
    .map((finding) => ({ finding, diagnostic: diagnosticOf(check, finding, context.diagnostics, session) }));
  const fixes = (await Promise.all(linked.map((one) => fixesOf(session, check, one)))).flat();
  const offered = new Set(fixes.map(({ title }) => title));
  const ofFailure = await failureActions(session, check, range);
  return [
    ...ofFailure.filter(({ title }) => !offered.has(title)),
    ...fixes,
    ...(await Promise.all(linked.map((one) => ignore(session, check, one)))),
    ...documentation(session, linked),
  ];
}

/** What Dockerfiles, open or around it, find in go.mod or .dockerignore is mended there with the same fixes. */
async function fixesInProjectFile(
  session: Session,
  { textDocument: { uri }, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  if (!wantsQuickFixes(context)) return [];
  const open = (await Promise.all(session.checks.uris().map(session.checks.of))).filter((one) => one !== undefined);
  const files = session.documents.keys().filter(isProjectFile);
  const fixes = [...open, ...(await session.closed.around(files))].flatMap((check) =>
    findingsAt(check, uri).flatMap((finding) => {
      const place = finding.elsewhere;
      if (!place || !overlap(place.range, range)) return [];
      const made = toElsewhere(placesOf(check), finding, place, session.client);
      return [fixesOf(session, check, { finding, diagnostic: sentOr(context.diagnostics, made) })];
    }),
  );
  return (await Promise.all(fixes)).flat();
}

const wantsQuickFixes = ({ only }: CodeActionContext): boolean =>
  !only || only.some((kind) => within(CodeActionKind.QuickFix, kind));

interface Linked {
  readonly finding: RuledFinding;
  readonly diagnostic: Diagnostic;
}

async function fixesOf(session: Session, check: Check, { finding, diagnostic }: Linked): Promise<CodeAction[]> {
  const edits = await Promise.all(finding.fixes.map((fix) => toWorkspaceEdit(session, check, fix)));
  const actions = finding.fixes.flatMap(({ title }, index): CodeAction[] => {
    const edit = edits[index];
    return edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }] : [];
  });
  return actions.map((action, index) => (index === 0 ? { ...action, isPreferred: true } : action));
}

async function ignore(session: Session, check: Check, { finding, diagnostic }: Linked): Promise<CodeAction> {
  const edits = [ignoreEdit(check.analysis.dockerfile, finding.range, finding.rule)];
  const edit = await toWorkspaceEdit(session, check, { edits });
  const title = `Ignore ${finding.rule} here`;
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], ...(edit && { edit }) };
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

/** Only when asked by name: on save, or from the command; of the Dockerfile alone. */
async function fixEverything(
  session: Session,
  check: Check,
  { context }: CodeActionParams,
): Promise<readonly CodeAction[]> {
  if (!context.only?.some((only) => within(fixAllKind, only))) return [];
  const text = check.document.getText();
  const edits = lineEdits(text, fixAll(text, check.project, check.settings.config).text);
  const edit = edits.length > 0 ? await toWorkspaceEdit(session, check, { edits }) : undefined;
  return edit ? [{ title: 'Fix all safe findings of go-dockerfile', kind: fixAllKind, edit }] : [];
}

/** The client's own copy of the diagnostic where it sent one: it recognises that best. */
const sentOr = (sent: readonly Diagnostic[], made: Diagnostic): Diagnostic =>
  sent.find(({ code, range }) => code === made.code && JSON.stringify(range) === JSON.stringify(made.range)) ?? made;

function diagnosticOf(
  check: Check,
  finding: RuledFinding,
  sent: readonly Diagnostic[],
  { client }: Session,
): Diagnostic {
  return sentOr(sent, toDiagnostic(placesOf(check), finding, client));
}

/** Kinds are hierarchical: `source` asks for `source.fixAll.goDockerfile` as well. */
const within = (kind: string, only: string): boolean => only === '' || kind === only || kind.startsWith(`${only}.`);

import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver/node';
import { failureFixes } from '../analysis/failure-fixes.ts';
import type { Check } from './documents.ts';
import { toWorkspaceEdit } from './fix-edit.ts';
import { overlap } from './overlap.ts';
import type { Session } from './session.ts';

/** Of a build that failed: the same fix that a rule gives, on the diagnostic of the instruction that failed. */
export async function failureActions(session: Session, check: Check, range: Range): Promise<readonly CodeAction[]> {
  const failure = session.builds.failureOf(check.document);
  if (!failure || !overlap(failure.diagnostic.range, range)) return [];
  const fixes = failureFixes(check.analysis, check.project, failure);
  const edits = await Promise.all(fixes.map((fix) => toWorkspaceEdit(session, check, fix)));
  const actions = fixes.flatMap(({ title }, index): CodeAction[] => {
    const edit = edits[index];
    return edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [failure.diagnostic], edit }] : [];
  });
  return actions.map((action, index) => (index === 0 ? { ...action, isPreferred: true } : action));
}

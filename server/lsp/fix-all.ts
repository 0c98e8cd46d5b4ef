import path from 'node:path';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { type Fixed, fixAll, safeFix } from '../analysis/analyze.ts';
import { sourceText } from '../analysis/dockerfile/source-text.ts';
import { applyEdits } from '../analysis/edits.ts';
import type { FileChange, Fix } from '../analysis/rule.ts';
import type { FixAllOutcome } from '../protocol.ts';
import { type Check, pathOf } from './documents.ts';
import { savedText, toWorkspaceEdit } from './fix-edit.ts';
import { lineEdits } from './line-edits.ts';
import { uriIn } from './project-files.ts';
import type { Session } from './session.ts';

/** A project file that a fix changes; the text on disk and the one that is wanted. */
interface ChangedFile {
  readonly before: string;
  readonly text: string;
}

/** By path in the build context. */
type ChangedFiles = ReadonlyMap<string, ChangedFile>;

/** Every change of project files changes what is true: the Dockerfile is looked at again, at most so often. */
const mostRounds = 10;

/**
 * The safe fixes of an open Dockerfile and those that change project files as well, as one edit. New files are left to
 * the quick fixes, and project files with unsaved changes are left alone.
 */
export async function fixAllFiles(session: Session, uri: string): Promise<FixAllOutcome<WorkspaceEdit>> {
  const check = await session.checks.of(uri);
  if (!check) return { edit: undefined, files: [] };
  const before = check.document.getText();
  const { fixed, files } = await fixRounds(session, check, before);
  const edits = lineEdits(before, fixed.text);
  if (edits.length === 0 && files.size === 0) return { edit: undefined, files: [] };
  const changes = [...files].map(([file, { before, text }]) => ({ path: file, edits: lineEdits(before, text) }));
  const edit = await toWorkspaceEdit(session, check, { edits, files: changes });
  return { edit, files: edit ? [...files.keys()] : [] };
}

async function fixRounds(
  session: Session,
  check: Check,
  before: string,
): Promise<{ fixed: Fixed; files: ChangedFiles }> {
  const { config } = check.settings;
  let fixed = fixAll(before, check.project, config);
  let files: ChangedFiles = new Map();
  // What did not end its finding is not done twice.
  const done = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const next = await nextChange(session, check, fixed, files, done);
    if (!next) break;
    const { fix } = next;
    files = next.files;
    const project = await projectWith(session, check, files);
    fixed = fixAll(applyEdits(sourceText(fixed.text), fix.edits), project, config);
  }
  return { fixed, files };
}

/** The first safe fix of project files that can be made and is not `done`, which then holds it. */
async function nextChange(session: Session, check: Check, { findings }: Fixed, files: ChangedFiles, done: Set<string>) {
  for (const finding of findings) {
    const fix = safeFix(finding);
    const name = `${finding.rule} ${fix?.title}`;
    if (!fix?.files || done.has(name)) continue;
    done.add(name);
    const changed = await changedBy(session, check, fix.files, files);
    if (changed) return { fix, files: changed };
  }
  return undefined;
}

async function changedBy(
  session: Session,
  check: Check,
  changes: NonNullable<Fix['files']>,
  files: ChangedFiles,
): Promise<ChangedFiles | undefined> {
  const changed = new Map(files);
  for (const change of changes) {
    const before = changed.get(change.path)?.before ?? (await textOf(session, check, change));
    if (before === undefined || 'text' in change) return undefined;
    const text = applyEdits(sourceText(changed.get(change.path)?.text ?? before), change.edits);
    changed.set(change.path, { before, text });
  }
  return changed;
}

async function textOf({ documents }: Session, check: Check, { path: file }: FileChange): Promise<string | undefined> {
  const uri = uriIn(check, file);
  return uri === undefined ? undefined : savedText(documents, uri);
}

async function projectWith({ projects }: Session, check: Check, files: ChangedFiles): Promise<Check['project']> {
  const dockerfile = pathOf(check.document.uri);
  const { context } = check;
  if (dockerfile === undefined || context === undefined) return check.project;
  const texts = new Map([...files].map(([file, { text }]) => [path.join(context, file), text]));
  return projects.preview(context, dockerfile, texts);
}

import { readFile } from 'node:fs/promises';
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { FileChange, Fix } from '../analysis/rule.ts';
import type { ClientAbilities } from './capabilities.ts';
import { type Check, type Documents, pathOf } from './documents.ts';
import { uriIn } from './project-files.ts';
import type { Session } from './session.ts';

type Edits = Pick<Fix, 'edits' | 'files'>;

/**
 * Edits of the checked document, tied to its version where the client can check that, and of project files. Undefined
 * where they cannot be made: no known context, a client that makes no files, or a project file with unsaved changes.
 */
export async function toWorkspaceEdit(session: Session, check: Check, fix: Edits): Promise<WorkspaceEdit | undefined> {
  const { client } = session;
  const { uri } = check.document;
  const open = session.documents.get(uri);
  // One that was checked from disk, and opened meanwhile.
  if (open && open.getText() !== check.document.getText()) return undefined;
  const version = open?.version ?? null;
  const others = await Promise.all((fix.files ?? []).map((change) => changeOf(session, check, change)));
  const known = others.filter((other) => other !== undefined);
  if (known.length < others.length) return undefined;
  if (!client.versionedEdits) return plainEdit(uri, fix.edits, known);
  const own: readonly TextDocumentEdit[] =
    fix.edits.length > 0 ? [{ textDocument: { uri, version }, edits: [...fix.edits] }] : [];
  return { documentChanges: [...known.flatMap(changesOf), ...own] };
}

interface Change {
  readonly uri: string;
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
  readonly creates: boolean;
}

const start = { line: 0, character: 0 };

async function changeOf({ client, documents }: Session, check: Check, change: FileChange): Promise<Change | undefined> {
  const uri = uriIn(check, change.path);
  if (uri === undefined) return undefined;
  if ('text' in change) {
    const edits = [{ range: { start, end: start }, newText: change.text }];
    return canCreate(client) ? { uri, version: null, edits, creates: true } : undefined;
  }
  if ((await savedText(documents, uri)) === undefined) return undefined;
  return { uri, version: documents.get(uri)?.version ?? null, edits: change.edits, creates: false };
}

/** What facts were read from: the text on disk, without its byte order mark; undefined where an editor has another one. */
export async function savedText(documents: Documents, uri: string): Promise<string | undefined> {
  const text = await textOnDisk(uri);
  const open = documents.get(uri);
  return open && open.getText() !== text ? undefined : text;
}

const canCreate = ({ versionedEdits, createsFiles }: ClientAbilities): boolean => versionedEdits && createsFiles;

/** The ranges of facts are of the text on disk. */
const textOnDisk = (uri: string): Promise<string | undefined> =>
  readFile(pathOf(uri) ?? '', 'utf8').then(
    (text) => text.replace(/^\uFEFF/, ''),
    () => undefined,
  );

const changesOf = ({ uri, version, edits, creates }: Change): NonNullable<WorkspaceEdit['documentChanges']> => [
  ...(creates ? [{ kind: 'create' as const, uri, options: { overwrite: false, ignoreIfExists: false } }] : []),
  { textDocument: { uri, version }, edits: [...edits] },
];

const plainEdit = (uri: string, edits: readonly TextEdit[], others: readonly Change[]): WorkspaceEdit => ({
  changes: {
    ...(edits.length > 0 && { [uri]: [...edits] }),
    ...Object.fromEntries(others.map((other) => [other.uri, [...other.edits]])),
  },
});

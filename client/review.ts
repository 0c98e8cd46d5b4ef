import { commands, TabInputTextDiff, type Uri, ViewColumn, window } from 'vscode';
import type { GeneratedFile } from '../server/protocol.ts';
import { type GeneratedDocuments, textOf, writeFile } from './generated-files.ts';
import { type Answer, type Choice, type Position, pickOne } from './wizard-pick.ts';

/** A file as it is, and as it would be. */
interface Proposal {
  readonly uri: Uri;
  readonly path: string;
  readonly text: string;
  /** Undefined when there is none yet. */
  readonly existing: string | undefined;
}

/** Shows each file as a diff against what is there and asks; writes only then. `notes` are said above the answers. */
export async function reviewFiles(
  documents: GeneratedDocuments,
  files: readonly (GeneratedFile & { readonly uri: Uri })[],
  notes: readonly string[],
  position: Position,
): Promise<'done' | 'back' | undefined> {
  const all = await Promise.all(
    files.map(async (file): Promise<Proposal> => ({ ...file, existing: await textOf(file.uri) })),
  );
  const changed = all.filter(({ text, existing }) => text !== existing);
  for (const proposal of changed.toReversed()) await showDiff(documents, proposal);
  const items = itemsFor(changed, notes);
  for (let active: Proposal | 'write' = 'write'; ; ) {
    const answer: Answer<Proposal | 'write'> = await pickOne(position, 'Nothing is written yet', items, active);
    if (answer === undefined || answer === 'back') {
      await closeDiffs(documents);
      return answer;
    }
    if (answer.value === 'write') break;
    active = answer.value;
    await showDiff(documents, answer.value);
  }
  await closeDiffs(documents);
  for (const { uri, text } of changed) await writeFile(uri, text);
  const [first] = files;
  if (first) await window.showTextDocument(first.uri, { viewColumn: ViewColumn.One, preview: false });
  return 'done';
}

function itemsFor(changed: readonly Proposal[], notes: readonly string[]): readonly Choice<Proposal | 'write'>[] {
  const names = changed.map(({ path, existing }) => (existing === undefined ? path : `${path} (replaced)`)).join(', ');
  const write = changed.length > 0 ? `$(check) Write ${names}` : '$(check) Everything is as it would be written';
  return [
    { label: write, detail: notes.join(' '), value: 'write' },
    ...changed.map((proposal) => ({ label: `$(diff) ${proposal.path}`, description: 'show it', value: proposal })),
  ];
}

async function showDiff(documents: GeneratedDocuments, { uri, path, text, existing }: Proposal): Promise<void> {
  const before = existing === undefined ? documents.put(uri.with({ query: 'empty' }), '') : uri;
  const title = `${path}: ${existing === undefined ? 'nothing yet' : 'yours'} ↔ generated`;
  const options = { viewColumn: ViewColumn.One, preview: false, preserveFocus: true };
  await commands.executeCommand('vscode.diff', before, documents.put(uri, text), title, options);
}

async function closeDiffs({ isOurs }: GeneratedDocuments): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(({ input }) => input instanceof TabInputTextDiff && isOurs(input.modified));
  await window.tabGroups.close(ours);
}

import { sourceText } from '../../server/analysis/dockerfile/source-text.ts';
import { applyEdits } from '../../server/analysis/edits.ts';
import type { FileChange } from '../../server/analysis/rule.ts';
import type { Files } from './project.ts';

/** The project files of a test after the changes of fixes; a new file must not be there yet. */
export const changedFiles = (files: Files, changes: readonly FileChange[]): Files => {
  const all: Record<string, string> = { ...files };
  for (const change of changes) {
    const before = all[change.path];
    if ('text' in change ? before !== undefined : before === undefined)
      throw new Error(`${change.path} ${before === undefined ? 'does not exist' : 'exists already'}`);
    all[change.path] = 'text' in change ? change.text : applyEdits(sourceText(before ?? ''), change.edits);
  }
  return all;
};

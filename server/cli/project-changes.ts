import { randomBytes } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sourceText } from '../analysis/dockerfile/source-text.ts';
import { applyEdits } from '../analysis/edits.ts';
import type { FileChange } from '../analysis/rule.ts';
import { below } from '../project/ignore-file.ts';
import { readDockerfile, replaceDockerfile } from './dockerfile-text.ts';

/** Makes the changes of a fix in a build context (absolute), each at once or not at all; gives the absolute paths. Rejects as node:fs does, and where a new file exists already. */
export async function changeProject(context: string, changes: readonly FileChange[]): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const change of changes) {
    const file = path.join(context, change.path);
    if (below(context, file) === undefined) throw new Error(`${change.path} lies outside the build context`);
    await ('text' in change ? create(file, change.text) : edit(file, change.edits));
    changed.push(file);
  }
  return changed;
}

async function edit(file: string, edits: Parameters<typeof applyEdits>[1]): Promise<void> {
  const { text, mark, faithful } = await readDockerfile(file);
  if (!faithful) throw new Error(`${file} is not changed, because it is no UTF-8 text`);
  await replaceDockerfile(file, mark + applyEdits(sourceText(text), edits));
}

/** A link is never made over a file, and what it names is whole. */
async function create(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await link(temporary, file).catch(async (error: NodeJS.ErrnoException) => {
      // Some file systems have no links.
      if (error.code === 'EEXIST') throw error;
      await writeFile(file, text, { flag: 'wx' });
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

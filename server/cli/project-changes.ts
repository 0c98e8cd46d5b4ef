import { randomBytes } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sourceText } from '../analysis/dockerfile/source-text.ts';
import { applyEdits } from '../analysis/edits.ts';
import type { FileChange } from '../analysis/rule.ts';
import { below } from '../project/ignore-file.ts';
import { readDockerfile, replaceDockerfile } from './dockerfile-text.ts';

/** A file that fixes change or make; texts without byte order mark. */
export interface ChangedFile {
  /** Absolute. */
  readonly file: string;
  readonly mark: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Files by path (absolute). */
export type ChangedFiles = ReadonlyMap<string, ChangedFile>;

/**
 * What `files` are after one more fix in a build context (absolute); nothing is written. Rejects as node:fs does, and where
 * a new file exists already.
 */
export async function withChanges(
  files: ChangedFiles,
  context: string,
  changes: readonly FileChange[],
): Promise<ChangedFiles> {
  const all = new Map(files);
  for (const change of changes) {
    const file = path.join(context, change.path);
    if (below(context, file) === undefined) throw new Error(`${change.path} lies outside the build context`);
    const known = all.get(file);
    if ('text' in change) {
      if (known) throw new Error(`${file} exists`);
      all.set(file, { file, mark: '', before: undefined, after: change.text });
    } else {
      const old = known ?? (await read(file));
      all.set(file, { ...old, after: applyEdits(sourceText(old.after), change.edits) });
    }
  }
  return all;
}

async function read(file: string): Promise<ChangedFile> {
  const { text, mark, faithful } = await readDockerfile(file);
  if (!faithful) throw new Error(`${file} is not changed, because it is no UTF-8 text`);
  return { file, mark, before: text, after: text };
}

/** Writes each at once or not at all. Rejects as node:fs does, and where a new file exists already. */
export async function writeChanges(files: readonly ChangedFile[]): Promise<void> {
  for (const { file, mark, before, after } of files)
    await (before === undefined ? create(file, after) : replaceDockerfile(file, mark + after));
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

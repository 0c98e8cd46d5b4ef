import { randomBytes } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

const byteOrderMark = '\uFEFF';

/** A Dockerfile's text without the byte order mark, as editors count it, and what is needed to write it back the same. */
export interface DockerfileText {
  readonly text: string;
  readonly mark: string;
  /** False when the bytes are no UTF-8: writing the text back would change them. */
  readonly faithful: boolean;
}

/** Reads a file. Rejects as node:fs does. */
export const readDockerfile = async (file: string): Promise<DockerfileText> => decode(await readFile(file));

/** Text of bytes; what is no UTF-8 becomes U+FFFD. */
export function decode(bytes: Buffer): DockerfileText {
  const all = bytes.toString('utf8');
  const mark = all.startsWith(byteOrderMark) ? byteOrderMark : '';
  return { text: all.slice(mark.length), mark, faithful: Buffer.from(all).equals(bytes) };
}

/** Replaces the file's text at once or not at all; a link stays a link, the mode stays. Rejects as node:fs does. */
export async function replaceDockerfile(file: string, text: string): Promise<void> {
  const target = await realpath(file);
  const { mode } = await stat(target);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await chmod(temporary, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** One clause for a person: what node:fs said, without its code and call. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.replace(/^[A-Z]+: /, '').replace(/, \w+ '.*$/, '');
}

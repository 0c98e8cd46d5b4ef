import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** The folder with `config`: `.git` itself, or what the `.git` file of a worktree or submodule leads to. */
const gitFolder = async (root: string): Promise<string | undefined> => {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    const path = join(folder, '.git');
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return path;
    if (found) {
      const written = /^gitdir:\s*(.+?)\s*$/m.exec((await read(path)) ?? '')?.[1];
      const own = written === undefined ? undefined : resolve(folder, written);
      const common = own && (await read(join(own, 'commondir')));
      return own && common ? resolve(own, common.trim()) : own;
    }
    if (folder === dirname(folder)) return undefined;
  }
};

/** The https address of a remote as git writes it; undefined for a local path. Names and passwords in it are left out. */
const webAddress = (remote: string): string | undefined => {
  const ssh = /^(?:ssh:\/\/)?(?:[\w.-]+@)?([\w.-]+):(?:\d+\/)?([^\s]+?)(?:\.git)?\/?$/.exec(remote);
  const web = /^(?:https?|git|ssh):\/\/(?:[^@/\s]+@)?([\w.-]+)(?::\d+)?\/([^\s]+?)(?:\.git)?\/?$/.exec(remote);
  const found = web ?? (remote.startsWith('/') || remote.startsWith('.') ? null : ssh);
  return found ? `https://${found[1]}/${found[2]}` : undefined;
};

/** The address of the remote named origin of the repository around a folder (absolute). Starts no program. */
export const sourceAddress = async (root: string): Promise<string | undefined> => {
  const git = await gitFolder(root);
  const config = git === undefined ? undefined : await read(join(git, 'config'));
  const section = /^\[remote "origin"\]([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(config ?? '')?.[1];
  const url = /^\s*url\s*=\s*(.+?)\s*$/m.exec(section ?? '')?.[1];
  return url === undefined ? undefined : webAddress(url.trim());
};

import type { Node } from '../filesystem/tree.ts';
import { textAt } from './libraries.ts';
import type { ImageFacts } from './model.ts';

/** A number, or a name in the image's own passwd. */
export function rootUser(root: Node, user: string): ImageFacts['root'] {
  const [name = ''] = user.split(':');
  if (name === '' || /^0+$/.test(name)) return 'yes';
  if (/^\d+$/.test(name)) return 'no';
  const uid = uidOf(root, name);
  if (uid === undefined) return name === 'root' ? 'yes' : 'unknown';
  return uid === 0 ? 'yes' : 'no';
}

/** The uid of a name in /etc/passwd. */
export function uidOf(root: Node, name: string): number | undefined {
  for (const line of (textAt(root, '/etc/passwd') ?? '').split('\n')) {
    const [entry, , uid] = line.split(':');
    if (entry === name && uid !== undefined && /^\d+$/.test(uid)) return Number(uid);
  }
  return undefined;
}

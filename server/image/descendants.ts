import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ids of the processes below this one that left its process group, on Linux; empty elsewhere. Podman starts the process of a RUN
 * in a session of its own and, when interrupted, leaves it running.
 */
export function descendantsOutsideGroup(root: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  const children = new Map<number, { readonly pid: number; readonly group: number }[]>();
  for (const name of readdirSync('/proc')) {
    const entry = /^\d+$/.test(name) ? parentAndGroup(name) : undefined;
    if (entry)
      children.set(entry.parent, [...(children.get(entry.parent) ?? []), { pid: Number(name), group: entry.group }]);
  }
  const outside: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      open.push(child.pid);
      if (child.group !== root) outside.push(child.pid);
    }
  }
  return outside;
}

function parentAndGroup(pid: string): { readonly parent: number; readonly group: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may contain anything, the fields follow the last one: state, parent, group.
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}

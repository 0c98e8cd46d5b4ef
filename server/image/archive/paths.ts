/** A path of a member as it lies below the root of the image: no leading or trailing slash, no `.`; `..` ends at the root. */
export function pathInImage(name: string): string {
  // Nearly all names are clean: of these nothing is taken apart.
  const trimmed = name.startsWith('./') ? name.slice(2) : name.startsWith('/') ? name.slice(1) : name;
  const clean = trimmed.endsWith('/') ? trimmed.slice(0, -1) : trimmed;
  if (!/(^|\/)(\.{0,2})(\/|$)/.test(clean)) return clean;
  const parts: string[] = [];
  for (const part of clean.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Whether a name leads out of the folder it is unpacked in. */
export function leadsOut(name: string): boolean {
  if (!name.includes('..')) return false;
  let depth = 0;
  for (const part of name.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The real client, run as a user without any rights. */
export function asNobody(folder: string, program: string): string {
  const file = path.join(folder, `nobody ${path.basename(program)}`);
  writeFileSync(file, `#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups "${program}" "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createProjects } from '../../server/project/projects.ts';
import { milliseconds, type Row } from './table.ts';

const body = '// A line that is not looked at.\nfunc f() string { return "x" }\n'.repeat(60);

/** Reads a repository of 250 packages with 20 Go files each, once. */
export async function measureRepository(): Promise<Row> {
  const folder = mkdtempSync(path.join(tmpdir(), 'go-dockerfile-bench-'));
  try {
    writeFileSync(path.join(folder, 'go.mod'), 'module example.com/large\n\ngo 1.25\n');
    for (let at = 0; at < 5000; at += 1) {
      const name = `p${Math.floor(at / 20)}`;
      mkdirSync(path.join(folder, name), { recursive: true });
      const imports = `import (\n\t"net/http"\n\t"example.com/large/p${(at * 7) % 250}"\n)`;
      writeFileSync(path.join(folder, name, `f${at}.go`), `package ${name}\n\n${imports}\n\n${body}`);
    }
    const from = performance.now();
    const { packages } = await createProjects().load(folder, path.join(folder, 'Dockerfile'));
    if (packages.size !== 250) throw new Error(`${packages.size} packages were read`);
    return ['reading a repository of 5,000 Go files', milliseconds(performance.now() - from), '', ''];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

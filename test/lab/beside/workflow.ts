import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { workshop } from '../images/store.ts';
import { mustRun, run } from '../process.ts';
import type { Row } from '../runner.ts';
import { type BesideCase, filesFor } from './asked.ts';

const tool = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const program = resolve(workshop, 'bin/actionlint');

/** Builds actionlint from the Go module proxy, once. */
const install = async (): Promise<void> => {
  if ((await run(program, ['-version'])).code === 0) return;
  await mustRun('go', ['install', tool], { env: { GOBIN: dirname(program), GOFLAGS: '' }, timeout: 900_000 });
};

/** actionlint has nothing to say of the workflow that is written for a case. */
export const runWorkflow = async (asked: BesideCase): Promise<Row> => {
  const start = performance.now();
  const lint = async (): Promise<string> => {
    await install();
    const { text } = await filesFor(asked, 'workflow', resolve(asked.project, asked.below ?? ''));
    const file = resolve(workshop, 'beside', `${asked.name.replaceAll(/\W+/g, '-')}.yml`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    // Scripts are linted by shellcheck where there is one: it belongs to no machine by itself.
    const { code, stdout, stderr } = await run(program, ['-no-color', '-shellcheck=', '-pyflakes=', file]);
    return code === 0 ? '' : `${stdout}${stderr}\n${text}`;
  };
  const reason = await lint().catch(String);
  const seconds = (performance.now() - start) / 1000;
  return { rule: 'beside', name: `workflow, ${asked.name}`, verdict: reason ? 'failed' : 'passed', seconds, reason };
};

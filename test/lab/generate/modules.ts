import { mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Addition } from '../images/derived.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';

/** What a debug target installs; see the generator's side-stages. */
const delve = 'github.com/go-delve/delve/cmd/dlv@v1.27.2';

/** Fills the lab's folder of modules with those of a project, and with Delve's when asked. */
const fetchModules = async (project: string, debug: boolean): Promise<string> => {
  const cache = resolve(workshop, 'case-modules');
  await mkdir(cache, { recursive: true });
  const env = { GOMODCACHE: cache, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' };
  await mustRun('go', ['mod', 'download', 'all'], { cwd: project, env });
  if (debug) {
    const bin = resolve(cache, 'bin');
    await mustRun('go', ['install', delve], { cwd: cache, env: { ...env, GOBIN: bin }, timeout: 600_000 });
  }
  return resolve(cache, 'cache/download');
};

/** The modules of a project, in the folder from which the golang images of the lab download. */
export const modulesOf = async (project: string, debug: boolean): Promise<Addition> => ({
  name: `modules-${project.split('/').at(-1) ?? ''}`,
  lines: ['COPY proxy/ /var/lib/lab-proxy/'],
  words: [await readFile(resolve(project, 'go.mod'), 'utf8'), debug ? delve : ''],
  fill: async (folder) => {
    const from = await fetchModules(project, debug);
    await mustRun('cp', ['--recursive', '--link', from, resolve(folder, 'proxy')]);
  },
});

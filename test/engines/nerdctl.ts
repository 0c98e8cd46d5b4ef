import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asNobody } from './as-nobody.ts';
import type { Bench, Fragile, Reached } from './bench-model.ts';
import { tools } from './buildx.ts';
import { type Daemon, startBuildkitd, startContainerd } from './daemons.ts';

/** What BuildKit runs a build with: with containerd it shares images with nerdctl, with runc nerdctl loads them. */
export type Worker = 'containerd' | 'runc';

/** Whether install.sh has built it, and what it builds with. */
export const hasNerdctl = (): boolean =>
  ['nerdctl', 'buildctl', 'buildkitd'].every((program) => existsSync(path.join(tools, program)));

interface Daemons {
  readonly containerd: Daemon;
  readonly buildkitd: Daemon;
}

async function startDaemons(worker: Worker, megabytes: number | undefined): Promise<Daemons> {
  const containerd = await startContainerd(megabytes);
  const socket = containerd.address.replace('unix://', '');
  try {
    const extras = worker === 'containerd' ? { containerd: socket } : {};
    return { containerd, buildkitd: await startBuildkitd(path.join(tools, 'buildkitd'), megabytes, extras) };
  } catch (error) {
    await containerd.remove();
    throw error;
  }
}

const program = path.join(tools, 'nerdctl');

function reach({ containerd, buildkitd }: Daemons): Reached {
  const config = path.join(containerd.folder, 'nerdctl.toml');
  writeFileSync(config, `address = "${containerd.address}"\ndata_root = "${containerd.folder}/store/nerdctl"\n`);
  const environment = {
    ...process.env,
    // It starts buildctl by name.
    PATH: `${tools}:${process.env.PATH}`,
    NERDCTL_TOML: config,
    BUILDKIT_HOST: buildkitd.address,
  };
  return { settings: { engine: 'nerdctl', enginePath: program }, environment };
}

const removeBoth = async ({ containerd, buildkitd }: Daemons): Promise<void> => {
  await buildkitd.remove();
  await containerd.remove();
};

/** nerdctl with a containerd and a BuildKit of our own. */
export async function nerdctl(
  worker: Worker,
  folder: string,
  megabytes: number,
): Promise<{ readonly bench: Bench; readonly remove: () => Promise<void> }> {
  const fragile = async (): Promise<Fragile> => {
    const small = await startDaemons(worker, megabytes);
    // The BuildKit that names containerd's socket ends with it.
    const stop = worker === 'containerd' ? small.containerd.kill : small.buildkitd.kill;
    return { reached: reach(small), stop, remove: () => removeBoth(small) };
  };
  const daemons = await startDaemons(worker, undefined);
  const reached = reach(daemons);
  const enginePath = asNobody(mkdtempSync(path.join(folder, 'nerdctl-')), program);
  // Settings and folders of root would be what stops it first.
  const environment = {
    PATH: reached.environment.PATH,
    CONTAINERD_ADDRESS: daemons.containerd.address,
    HOME: '/nonexistent',
  };
  const forbidden: Reached = { settings: { ...reached.settings, enginePath }, environment };
  return {
    bench: { name: `nerdctl, BuildKit with ${worker}`, reached, fragile, forbidden },
    remove: () => removeBoth(daemons),
  };
}

import path from 'node:path';
import { asNobody } from './as-nobody.ts';
import type { Bench, Fragile, Reached } from './bench-model.ts';
import { tools } from './buildx.ts';
import { type Daemon, startBuildkitd, startContainerd } from './daemons.ts';

/** The two daemons behind nerdctl: one builds, the other one keeps the images. */
interface Pair {
  readonly buildkit: Daemon;
  readonly containerd: Daemon;
}

const startPair = async (megabytes: number | undefined): Promise<Pair> => {
  const containerd = await startContainerd(megabytes);
  try {
    return { containerd, buildkit: await startBuildkitd(path.join(tools, 'buildkitd'), megabytes) };
  } catch (error) {
    await containerd.remove();
    throw error;
  }
};

const removePair = async ({ buildkit, containerd }: Pair): Promise<void> => {
  await buildkit.remove();
  await containerd.remove();
};

/** nerdctl as install.sh builds it, with a BuildKit and a containerd of its own; `remove` at the end. */
export async function nerdctl(
  folder: string,
  megabytes: number,
): Promise<{ readonly bench: Bench; readonly remove: () => Promise<void> }> {
  const program = path.join(tools, 'nerdctl');
  const settings = { engine: 'nerdctl', enginePath: program } as const;
  const reach = ({ buildkit, containerd }: Pair): Reached => ({
    settings,
    environment: {
      ...process.env,
      // It starts buildctl.
      PATH: `${tools}:${process.env.PATH}`,
      BUILDKIT_HOST: buildkit.address,
      CONTAINERD_ADDRESS: containerd.address,
      NERDCTL_TOML: path.join(folder, 'none.toml'),
    },
    network: 'none',
  });
  const fragile = async (): Promise<Fragile> => {
    const small = await startPair(megabytes);
    return { reached: reach(small), stop: () => small.buildkit.kill(), remove: () => removePair(small) };
  };
  const pair = await startPair(undefined);
  const reached = reach(pair);
  const forbidden = { ...reached, settings: { ...settings, enginePath: asNobody(folder, program) } };
  return { bench: { name: 'nerdctl', reached, fragile, forbidden }, remove: () => removePair(pair) };
}

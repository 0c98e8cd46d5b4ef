import path from 'node:path';
import { asNobody } from './as-nobody.ts';
import type { Bench, Fragile, Reached } from './bench-model.ts';
import { docker, tools } from './buildx.ts';
import { type Daemon, type ImageStore, startCurrentDockerd } from './daemons.ts';

/** A current docker with one of its two image stores, behind a client that has buildx in its configuration. */
export async function currentDocker(
  store: ImageStore,
  folder: string,
  config: string,
  megabytes: number,
): Promise<{ readonly bench: Bench; readonly daemon: Daemon }> {
  const program = path.join(tools, 'dockerd');
  const settings = { engine: 'docker', enginePath: docker } as const;
  const reach = ({ address }: Daemon): Reached => ({
    settings,
    environment: { ...process.env, DOCKER_CONFIG: config, DOCKER_HOST: address },
    network: 'none',
  });
  const fragile = async (): Promise<Fragile> => {
    const small = await startCurrentDockerd(program, store, megabytes);
    return { reached: reach(small), stop: small.kill, remove: small.remove };
  };
  const daemon = await startCurrentDockerd(program, store, undefined);
  const reached = reach(daemon);
  const forbidden = { ...reached, settings: { ...settings, enginePath: asNobody(folder, docker) } };
  return { bench: { name: `docker of today, ${store}`, reached, fragile, forbidden }, daemon };
}

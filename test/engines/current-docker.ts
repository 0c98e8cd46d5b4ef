import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { asNobody } from './as-nobody.ts';
import type { Bench, Fragile, Reached } from './bench-model.ts';
import { buildxConfig, docker, tools } from './buildx.ts';
import { type Daemon, type ImageStore, startCurrentDockerd, unmountBelow } from './daemons.ts';
import { start } from './program.ts';

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

/** A current docker with the containerd store, for the lab: the environment of a client that reaches it. */
export type LabDocker = Readonly<Record<'DOCKER_CONFIG' | 'DOCKER_HOST', string>>;

let running: Promise<LabDocker> | undefined;

/** Starts it once per process; it ends with the process. Undefined where install.sh has not built it. */
export function labDocker(): Promise<LabDocker> | undefined {
  if (!existsSync(path.join(tools, 'dockerd'))) return undefined;
  running ??= startOne();
  return running;
}

async function startOne(): Promise<LabDocker> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-lab-docker-'));
  const daemon = await startCurrentDockerd(path.join(tools, 'dockerd'), 'containerd', undefined);
  process.once('exit', () => {
    daemon.killNow();
    unmountBelow(daemon.folder);
    // What was killed may write for a moment yet.
    for (const made of [folder, daemon.folder]) rmSync(made, { recursive: true, force: true, maxRetries: 20 });
  });
  return { DOCKER_CONFIG: buildxConfig(folder), DOCKER_HOST: daemon.address };
}

/** Brings an image of the installed docker to that one, unless it has one of that name. */
export function bringToLab(from: string, to: LabDocker, reference: string): void {
  const env = { ...process.env, ...to };
  if (start(docker, ['image', 'inspect', reference], { env }).status === 0) return;
  const pipe = 'DOCKER_HOST= "$0" save "$1" | "$2" load --quiet';
  const brought = start('sh', ['-c', pipe, from, reference, docker], { env });
  if (brought.status !== 0) throw new Error(brought.stderr);
}

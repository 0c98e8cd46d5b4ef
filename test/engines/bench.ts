import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/bundle.ts';
import type { Environment } from '../../server/image/engine-model.ts';
import { asNobody } from './as-nobody.ts';
import type { Bench, Fragile, NotHere } from './bench-model.ts';
import { addBuilder, buildxConfig, docker, tools } from './buildx.ts';
import { currentDocker } from './current-docker.ts';
import { type Daemon, smallStore, startBuildkitd, startDockerd } from './daemons.ts';
import { hasNerdctl, nerdctl } from './nerdctl.ts';
import { processesNaming } from './processes.ts';
import { start } from './program.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-engines-'));
/** Big enough for the program of the tests, too small for the file that fills it. */
const megabytes = 48;

const ofDockerd = async (more: Environment): Promise<Fragile> => {
  const daemon = await startDockerd(megabytes);
  const environment = { ...process.env, ...more, DOCKER_HOST: daemon.address };
  const settings = { engine: 'docker', enginePath: docker } as const;
  return { reached: { settings, environment, network: 'none' }, stop: daemon.kill, remove: daemon.remove };
};

const ofDocker = (name: string, more: Environment): Bench => {
  const environment = { ...process.env, ...more };
  return {
    name,
    reached: { settings: { engine: 'docker', enginePath: docker }, environment },
    fragile: () => ofDockerd(more),
    forbidden: { settings: { engine: 'docker', enginePath: asNobody(folder, docker) }, environment },
  };
};

/** A builder elsewhere; its images are loaded into the daemon here. */
const remote = (config: string, name: string, address: string): Bench => {
  const environment = { ...process.env, DOCKER_CONFIG: config };
  addBuilder(config, name, address);
  const settings = { engine: 'docker', enginePath: docker, builder: name } as const;
  const fragile = async (): Promise<Fragile> => {
    const daemon: Daemon = await startBuildkitd(path.join(tools, 'buildkitd'), megabytes);
    const builder = `${name}-fragile`;
    addBuilder(config, builder, daemon.address);
    const remove = async (): Promise<void> => {
      await daemon.remove();
      start(docker, ['buildx', 'rm', builder], { env: environment });
    };
    return { reached: { settings: { ...settings, builder }, environment, network: 'none' }, stop: daemon.kill, remove };
  };
  return {
    name: `buildx, builder ${name}`,
    reached: { settings, environment },
    fragile,
    forbidden: { settings: { ...settings, enginePath: asNobody(folder, docker) }, environment },
  };
};

/** Podman and buildah: no daemon, a store in a folder. */
const daemonless = (kind: 'podman' | 'buildah'): Bench => {
  const program = start('which', [kind]).stdout.trim();
  // crun refuses machines with both versions of cgroups; runc does not.
  const environment = { ...process.env, CONTAINERS_CONF: path.join(projectRoot, 'test/lab/containers.conf') };
  const settings = { engine: kind, enginePath: program } as const;
  const fragile = async (): Promise<Fragile> => {
    const place = mkdtempSync(path.join(folder, kind));
    const unmount = smallStore(path.join(place, 'store'), megabytes);
    const config = path.join(place, 'storage.conf');
    writeFileSync(config, `[storage]\ndriver = "vfs"\ngraphroot = "${place}/store/root"\nrunroot = "${place}/run"\n`);
    const small = { ...environment, CONTAINERS_STORAGE_CONF: config, TMPDIR: place };
    const stop = async (context: string): Promise<void> => {
      // Without a daemon it is the client that can end.
      for (const { pid, words } of processesNaming(context)) {
        if (path.basename(words[0] ?? '') === kind) process.kill(pid, 'SIGKILL');
      }
    };
    return { reached: { settings, environment: small, network: 'none' }, stop, remove: async () => unmount() };
  };
  return {
    name: kind,
    reached: { settings, environment },
    fragile,
    forbidden: { settings: { ...settings, enginePath: asNobody(folder, program) }, environment },
  };
};

/** The engines of the table, and those that cannot be had here; call `remove` at the end. */
export async function allBenches(): Promise<{
  readonly benches: readonly Bench[];
  readonly missing: readonly NotHere[];
  readonly remove: () => Promise<void>;
}> {
  const benches: Bench[] = [];
  const missing: NotHere[] = [];
  if (start(docker, ['version']).status === 0) {
    benches.push(ofDocker('docker, BuildKit', {}), ofDocker('docker, legacy builder', { DOCKER_BUILDKIT: '0' }));
  } else missing.push({ name: 'docker', reason: 'no daemon answers; .ci/run starts one' });
  const removals: (() => Promise<void>)[] = [];
  const isHere = (program: string): boolean => benches.length > 0 && existsSync(path.join(tools, program));
  const config = buildxConfig(folder);
  if (isHere('buildkitd')) {
    benches.push(ofDocker('buildx, default builder', { DOCKER_CONFIG: config }));
    const daemon = await startBuildkitd(path.join(tools, 'buildkitd'), 2000, { tcpPort });
    removals.push(daemon.remove);
    benches.push(remote(config, 'go-dockerfile-socket', daemon.address));
    benches.push(remote(config, 'go-dockerfile-tcp', `tcp://127.0.0.1:${tcpPort}`));
  } else missing.push({ name: 'buildx', reason: notBuilt });
  const hasContainerd = start('containerd', ['--version']).status === 0;
  if (!hasContainerd) missing.push({ name: 'docker of today', reason: noContainerd });
  else if (isHere('dockerd')) {
    for (const store of ['containerd', 'overlay2'] as const) {
      const { bench, daemon } = await currentDocker(store, folder, config, megabytes);
      removals.push(daemon.remove);
      benches.push(bench);
    }
  } else missing.push({ name: 'docker of today', reason: notBuilt });
  for (const kind of ['podman', 'buildah'] as const) {
    if (start(kind, ['--version']).status === 0) benches.push(daemonless(kind));
    else missing.push({ name: kind, reason: `not installed; sudo apt-get install -y ${kind}` });
  }
  if (!hasContainerd) missing.push({ name: 'nerdctl', reason: noContainerd });
  else if (hasNerdctl()) {
    for (const worker of ['containerd', 'runc'] as const) {
      const { bench, remove } = await nerdctl(worker, folder, megabytes);
      removals.push(remove);
      benches.push(bench);
    }
  } else missing.push({ name: 'nerdctl', reason: notBuilt });
  const remove = async (): Promise<void> => {
    for (const removal of removals) await removal();
    rmSync(folder, { recursive: true, force: true });
  };
  return { benches, missing, remove };
}

const tcpPort = 17_634;
const noContainerd = 'containerd is not on the PATH; sudo apt-get install -y containerd';
const notBuilt = 'not built; test/engines/install.sh out/engines/bin builds it';

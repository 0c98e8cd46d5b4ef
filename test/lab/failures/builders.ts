import { spawn } from 'node:child_process';
import { type CurrentBuildKit, currentBuildKit } from '../../engines/current-buildkit.ts';
import { bringToLab, type LabDocker, labDocker } from '../../engines/current-docker.ts';
import { bringToPodman, ociContext, podmanSettings } from '../../engines/oci.ts';
import type { Engine } from '../engine.ts';
import { run } from '../process.ts';
import type { FailureCase, FailureEngine } from './case.ts';

/** A builder of this machine. */
export interface BuilderAt {
  readonly name: FailureEngine;
  /** Builds a folder without a network; the log holds both streams as they came. */
  readonly build: (
    folder: string,
    options: readonly string[],
    references: readonly string[],
  ) => Promise<{ readonly log: string; readonly code: number }>;
}

/** Which ones take part: a list such as `buildkit,podman`; docker's BuildKit alone when nothing is said. */
const asked = (process.env.GO_DOCKERFILE_LAB_ENGINES ?? 'buildkit').split(',');

const merged = (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly log: string; readonly code: number }> =>
  new Promise((done) => {
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio, timeout: 300_000 });
    let log = '';
    const take = (data: Buffer): void => {
      log += data.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', ({ message }) => done({ log: message, code: 127 }));
    child.on('close', (code) => done({ log, code: code ?? 1 }));
  });

const tag = 'go-dockerfile-lab-case/failure';

const docker = ({ program }: Engine, name: 'buildkit' | 'legacy'): BuilderAt => ({
  name,
  build: (folder, options) => {
    const own = name === 'buildkit' ? ['--progress=plain'] : ['--force-rm'];
    const args = ['build', ...own, '--network=none', ...options, '--tag', tag, folder];
    return merged(program, args, { DOCKER_BUILDKIT: name === 'buildkit' ? '1' : '0' });
  },
});

/** Podman has a store of its own: images are brought there from docker's. */
const podman = ({ program }: Engine): BuilderAt => ({
  name: 'podman',
  build: async (folder, options, references) => {
    for (const reference of references) bringToPodman(program, reference);
    const own = ['build', '--format=docker', '--force-rm', '--tls-verify=false', '--network=none'];
    return merged('podman', [...own, ...options, '--tag', tag, folder], podmanSettings);
  },
});

/** A current BuildKit that sees neither docker's images nor a registry: they are named contexts. */
const buildx = ({ program }: Engine, { builder, environment }: CurrentBuildKit): BuilderAt => ({
  name: 'buildx',
  build: async (folder, options, references) => {
    const contexts = references.map((reference) => `--build-context=${reference}=${ociContext(program, reference)}`);
    const own = ['buildx', 'build', '--builder', builder, '--progress=plain', '--network=none'];
    return merged(program, [...own, ...contexts, ...options, folder], environment);
  },
});

/** A current docker engine with its containerd store. */
const moby = ({ program }: Engine, lab: LabDocker): BuilderAt => ({
  name: 'moby',
  build: async (folder, options, references) => {
    for (const reference of references) bringToLab(program, lab, reference);
    const args = ['buildx', 'build', '--progress=plain', '--network=none', ...options, '--tag', tag, folder];
    return merged(program, args, lab);
  },
});

/** The builders on which a failure is to happen, of those that are asked for and here. */
export const buildersFor = async (engine: Engine, { engines }: FailureCase): Promise<readonly BuilderAt[]> => {
  const wanted = (name: FailureEngine): boolean => asked.includes(name) && (engines?.includes(name) ?? true);
  const found: BuilderAt[] = [];
  if (wanted('buildkit')) found.push(docker(engine, 'buildkit'));
  if (wanted('legacy')) found.push(docker(engine, 'legacy'));
  const current = wanted('buildx') ? await currentBuildKit() : undefined;
  if (current) found.push(buildx(engine, current));
  const lab = wanted('moby') ? await labDocker() : undefined;
  if (lab) found.push(moby(engine, lab));
  if (wanted('podman') && (await run('podman', ['--version'])).code === 0) found.push(podman(engine));
  return found;
};

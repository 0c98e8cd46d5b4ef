import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Ended, mustRun, run } from './process.ts';

/** A container engine that answers and can build with BuildKit (docker) or buildah (podman). */
export interface Engine {
  readonly program: string;
  /** Such as `docker 20.10.24`. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Why there is none, and the line that would change it. */
export interface NoEngine {
  readonly reason: string;
  readonly enable: string;
}

const everyOnPath = (name: string): readonly string[] =>
  [...new Set((process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))].filter((path) =>
    existsSync(path),
  );

const major = (version: string): number => Number.parseInt(version, 10);

/** A docker client before 23 carries BuildKit in itself, a later one only with the buildx plugin. */
const dockerAt = async (program: string): Promise<Engine | undefined> => {
  const server = await run(program, ['version', '--format', '{{.Server.Version}}']);
  if (server.code !== 0) return undefined;
  const client = await run(program, ['version', '--format', '{{.Client.Version}}']);
  const buildx = await run(program, ['buildx', 'version']);
  if (major(client.stdout) >= 23 && buildx.code !== 0) return undefined;
  const version = server.stdout.trim().split('+')[0] ?? '';
  return { program, name: `docker ${version}`, env: { DOCKER_BUILDKIT: '1' } };
};

const podmanAt = async (program: string): Promise<Engine | undefined> => {
  const version = await run(program, ['version', '--format', '{{.Client.Version}}']);
  return version.code === 0 ? { program, name: `podman ${version.stdout.trim()}`, env: {} } : undefined;
};

/** The first engine that can build: every docker on the PATH, then podman. */
export const findEngine = async (): Promise<Engine | NoEngine> => {
  const clients = everyOnPath('docker');
  for (const program of clients) {
    const engine = await dockerAt(program);
    if (engine) return engine;
  }
  for (const program of everyOnPath('podman')) {
    const engine = await podmanAt(program);
    if (engine) return engine;
  }
  return {
    reason:
      clients.length > 0 ? 'docker is installed, but no daemon answers or no client can build' : 'no docker, no podman',
    enable: 'sudo apt-get install -y docker.io iptables debootstrap && sudo dockerd &',
  };
};

/** Builds the Dockerfile of a folder; the log is in `stderr` (docker) or in both streams (podman). */
export const build = (
  engine: Engine,
  folder: string,
  tag: string,
  options: readonly string[] = [],
  timeout = 600_000,
): Promise<Ended> =>
  run(engine.program, ['build', '--progress=plain', '--network=none', ...options, '--tag', tag, folder], {
    env: engine.env,
    timeout,
  });

/** Runs an image without a network, until it ends or has written what is waited for; then nothing of it is left. */
export const runImage = async (
  engine: Engine,
  tag: string,
  until: (output: string) => boolean,
  options: readonly string[] = [],
): Promise<Ended> => {
  const name = `${tag.replaceAll(/\W/g, '-')}-run`;
  const ended = await run(engine.program, ['run', '--rm', '--name', name, '--network=none', ...options, tag], {
    timeout: 30_000,
    until,
  });
  await run(engine.program, ['rm', '--force', name]);
  return ended;
};

/** Bytes of an image as the engine counts them: good for a comparison of two images of one engine. */
export const imageSize = async (engine: Engine, tag: string): Promise<number> =>
  Number(await mustRun(engine.program, ['image', 'inspect', '--format', '{{.Size}}', tag]));

/** The user an image starts as, as its configuration has it; empty for root. */
export const imageUser = (engine: Engine, tag: string): Promise<string> =>
  mustRun(engine.program, ['image', 'inspect', '--format', '{{.Config.User}}', tag]);

/** The value of a label, empty without it, undefined when there is no such image. */
export const imageLabel = async (engine: Engine, tag: string, label: string): Promise<string | undefined> => {
  const format = `{{with .Config.Labels}}{{index . "${label}"}}{{end}}`;
  const ended = await run(engine.program, ['image', 'inspect', '--format', format, tag]);
  return ended.code === 0 ? ended.stdout.trim() : undefined;
};

export const removeImage = async (engine: Engine, tag: string): Promise<void> => {
  await run(engine.program, ['image', 'rm', '--force', tag]);
};

import path from 'node:path';
import type { Engine, EngineProblem, Environment } from './engine-model.ts';
import { explainEngine } from './explain/engine-trouble.ts';
import { programOutput } from './process.ts';

/** Milliseconds after which a client that says nothing counts as hanging. */
const patience = 20_000;

export const isEngine = (answer: Engine | EngineProblem): answer is Engine => 'program' in answer;

type Ask = (...args: string[]) => ReturnType<typeof programOutput>;

interface Asked {
  readonly program: string;
  readonly environment: Environment;
  readonly builder: string | undefined;
  readonly ask: Ask;
}

/** What stands behind a program: it says so itself, whatever its name is. */
export async function askProgram(
  program: string,
  environment: Environment,
  builder: string | undefined,
  signal: AbortSignal,
): Promise<Engine | EngineProblem> {
  const timeout = AbortSignal.timeout(patience);
  const either = AbortSignal.any([signal, timeout]);
  const ask: Ask = (...args) => programOutput(program, args, environment, either);
  const version = await ask('--version');
  if (version.startError) {
    return {
      problem: `${program} cannot be started (${version.startError.code}): set goDockerfile.enginePath to the engine's program.`,
    };
  }
  const name = /^(podman|nerdctl|buildah) version/m.exec(version.stdout)?.[1];
  const asked = { program, environment, builder, ask };
  const answer = await (name === undefined ? askDocker(asked) : askOther(name as OtherKind, asked));
  if (!timeout.aborted || isEngine(answer)) return answer;
  return { problem: `${path.basename(program)} did not answer for ${patience / 1000} seconds: restart the engine.` };
}

type OtherKind = 'podman' | 'nerdctl' | 'buildah';

const versionOf: Readonly<Record<OtherKind, readonly string[]>> = {
  podman: ['info', '--format', '{{.Version.Version}}'],
  nerdctl: ['info', '--format', '{{.ServerVersion}}'],
  // Needs no daemon: that the storage can be opened is what counts.
  buildah: ['info', '--format', '{{.host.OCIRuntime}}'],
};

async function askOther(kind: OtherKind, { program, environment, ask }: Asked): Promise<Engine | EngineProblem> {
  const info = await ask(...versionOf[kind]);
  if (info.code !== 0) return { problem: explainEngine(kind, info.stderr || info.stdout) };
  const said = kind === 'buildah' ? (await ask('--version')).stdout.split(' ')[2] : info.stdout.trim();
  const progress = kind === 'nerdctl' ? 'plain' : 'steps';
  return { kind, program, builder: kind, progress, title: `${kind} ${said ?? ''}`.trim(), environment };
}

async function askDocker({ program, environment, builder, ask }: Asked): Promise<Engine | EngineProblem> {
  const version = await ask('version', '--format', '{{.Client.Version}} {{.Server.Version}} {{.Server.Os}}');
  if (version.code !== 0) return { problem: explainEngine('docker', version.stderr || version.stdout) };
  const [client = '', server = '', os = ''] = version.stdout.trim().split(/\s+/);
  if (os === 'windows') {
    return { problem: 'Docker runs Windows containers here: switch it to Linux containers to build this image.' };
  }
  const docker = { kind: 'docker', program } as const;
  const buildx = await ask('buildx', 'version');
  if (buildx.code === 0 && /\bv?\d+\.\d+/.test(buildx.stdout))
    return withBuildx(docker, server, buildx.stdout, builder, environment);
  if (builder) {
    return {
      problem: `goDockerfile.build.builder is ${builder}, and docker has no buildx plug-in: install docker-buildx.`,
    };
  }
  if (Number.parseInt(client, 10) < 23 && environment.DOCKER_BUILDKIT !== '0') {
    const withBuildKit = { ...environment, DOCKER_BUILDKIT: '1' };
    return {
      ...docker,
      builder: 'buildkit',
      progress: 'plain',
      title: `docker ${server} (BuildKit)`,
      environment: withBuildKit,
    };
  }
  return {
    ...docker,
    builder: 'legacy',
    progress: 'steps',
    title: `docker ${server} (legacy builder)`,
    note: legacyNote,
    environment: { ...environment, DOCKER_BUILDKIT: '0' },
  };
}

const legacyNote =
  'Docker builds with its legacy builder, which has no RUN --mount, heredocs and platforms: install the buildx plug-in (docker-buildx).';

/** rawjson came with buildx 0.13. */
function withBuildx(
  docker: Pick<Engine, 'kind' | 'program'>,
  server: string,
  version: string,
  builder: string | undefined,
  environment: Environment,
): Engine {
  const [, major = '0', minor = '0'] = /\bv?(\d+)\.(\d+)/.exec(version) ?? [];
  return {
    ...docker,
    builder: 'buildx',
    progress: Number(major) > 0 || Number(minor) >= 13 ? 'rawjson' : 'plain',
    title: `docker ${server} (buildx${builder ? `, builder ${builder}` : ''})`,
    ...(builder && { builderName: builder }),
    // Attestations would turn every image into an index with a second manifest.
    environment: { ...environment, BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
  };
}

import path from 'node:path';
import type { Engine, EngineProblem, EngineSettings, Environment } from './engine-model.ts';
import { explainEngine } from './explain-engine.ts';
import { programOutput } from './process.ts';
import { programsNamed } from './programs.ts';

/** Milliseconds after which a client that says nothing counts as hanging. */
const patience = 20_000;

/**
 * The best engine that answers: docker with BuildKit (every `docker` on the PATH is asked), docker's legacy builder, podman.
 * Starts programs, so call it when a build is wanted, not before. Never rejects.
 */
export async function findEngine(
  settings: EngineSettings,
  environment: Environment,
  signal: AbortSignal = new AbortController().signal,
): Promise<Engine | EngineProblem> {
  const programs = candidates(settings, environment);
  if (programs.length === 0) return { problem: notInstalled(settings.engine) };
  const answers: (Engine | EngineProblem)[] = [];
  for (const program of programs) {
    const answer = await askProgram(program, environment, signal);
    if (isEngine(answer) && answer.kind === 'docker' && answer.builder !== 'legacy') return answer;
    answers.push(answer);
  }
  const engines = answers.filter(isEngine);
  const best = engines.find(({ kind }) => kind === 'docker') ?? engines[0];
  return best ?? answers.find((answer) => !isEngine(answer)) ?? { problem: notInstalled(settings.engine) };
}

const isEngine = (answer: Engine | EngineProblem): answer is Engine => 'program' in answer;

function candidates(settings: EngineSettings, environment: Environment): readonly string[] {
  if (settings.enginePath) return [settings.enginePath];
  const names = settings.engine === 'auto' ? ['docker', 'podman'] : [settings.engine];
  return names.flatMap((name) => programsNamed(name, environment));
}

function notInstalled(engine: EngineSettings['engine']): string {
  if (engine === 'auto') {
    return 'No container engine is installed: install Docker or Podman, or set goDockerfile.enginePath to its program.';
  }
  const name = engine === 'docker' ? 'Docker' : 'Podman';
  return `${name} is not on the PATH: install it, set goDockerfile.enginePath to its program, or set goDockerfile.engine to auto.`;
}

async function askProgram(
  program: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Engine | EngineProblem> {
  const timeout = AbortSignal.timeout(patience);
  const either = AbortSignal.any([signal, timeout]);
  const ask = (...args: string[]) => programOutput(program, args, environment, either);
  const version = await ask('--version');
  if (version.startError) {
    return {
      problem: `${program} cannot be started (${version.startError.code}): set goDockerfile.enginePath to the engine's program.`,
    };
  }
  const answer = await (/^podman version/m.test(version.stdout) ? askPodman : askDocker)(program, environment, ask);
  if (!timeout.aborted || isEngine(answer)) return answer;
  return { problem: `${path.basename(program)} did not answer for ${patience / 1000} seconds: restart the engine.` };
}

type Ask = (...args: string[]) => ReturnType<typeof programOutput>;

async function askPodman(program: string, environment: Environment, ask: Ask): Promise<Engine | EngineProblem> {
  const info = await ask('info', '--format', '{{.Version.Version}}');
  if (info.code !== 0) return { problem: explainEngine('podman', info.stderr || info.stdout) };
  return { kind: 'podman', program, builder: 'podman', title: `podman ${info.stdout.trim()}`, environment };
}

async function askDocker(program: string, environment: Environment, ask: Ask): Promise<Engine | EngineProblem> {
  const version = await ask('version', '--format', '{{.Client.Version}} {{.Server.Version}} {{.Server.Os}}');
  if (version.code !== 0) return { problem: explainEngine('docker', version.stderr || version.stdout) };
  const [client = '', server = '', os = ''] = version.stdout.trim().split(/\s+/);
  const docker = { kind: 'docker', program } as const;
  if (os === 'windows') {
    return { problem: 'Docker runs Windows containers here: switch it to Linux containers to build this image.' };
  }
  const buildx = await ask('buildx', 'version');
  if (buildx.code === 0 && /\bv?\d+\.\d+/.test(buildx.stdout)) {
    // Attestations would turn every image into an index with a second manifest.
    const plain = { ...environment, BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
    return { ...docker, builder: 'buildx', title: `docker ${server} (buildx)`, environment: plain };
  }
  if (Number.parseInt(client, 10) < 23) {
    const withBuildKit = { ...environment, DOCKER_BUILDKIT: '1' };
    return { ...docker, builder: 'buildkit', title: `docker ${server} (BuildKit)`, environment: withBuildKit };
  }
  return {
    ...docker,
    builder: 'legacy',
    title: `docker ${server} (legacy builder)`,
    note: 'The docker client has no buildx plug-in, so its legacy builder is used: RUN --mount and heredocs fail. Install docker-buildx.',
    environment: { ...environment, DOCKER_BUILDKIT: '0' },
  };
}

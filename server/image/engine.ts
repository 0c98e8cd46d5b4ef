import { askProgram, isEngine } from './ask-engine.ts';
import type { Engine, EngineProblem, EngineSettings, Environment } from './engine-model.ts';
import { programsNamed } from './programs.ts';

/**
 * The best engine that answers: docker with BuildKit (every `docker` on the PATH is asked), docker's legacy builder, podman,
 * nerdctl, buildah. Starts programs, so call it when a build is wanted, not before. Never rejects.
 */
export async function findEngine(
  settings: EngineSettings,
  environment: Environment,
  signal: AbortSignal = new AbortController().signal,
): Promise<Engine | EngineProblem> {
  const programs = candidates(settings, environment);
  const answers: (Engine | EngineProblem)[] = [];
  for (const program of programs) {
    const answer = await askProgram(program, environment, settings.builder, signal);
    if (isEngine(answer) && answer.builder !== 'legacy') {
      const legacy = answers.find((one) => isEngine(one));
      // A docker that can only build the old way is still the one whose images people look for.
      return answer.kind === 'docker' || !legacy ? answer : legacy;
    }
    answers.push(answer);
  }
  return answers.find(isEngine) ?? answers[0] ?? { problem: notInstalled(settings.engine) };
}

const inOrder = ['docker', 'podman', 'nerdctl', 'buildah'] as const;

function candidates(settings: EngineSettings, environment: Environment): readonly string[] {
  if (settings.enginePath) return [settings.enginePath];
  const names = settings.engine === 'auto' ? inOrder : [settings.engine];
  return names.flatMap((name) => programsNamed(name, environment));
}

function notInstalled(engine: EngineSettings['engine']): string {
  if (engine === 'auto') {
    return 'No container engine is installed: install Docker or Podman, or set goDockerfile.enginePath to its program.';
  }
  const name = engine === 'nerdctl' ? engine : `${engine.charAt(0).toUpperCase()}${engine.slice(1)}`;
  return `${name} is not on the PATH: install it, set goDockerfile.enginePath to its program, or set goDockerfile.engine to auto.`;
}

/** Finds an engine once and remembers it, until a build says that it is gone. */
export interface EngineFinder {
  readonly find: (
    settings: EngineSettings,
    environment: Environment,
    signal: AbortSignal,
  ) => Promise<Engine | EngineProblem>;
  readonly forget: () => void;
}

/** Variables that lead to another engine. */
const leading = [
  'PATH',
  ...['DOCKER_HOST', 'DOCKER_CONTEXT', 'BUILDX_BUILDER', 'CONTAINER_HOST'],
  ...['CONTAINERD_ADDRESS', 'CONTAINERD_NAMESPACE', 'NERDCTL_TOML', 'BUILDKIT_HOST'],
] as const;

/** Remembers engines by the settings and the environment that led to them; problems are asked for again. */
export function engineFinder(): EngineFinder {
  const found = new Map<string, Engine>();
  return {
    find: async (settings, environment, signal) => {
      const key = JSON.stringify([settings, ...leading.map((name) => environment[name])]);
      const known = found.get(key);
      if (known) return known;
      const answer = await findEngine(settings, environment, signal);
      if (isEngine(answer)) found.set(key, answer);
      return answer;
    },
    forget: () => found.clear(),
  };
}

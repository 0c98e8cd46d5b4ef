import type { Engine } from '../engine-model.ts';
import { withoutLogFrame } from '../log-frame.ts';

type Kind = Engine['kind'];

const names: Readonly<Record<Kind, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  nerdctl: 'nerdctl',
  buildah: 'Buildah',
};

const notRunning: Readonly<Record<Kind, string>> = {
  docker: 'The Docker daemon is not running: start Docker Desktop or the service (sudo systemctl start docker).',
  podman: 'The Podman machine is not running: start it with podman machine start.',
  nerdctl: 'containerd is not running, or not for you: start it (sudo systemctl start containerd).',
  buildah: 'Buildah cannot reach its storage: run buildah info in a terminal to see why.',
};

const noPermission: Readonly<Record<Kind, string>> = {
  docker:
    'No permission on the Docker socket: add yourself to the group docker (sudo usermod -aG docker $USER) and log in again.',
  podman: 'No permission on the Podman socket: run podman as the user who owns it.',
  nerdctl:
    'No permission on the containerd socket: use rootless containerd (containerd-rootless-setuptool.sh install).',
  buildah: 'No permission on the storage of Buildah: run it as the user who owns it.',
};

/** One sentence for what an engine's client says when the engine cannot be reached; undefined when it says something else. */
export function engineTrouble(kind: Kind, output: string): string | undefined {
  if (/permission denied/i.test(output) && /\.sock|socket|daemon/i.test(output)) return noPermission[kind];
  // nerdctl does not even try the socket of root.
  if (/rootless containerd not running/i.test(output)) return noPermission[kind];
  if (kind === 'nerdctl') return nerdctlTrouble(output);
  if (
    /no builder "?[^"\s]+"? found|failed to find driver|no valid drivers found|could not find builder/i.test(output)
  ) {
    return 'buildx has no such builder: see docker buildx ls, and set goDockerfile.build.builder to one of them.';
  }
  const down =
    /cannot connect to (the docker daemon|podman|containerd)|cannot access containerd socket|is the docker daemon running|docker daemon is not running|error during connect|docker_engine: The system cannot find/i;
  if (down.test(output)) return notRunning[kind];
  if (
    /failed to list workers|error reading server preface|name resolver error|connection error: desc = /i.test(output)
  ) {
    return 'The builder does not answer: start it, or set goDockerfile.build.builder to another one.';
  }
  return undefined;
}

/** nerdctl needs containerd, buildctl and buildkitd; it says nothing at all when the BuildKit that BUILDKIT_HOST names is not there. */
function nerdctlTrouble(output: string): string | undefined {
  if (/exec: "buildctl": executable file not found/.test(output)) {
    return 'nerdctl builds with buildctl, which is not on the PATH: install BuildKit.';
  }
  if (
    output.trim() === '' ||
    /no buildkit host is available|buildctl.* needs to be|failed to list workers/i.test(output)
  ) {
    return 'nerdctl builds with BuildKit, which does not run: start buildkitd (sudo systemctl start buildkit).';
  }
  return /cannot access containerd socket|connection error: desc = /i.test(output) ? notRunning.nerdctl : undefined;
}

/** One sentence for why an engine that is installed does not answer. */
export function explainEngine(kind: Kind, output: string): string {
  const words = withoutLogFrame(output);
  const known = engineTrouble(kind, words);
  if (known !== undefined) return known;
  const line = words.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
  return line
    ? `${names[kind]} does not answer: ${line}`
    : `${names[kind]} does not answer: run ${kind} info in a terminal to see why.`;
}

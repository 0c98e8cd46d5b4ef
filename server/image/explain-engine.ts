/** One sentence for what an engine's client says when the engine cannot be reached; undefined when it says something else. */
export function engineTrouble(kind: 'docker' | 'podman', output: string): string | undefined {
  if (/permission denied/i.test(output) && /\.sock|socket|daemon/i.test(output)) {
    return kind === 'docker'
      ? 'No permission on the Docker socket: add yourself to the group docker (sudo usermod -aG docker $USER) and log in again.'
      : 'No permission on the Podman socket: run podman as the user who owns it.';
  }
  if (
    /cannot connect to (the docker daemon|podman)|is the docker daemon running|docker daemon is not running|error during connect|docker_engine: The system cannot find/i.test(
      output,
    )
  ) {
    return kind === 'docker'
      ? 'The Docker daemon is not running: start Docker Desktop or the service (sudo systemctl start docker).'
      : 'The Podman machine is not running: start it with podman machine start.';
  }
  return undefined;
}

/** One sentence for why an engine that is installed does not answer. */
export function explainEngine(kind: 'docker' | 'podman', output: string): string {
  const known = engineTrouble(kind, output);
  if (known !== undefined) return known;
  const name = kind === 'docker' ? 'Docker' : 'Podman';
  const line = output.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
  const command = `${kind} info`;
  return line
    ? `${name} does not answer: ${line}`
    : `${name} does not answer: run ${command} in a terminal to see why.`;
}

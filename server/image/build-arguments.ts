import type { BuildOptions, BuildSecret } from '../protocol.ts';
import type { BuildInput, Engine } from './engine-model.ts';

const commands: Readonly<Record<Engine['builder'], readonly string[]>> = {
  buildx: ['buildx', 'build', '--load'],
  buildkit: ['build'],
  legacy: ['build', '--force-rm'],
  // Docker's format keeps HEALTHCHECK and SHELL, which the default format drops.
  podman: ['build', '--format=docker', '--force-rm'],
  buildah: ['build', '--format=docker', '--force-rm', '--layers'],
  nerdctl: ['build'],
};

/** The arguments after the program; paths are arguments of their own, so any character may be in them. */
export function buildArguments(engine: Engine, input: BuildInput, tags: readonly string[], idFile: string): string[] {
  return [
    ...commands[engine.builder],
    ...(engine.builderName ? ['--builder', engine.builderName] : []),
    ...(engine.progress === 'steps' ? [] : [`--progress=${engine.progress}`]),
    ...(input.fresh ? ['--no-cache'] : []),
    ...optionArguments(input.options ?? {}),
    '--iidfile',
    idFile,
    ...tags.flatMap((tag) => ['--tag', tag]),
    '--file',
    input.dockerfile,
    input.context,
  ];
}

function optionArguments({ target, platform, buildArgs, secrets, ssh, contexts, network }: BuildOptions): string[] {
  return [
    ...(target ? ['--target', target] : []),
    ...(platform ? ['--platform', platform] : []),
    ...(network ? ['--network', network] : []),
    ...Object.entries(buildArgs ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(secrets ?? []).flatMap((secret) => ['--secret', secretField(secret)]),
    ...(ssh ?? []).flatMap((agent) => ['--ssh', agent]),
    ...Object.entries(contexts ?? {}).flatMap(([name, value]) => ['--build-context', `${name}=${value}`]),
  ];
}

const secretField = ({ id, file, env }: BuildSecret): string =>
  [`id=${id}`, ...(file === undefined ? [] : [`src=${file}`]), ...(env === undefined ? [] : [`env=${env}`])]
    .map(csv)
    .join(',');

/** The engines read the flag as a line of CSV. */
const csv = (field: string): string => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

import type { SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../scripts/bundle.ts';
import { start } from './program.ts';

/** Where install.sh puts what it builds. */
export const tools = path.join(projectRoot, 'out', 'engines', 'bin');

/** A docker client. */
export const docker = ((): string => {
  // The client that has BuildKit in itself, where there are several.
  const clients = start('which', ['-a', 'docker']).stdout.split('\n').filter(Boolean);
  const major = (client: string): number =>
    Number.parseInt(start(client, ['version', '--format', '{{.Client.Version}}']).stdout, 10);
  return clients.find((client) => major(client) < 23) ?? clients[0] ?? 'docker';
})();

/** A configuration of docker's client with the buildx that install.sh built, and builders of our own. */
export function buildxConfig(inFolder: string): string {
  const config = path.join(inFolder, 'docker-config');
  mkdirSync(path.join(config, 'cli-plugins'), { recursive: true });
  symlinkSync(path.join(tools, 'docker-buildx'), path.join(config, 'cli-plugins', 'docker-buildx'));
  return config;
}

const must = ({ status, stderr }: SpawnSyncReturns<string>): void => {
  if (status !== 0) throw new Error(stderr);
};

/** Names a daemon as a builder of buildx. */
export function addBuilder(config: string, name: string, address: string): void {
  const env = { ...process.env, DOCKER_CONFIG: config };
  must(start(docker, ['buildx', 'create', '--name', name, '--driver', 'remote', address], { env }));
}

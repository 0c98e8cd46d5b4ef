import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../scripts/bundle.ts';
import { start } from './program.ts';

/** Podman's own settings for the tests: crun refuses machines with both versions of cgroups, runc does not. */
export const podmanSettings = { CONTAINERS_CONF: path.join(projectRoot, 'test/lab/containers.conf') };

const must = ({ status, stdout, stderr }: ReturnType<typeof start>): string => {
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
};

const bare = (id: string): string => id.replace('sha256:', '');

/** Brings an image of docker to podman, unless it has the same already. */
export function bringToPodman(docker: string, reference: string): string {
  const env = { ...process.env, ...podmanSettings };
  const id = bare(must(start(docker, ['image', 'inspect', '--format', '{{.Id}}', reference])));
  const theirs = start('podman', ['image', 'inspect', '--format', '{{.Id}}', reference], { env });
  if (bare(theirs.stdout.trim()) === id) return id;
  must(start('sh', ['-c', '"$1" save "$2" | podman load --quiet', 'bring', docker, reference], { env }));
  return id;
}

/**
 * An image of docker 20.10 as a named context for a builder that sees neither the daemon's images nor a registry:
 * `oci-layout://…`. Podman writes the layout, once for each image.
 */
export function ociContext(docker: string, reference: string): string {
  const id = bringToPodman(docker, reference);
  const folder = path.join(projectRoot, 'out', 'engines', 'oci', id.slice(0, 16));
  if (!existsSync(path.join(folder, 'index.json'))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(path.dirname(folder), { recursive: true });
    const env = { ...process.env, ...podmanSettings };
    must(start('podman', ['save', '--quiet', '--format', 'oci-dir', '--output', folder, reference], { env }));
  }
  const { manifests } = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8'));
  return `oci-layout://${folder}@${manifests[0].digest}`;
}

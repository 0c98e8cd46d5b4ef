import { matchesPrivate } from '../analysis/go/private.ts';
import type { GoModule } from '../analysis/go/project-facts.ts';
import type { Reading } from '../analysis/go/reading.ts';
import type { Layout } from './layout.ts';

/** Forges where anybody keeps public modules: the host alone says nothing. */
const publicHosts = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'git.sr.ht', 'gitee.com']);

/** Modules that are fetched with credentials. */
export interface PrivateModules {
  /** Paths that GOPRIVATE names, or that lie on the repository's own host where that is no public forge. */
  readonly sure: readonly string[];
  /** On a public forge, of the same owner as the repository: perhaps. */
  readonly perhaps: readonly string[];
  /** What GOPRIVATE has to be for all of `sure`, or for `perhaps` when that is all there is. */
  readonly patterns: readonly string[];
}

const downloaded = ({ mod }: GoModule): readonly string[] => {
  const local = new Set(mod.replaces.filter(({ folder }) => folder !== undefined).map(({ path }) => path));
  return mod.requires.map(({ path }) => path).filter((path) => !local.has(path));
};

/** The private modules that a build downloads. */
export const privateModules = ({ surroundings }: Reading, { modules, vendored }: Layout): PrivateModules => {
  const own = new Set(modules.map(({ mod }) => mod.path));
  const paths = vendored ? [] : [...new Set(modules.flatMap(downloaded))].filter((path) => !own.has(path));
  const [host = '', owner = ''] = surroundings.source?.replace('https://', '').split('/') ?? [];
  const hosts = host !== '' && !publicHosts.has(host) ? [host] : [];
  const known = [...surroundings.goPrivate, ...hosts];
  const sure = paths.filter((path) => known.some((pattern) => matchesPrivate(pattern, path)));
  const near = `${host}/${owner}`;
  const perhaps = publicHosts.has(host)
    ? paths.filter((path) => matchesPrivate(near, path) && !sure.includes(path))
    : [];
  const used = known.filter((pattern) => sure.some((path) => matchesPrivate(pattern, path)));
  return { sure, perhaps, patterns: sure.length > 0 ? used : perhaps.length > 0 ? [near] : [] };
};

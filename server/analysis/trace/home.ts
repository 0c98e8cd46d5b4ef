import { certain, type Known, unknown } from '../known.ts';
import type { Environment } from './model.ts';
import { isRoot } from './questions.ts';
import type { StageState } from './state.ts';

/** Numbers below are given to accounts of the distribution, which nobody listed; 65534 is nobody. */
const mayBeListed = (uid: number): boolean => uid < 1000 || uid === 65534;

const hasOwnTable = ({ files, base }: StageState): boolean =>
  !files.written('/etc/passwd') && !(base.kind === 'stage' && base.stage.written('/etc/passwd'));

/** The number of the user a USER names; undefined when nobody said it. */
export const uidOf = (user: string, users: ReadonlyMap<string, number>): number | undefined => {
  const name = user.split(':')[0] ?? '';
  if (isRoot(name)) return 0;
  return /^\d+$/.test(name) ? Number(name) : users.get(name);
};

/**
 * The home folder that Docker takes from /etc/passwd for the user of a RUN: `/` for a number that is not in it. Unknown
 * for accounts that nobody followed.
 */
const homeOf = (state: StageState): Known<string> => {
  const { user, users, homes, usersListed, rootImage } = state;
  if (!user.known || rootImage?.shell !== 'yes') return unknown;
  const name = user.value.split(':')[0] ?? '';
  if (isRoot(name)) return certain('/root', user.because);
  if (!hasOwnTable(state)) return unknown;
  const uid = uidOf(name, users);
  const account = /^\d+$/.test(name) ? [...users].find(([, each]) => each === uid)?.[0] : name;
  const home = homes.get(account ?? '');
  if (home !== undefined) return certain(home, user.because);
  if (account !== undefined || uid === undefined || mayBeListed(uid) || !usersListed) return unknown;
  return certain('/', user.because);
};

/** Where go keeps the modules it downloads and what it compiles. */
export interface GoCaches {
  readonly modules: Known<string>;
  readonly builds: Known<string>;
}

/** The first of the variables that has a value, with the rest of the path; unknown as soon as one may be set. */
const firstSet = (env: Environment, names: readonly (readonly [name: string, rest: string])[]): Known<string> => {
  for (const [name, rest] of names) {
    const value = env.get(name);
    if (!value || (value.known && value.value === '')) continue;
    return value.known ? certain(`${value.value.split(':')[0]}${rest}`.replace(/^\/\//, '/'), value.because) : unknown;
  }
  return unknown;
};

/** Go 1.10 brought the build cache. */
const hasBuildCache = ({ rootImage }: StageState): boolean => (rootImage?.go?.version?.minor ?? 10) >= 10;

/** GOMODCACHE and GOCACHE as go works them out from a command's environment and the home of its user. */
export const cachesOf = (env: Environment, state: StageState): GoCaches => {
  const home = homeOf(state);
  const withHome: Environment = { get: (name) => env.get(name) ?? (name === 'HOME' ? home : undefined) };
  return {
    modules: firstSet(withHome, [
      ['GOMODCACHE', ''],
      ['GOPATH', '/pkg/mod'],
      ['HOME', '/go/pkg/mod'],
    ]),
    builds: hasBuildCache(state)
      ? firstSet(withHome, [
          ['GOCACHE', ''],
          ['XDG_CACHE_HOME', '/go-build'],
          ['HOME', '/.cache/go-build'],
        ])
      : unknown,
  };
};

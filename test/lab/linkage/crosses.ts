import type { Build } from './build.ts';
import type { Cell } from './cells.ts';

const builders: readonly Cell['base'][] = ['glibc', 'musl', 'musl with gcc'];

const cgo: readonly Build['env'][] = [[], ['CGO_ENABLED=0'], ['CGO_ENABLED=1']];

const imported = ['fmt', 'net/http', 'os/user', 'C'];

const ways: readonly Build['flags'][] = [
  [],
  ['-tags', 'netgo,osusergo'],
  ['-ldflags', '-linkmode external -extldflags -static'],
  ['-ldflags', '-extldflags -static'],
  ['-buildmode=pie'],
  ['-race'],
];

/** Every builder with every CGO_ENABLED, import and flag. */
export const crossBuilds: readonly Build[] = builders.flatMap((base) =>
  cgo.flatMap((env) => imported.flatMap((imports) => ways.map((flags) => ({ base, env, imports, flags })))),
);

/** The images that each program is started on: nothing at all, without a libc, with glibc, with musl. */
export const targets = [
  'scratch',
  'gcr.io/distroless/static-debian13',
  'gcr.io/distroless/base-debian13',
  'gcr.io/distroless/cc-debian13',
  'alpine:3.22',
  'debian:trixie-slim',
] as const;

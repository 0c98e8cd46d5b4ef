import type { FailureCase, FailureEngine } from './case.ts';

/** Those that reach the lab's registry; the current docker has a network of its own. */
const beside: readonly FailureEngine[] = ['buildkit', 'buildx', 'podman', 'legacy'];

/** Images that a registry refuses: the lab's own registry answers `localhost:PORT`. */
export const imageFailures: readonly FailureCase[] = [
  {
    name: 'tag-missing',
    dockerfile: 'FROM localhost:5999/acme/golang:1.99\n',
    cause: 'image-not-found',
    says: 'localhost:5999/acme/golang:1.99 was not found: check its name and tag, that a stage of this name exists, or log in to its registry.',
    line: 1,
    engines: beside,
  },
  {
    name: 'registry-denied',
    dockerfile: 'FROM localhost:5999/private/app:1\n',
    cause: 'registry-denied',
    says: 'The registry refuses localhost:5999/private/app:1: log in with docker login localhost:5999.',
    line: 1,
    engines: beside,
  },
  {
    name: 'registry-limit',
    dockerfile: 'FROM localhost:5999/limited/app:1\n',
    cause: 'registry-limit',
    says: 'allows no more pulls',
    line: 1,
    engines: ['buildkit', 'buildx'],
  },
  {
    name: 'registry-down',
    dockerfile: 'FROM localhost:5998/acme/app:1\n',
    cause: 'image-not-reached',
    says: 'localhost:5998/acme/app:1 is not on this machine and its registry cannot be reached: check the network, or pull it first.',
    line: 1,
  },
  {
    name: 'registry-broken',
    dockerfile: 'FROM localhost:5999/broken/app:1\n',
    cause: 'registry-broken',
    says: 'answers with an error of its own',
    line: 1,
    engines: ['buildkit', 'buildx'],
  },
  {
    name: 'base-offline',
    dockerfile: 'FROM x:1.2\n',
    cause: 'image-not-reached',
    says: 'x:1.2 is not on this machine and its registry cannot be reached: check the network, or pull it first.',
    line: 1,
  },
];

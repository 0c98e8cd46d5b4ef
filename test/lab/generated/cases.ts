import type { FinalBase, GenerateChoices } from '../../../server/protocol.ts';

/** One program of `projects/`, and what is asked of the generator. */
export interface GeneratedCase {
  readonly project: string;
  /** `recommended` takes what the plan proposes. */
  readonly base: FinalBase | 'recommended';
  /** Changes of the recommended choices. */
  readonly change?: Partial<GenerateChoices>;
  /** What the program says. */
  readonly says: RegExp;
  /** It writes files, so that its root file system cannot be read-only. */
  readonly writes?: true;
}

const on = (
  project: string,
  bases: readonly GeneratedCase['base'][],
  says: RegExp,
  more: Partial<GeneratedCase> = {},
): readonly GeneratedCase[] => bases.map((base) => ({ project, base, says, ...more }));

/** Every final base that fits is there, with a program that would notice what is missing in it. */
export const generatedCases: readonly GeneratedCase[] = [
  ...on('hello', ['recommended', 'distroless-static', 'distroless-base', 'alpine', 'debian'], /hello uid=65532/),
  ...on('serve', ['recommended', 'scratch'], /serve uid=65532/),
  ...on('web', ['recommended'], /web uid=65532/, { change: { comments: false } }),
  ...on('user', ['recommended', 'scratch', 'alpine', 'debian'], /user uid=65532/),
  ...on('user', ['debian'], /user uid=65532/, { change: { cgo: true } }),
  // The gcc of both lab images is Debian's, so that a shared build cache would take one's objects for the other's.
  ...on('user', ['alpine'], /user uid=65532/, { change: { cgo: true, cache: 'layers' } }),
  ...on('cgo', ['recommended', 'debian', 'alpine', 'distroless-static', 'scratch'], /cgo 42/),
  // The alpine of the lab has no package with a C++ compiler.
  ...on('cxx', ['recommended', 'debian'], /cxx 42/),
  ...on('zone', ['recommended', 'scratch', 'alpine', 'debian'], /zone 08:00/),
  ...on('certificates', ['recommended', 'scratch', 'alpine', 'debian'], /certificates found/),
  ...on('temporary', ['recommended', 'scratch'], /temporary uid 65532/, { writes: true }),
  ...on('two-mains', ['recommended'], /worker uid=65532/, { change: { main: 'cmd/worker' } }),
  ...on('module', ['recommended'], /module cfbff0d1/),
  ...on('module', ['scratch'], /module cfbff0d1/, {
    change: { cache: 'layers', platforms: ['linux/amd64', 'linux/arm64'] },
  }),
  ...on('vendored', ['recommended'], /hello vendored/),
  ...on('replaced', ['recommended'], /hello replaced/),
  ...on('workspace', ['recommended'], /hello workspace cfbff0d1/),
  ...on('embedded', ['recommended'], /hello embedded/),
  ...on('opened', ['recommended', 'debian'], /hello opened/),
  ...on('../../../examples/hello-web', ['recommended'], /listening on :8080/),
  ...on('../../../examples/no-dockerfile', ['recommended'], /listening on :8080/),
  ...on('version', ['recommended'], /version dev/),
];

import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from '../engine-model.ts';
import { programOutput } from '../process.ts';
import { lastWords } from './last-words.ts';
import { failed, outputOf, parsed, type Scanned, type Tool } from './tool.ts';

/**
 * Signatures are beside an image in its registry: what was never there has none. `cosign tree` lists them and checks nothing; who
 * signed is asked only where the public key lies in the folder, under the name that cosign gives it.
 */
export const cosign: Tool = {
  tool: 'cosign',
  get: 'go install github.com/sigstore/cosign/v3/cmd/cosign@latest',
  unfit: ({ image, published }) =>
    image && inRegistry(published) ? undefined : `signs in a registry: ${signing(published)}`,
  run: async (program, scanned, environment, signal) => {
    const pushed = await digestOf(scanned, signal);
    if (pushed === undefined)
      return { state: 'unfit', summary: `nothing was pushed or pulled: ${signing(scanned.published)}` };
    const output = await outputOf(program, ['tree', pushed], environment, signal);
    if (output.code !== 0) return failed(output);
    const kinds = kindsIn(output.stdout);
    if (kinds.length === 0) return { state: 'ran', summary: 'no signature, attestation or SBOM beside it' };
    const others = kinds.filter((kind) => kind !== signature);
    const signed = kinds.includes(signature)
      ? await signedBy(program, { pushed, folder: scanned.folder }, environment, signal)
      : 'not signed';
    return { state: 'ran', summary: others.length === 0 ? signed : `${signed}; beside it: ${others.join(', ')}` };
  },
};

const signing = (name = 'NAME'): string => `after a push, cosign sign ${withoutTag(name)}@DIGEST`;

const withoutTag = (name: string): string => name.replace(/@.*$/, '').replace(/:[^/:]*$/, '');

/** Whether a name says which registry it is of; others would be looked up at Docker Hub, where they may be somebody else's. */
const inRegistry = (name: string | undefined): boolean => /^(localhost|[^/]*[.:][^/]*)\//.test(name ?? '');

/** `ghcr.io/acme/app@sha256:…`: as the engine pushed or pulled it. */
async function digestOf({ image, published = '' }: Scanned, signal: AbortSignal): Promise<string | undefined> {
  if ('archive' in image) return undefined;
  const { program, environment } = image.engine;
  const args = ['image', 'inspect', '--format', '{{json .RepoDigests}}', image.reference];
  const { stdout } = await programOutput(program, args, environment, signal);
  const digests = parsed(stdout);
  const prefix = `${withoutTag(published)}@`;
  return Array.isArray(digests) ? digests.find((one) => typeof one === 'string' && one.startsWith(prefix)) : undefined;
}

const signature = 'signature';

/** What cosign 3.1.3 calls what it and others put beside an image: by type of the bundle, or by tag as it did before version 3. */
const known: readonly (readonly [RegExp, string])[] = [
  [/^(https:\/\/sigstore\.dev\/cosign\/sign\/v1|Signatures)$/, signature],
  [/^Attestations$/, 'attestations'],
  [/^SBOMs$/, 'SBOM'],
  [/^https:\/\/spdx\.dev\/Document/, 'SPDX SBOM'],
  [/^https:\/\/cyclonedx\.org\/bom/, 'CycloneDX SBOM'],
  [/^https:\/\/slsa\.dev\/provenance\//, 'SLSA provenance'],
];

/** `cosign tree` prints a line for each kind, in no order, and another sentence when there is none. */
function kindsIn(output: string): readonly string[] {
  const lines = output.matchAll(/^└── \S+ (.*?)(?: for an image tag| artifacts via OCI referrer)?: /gm);
  const kinds = [...lines].map(([, kind = '']) => known.find(([name]) => name.test(kind))?.[1] ?? kind);
  return [...new Set(kinds)].sort();
}

/** Without `--insecure-ignore-tlog` it would fetch Sigstore's own keys, and refuse what was kept out of the public log. */
async function signedBy(
  program: string,
  { pushed, folder }: { readonly pushed: string; readonly folder: string | undefined },
  environment: Environment,
  signal: AbortSignal,
): Promise<string> {
  const key = folder === undefined ? undefined : path.join(folder, 'cosign.pub');
  const found = key !== undefined && (await stat(key).catch(() => undefined))?.isFile();
  if (!found) return 'signed, not checked by whom: there is no cosign.pub here';
  const args = ['verify', '--key', key, '--insecure-ignore-tlog=true', pushed];
  const { code, errors } = await outputOf(program, args, environment, signal);
  if (code === 0) return 'signed with the key of cosign.pub';
  return /no matching (signatures|attestations): /.test(errors)
    ? 'signed, but not with the key of cosign.pub'
    : `signed, not checked by whom: ${lastWords(errors) || `cosign ended with ${code ?? 'a signal'}`}`;
}

import { programOutput } from '../process.ts';
import { failed, outputOf, parsed, type Scanned, type Tool } from './tool.ts';

/** Signatures are beside an image in its registry: what was never there has none. */
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
    return output.code === 0 ? { state: 'ran', summary: summary(output.stdout) } : failed(output);
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

/** `cosign tree` prints a line for each kind, and another sentence when there is none. */
function summary(output: string): string {
  const kinds = [...output.matchAll(/^└── \S+ (.*?)(?: for an image tag| artifacts via OCI referrer)?: /gm)].map(
    ([, kind = '']) => kind,
  );
  return kinds.length === 0 ? 'no signature, attestation or SBOM beside it' : `beside it: ${kinds.join(', ')}`;
}

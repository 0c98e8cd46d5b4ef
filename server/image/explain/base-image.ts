import type { InstructionText } from '../engine-model.ts';
import type { Step } from '../progress.ts';
import { lineOfBase } from './locate.ts';

/** Why a base image cannot be had. */
export type ImageCause =
  | 'image-not-reached'
  | 'image-not-found'
  | 'registry-denied'
  | 'registry-limit'
  | 'registry-broken';

interface BaseImageFailure {
  readonly cause: ImageCause;
  readonly reason: string;
  /** Zero-based. */
  readonly line: number | undefined;
}

const about =
  /load metadata|resolve source metadata|failed to do request|registry|short-name|initializing source|pull access|manifest|resolve image config|failed to fetch|LLB definition: \S+: not found|no stage or image/i;

const kinds: readonly {
  readonly cause: ImageCause;
  readonly says: RegExp;
  readonly reason: (image: string) => string;
}[] = [
  {
    cause: 'registry-limit',
    says: /toomanyrequests|429 Too Many Requests|rate limit/i,
    reason: (image) => `The registry allows no more pulls of ${image} for now: wait, or log in to it.`,
  },
  {
    cause: 'image-not-reached',
    says: /no such host|dial tcp|i\/o timeout|network is unreachable|connection refused|TLS handshake|proxyconnect|server misbehaving/i,
    reason: (image) =>
      `${upper(image)} is not on this machine and its registry cannot be reached: check the network, or pull it first.`,
  },
  {
    cause: 'registry-denied',
    says: /no basic auth credentials|authentication required|401 Unauthorized|: unauthorized\b|403 Forbidden|authorization failed|denied: requested access/i,
    reason: (image) => `The registry refuses ${image}: log in with docker login${server(image)}.`,
  },
  {
    cause: 'registry-broken',
    says: /50[0234] (?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time)|received unexpected HTTP status: 5\d\d|unexpected status(?: code)?.*: 5\d\d/i,
    reason: (image) => `The registry of ${image} answers with an error of its own: try again later.`,
  },
  {
    cause: 'image-not-found',
    says: /manifest unknown|manifest for \S+ not found|pull access denied|repository does not exist|did not resolve to an alias|: not found|insufficient_scope|no stage or image found with that name/i,
    reason: (image) =>
      `${upper(image)} was not found: check its name and tag, that a stage of this name exists, or log in to its registry.`,
  },
];

/** A base image that cannot be had: offline, unknown, or not ours to pull; undefined when the text is about something else. */
export function explainBase(
  text: string,
  step: Step | undefined,
  instructions: readonly InstructionText[],
): BaseImageFailure | undefined {
  if (!about.test(text)) return undefined;
  const image = imageIn(text) ?? /^FROM (?:--\S+ )?(\S+)/i.exec(step?.instruction ?? '')?.[1];
  const kind = kinds.find(({ says }) => says.test(text));
  if (!kind) return undefined;
  const line = image === undefined ? undefined : lineOfBase(image, instructions);
  return { cause: kind.cause, reason: kind.reason(image ?? 'the base image'), line };
}

function imageIn(text: string): string | undefined {
  const url = /https?:\/\/([^/"\s]+)\/v2\/([^"\s]+?)\/manifests\/([^"\s:]+(?::[0-9a-f]+)?)/.exec(text);
  const named =
    /(?:LLB definition|failed to solve): (\S+): not found/.exec(text)?.[1] ??
    /resolve source metadata for (\S+?):? /.exec(text)?.[1] ??
    /load metadata for (\S+)/.exec(text)?.[1] ??
    /COPY --from=(\S+): no stage or image/.exec(text)?.[1] ??
    /short-name "([^"]+)"/.exec(text)?.[1] ??
    /initializing source docker:\/\/(\S+?): /.exec(text)?.[1] ??
    /pull access denied for ([^\s,]+)/.exec(text)?.[1] ??
    /manifest for (\S+) not found/.exec(text)?.[1];
  const full =
    named ?? (url ? `${url[1] === 'registry-1.docker.io' ? 'docker.io' : url[1]}/${url[2]}:${url[3]}` : undefined);
  return full
    ?.replace(/:$/, '')
    .replace(/^(registry-1\.)?docker\.io\//, '')
    .replace(/^library\//, '');
}

/** The registry to log in to; Docker Hub needs no name. */
const server = (image: string): string => {
  const [host = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(host) ? ` ${host}` : '';
};

const upper = (text: string): string => (text.startsWith('the ') ? `The ${text.slice(4)}` : text);

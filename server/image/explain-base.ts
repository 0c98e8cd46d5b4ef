import type { InstructionText } from './engine-model.ts';
import { lineOfBase } from './locate.ts';
import type { Step } from './progress.ts';

/** A base image that cannot be had: offline, unknown, or not ours to pull; undefined when the text is about something else. */
export function explainBase(
  text: string,
  step: Step | undefined,
  instructions: readonly InstructionText[],
): { readonly reason: string; readonly line: number | undefined } | undefined {
  const offline =
    /no such host|dial tcp|i\/o timeout|network is unreachable|connection refused|TLS handshake|proxyconnect|server misbehaving/i;
  const missing =
    /manifest unknown|manifest for \S+ not found|pull access denied|repository does not exist|did not resolve to an alias|: not found|insufficient_scope/i;
  const about =
    /load metadata|resolve source metadata|failed to do request|registry|short-name|initializing source|pull access|manifest/i;
  if (!about.test(text)) return undefined;
  const image = imageIn(text) ?? /^FROM (?:--\S+ )?(\S+)/i.exec(step?.instruction ?? '')?.[1];
  const name = image ?? 'the base image';
  const line = image === undefined ? undefined : lineOfBase(image, instructions);
  if (offline.test(text)) {
    return {
      reason: `${upper(name)} is not on this machine and its registry cannot be reached: check the network, or pull it first.`,
      line,
    };
  }
  if (missing.test(text)) {
    return {
      reason: `${upper(name)} was not found: check its name and tag, that a stage of this name exists, or log in to its registry.`,
      line,
    };
  }
  return undefined;
}

function imageIn(text: string): string | undefined {
  const url = /https?:\/\/([^/"\s]+)\/v2\/([^"\s]+?)\/manifests\/([^"\s:]+(?::[0-9a-f]+)?)/.exec(text);
  const named =
    /resolve source metadata for (\S+?):? /.exec(text)?.[1] ??
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

const upper = (text: string): string => (text.startsWith('the ') ? `The ${text.slice(4)}` : text);

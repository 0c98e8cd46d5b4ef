import type { Connection } from 'vscode-languageserver/node';
import { notifications, type OtherFinding } from '../protocol.ts';
import type { ClientAbilities } from './capabilities.ts';

/** What the client tells about itself and may change its mind about. */
export interface Environment {
  readonly trusted: () => boolean;
  readonly otherDockerfileExtension: () => boolean;
  /** What other extensions say of a document. */
  readonly otherFindings: (uri: string) => readonly OtherFinding[];
  /** Calls back after every change. */
  readonly onChange: (listener: () => void) => void;
}

/** Follows the client's notifications, from what it said when it started. */
export function followEnvironment(connection: Connection, client: ClientAbilities): Environment {
  let { trusted, otherDockerfileExtension } = client.initially;
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  connection.onNotification(notifications.trust, (params: { readonly trusted?: unknown }) => {
    trusted = params.trusted === true;
    tell();
  });
  connection.onNotification(notifications.otherDockerfileExtension, (params: { readonly active?: unknown }) => {
    otherDockerfileExtension = params.active === true;
    tell();
  });
  const others = new Map<string, readonly OtherFinding[]>();
  connection.onNotification(notifications.otherFindings, (params: unknown) => {
    const { uri, findings } = readOthers(params);
    if (uri === undefined) return;
    others.set(uri, findings);
    tell();
  });
  return {
    otherFindings: (uri) => others.get(uri) ?? [],
    trusted: () => trusted,
    otherDockerfileExtension: () => otherDockerfileExtension,
    onChange: (listener) => void listeners.push(listener),
  };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const isFinding = (value: unknown): value is OtherFinding =>
  typeof field(value, 'code') === 'string' &&
  typeof field(value, 'start') === 'number' &&
  typeof field(value, 'end') === 'number';

/** Params of unknown shape; what is not understood is left out. */
function readOthers(params: unknown): { readonly uri: string | undefined; readonly findings: readonly OtherFinding[] } {
  const [uri, findings] = [field(params, 'uri'), field(params, 'findings')];
  return {
    uri: typeof uri === 'string' ? uri : undefined,
    findings: Array.isArray(findings) ? findings.filter(isFinding) : [],
  };
}

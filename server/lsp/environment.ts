import type { Connection } from 'vscode-languageserver/node';
import { notifications } from '../protocol.ts';
import type { ClientAbilities } from './capabilities.ts';

/** What the client tells about itself and may change its mind about. */
export interface Environment {
  readonly trusted: () => boolean;
  readonly otherDockerfileExtension: () => boolean;
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
  return {
    trusted: () => trusted,
    otherDockerfileExtension: () => otherDockerfileExtension,
    onChange: (listener) => void listeners.push(listener),
  };
}

import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Builds } from './builds.ts';
import type { ClientAbilities } from './capabilities.ts';
import type { ClosedDockerfiles } from './closed-dockerfiles.ts';
import type { Checks } from './documents.ts';
import type { Environment } from './environment.ts';
import type { Projects } from './projects.ts';
import type { Settings } from './settings.ts';

/** Calls back when the client may be sent requests. */
export type OnReady = (listener: () => void) => void;

/** What the features of one running server share. */
export interface Session {
  readonly connection: Connection;
  readonly onReady: OnReady;
  readonly client: ClientAbilities;
  readonly documents: TextDocuments<TextDocument>;
  readonly projects: Projects;
  readonly settings: Settings;
  readonly checks: Checks;
  readonly closed: ClosedDockerfiles;
  readonly builds: Builds;
  readonly environment: Environment;
}

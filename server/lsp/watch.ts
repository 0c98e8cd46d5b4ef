import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  WatchKind,
} from 'vscode-languageserver/node';
import { isConfigFile } from '../analysis/config-file.ts';
import { pathOf } from './documents.ts';
import type { Session } from './session.ts';

const options: DidChangeWatchedFilesRegistrationOptions = {
  watchers: [
    { globPattern: '**/{go.mod,go.work,modules.txt,.dockerignore}' },
    { globPattern: '**/*.{go,dockerignore}' },
    { globPattern: '**/.go-dockerfile.{json,yaml,yml}' },
    // Those that are not open are read from disk.
    { globPattern: '**/{Dockerfile,dockerfile,Containerfile,containerfile}*' },
    { globPattern: '**/*.{Dockerfile,dockerfile,Containerfile,containerfile}' },
    { globPattern: '**/*compose*.{yml,yaml}' },
    { globPattern: '**/.env' },
    { globPattern: '**/docker-bake*.{hcl,json}' },
    { globPattern: '**/.github/workflows/*.{yml,yaml}' },
    // COPY asks which files there are, not what is in them.
    { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
  ],
};

/** Follows the project's files (without watchers: looks again when a Dockerfile is opened or saved) and the workspace's folders; `changed` is called once for a burst of events. */
export function watchProject(session: Session, changed: () => void): void {
  const { connection, client, documents, projects, settings, onReady } = session;
  const initial = client.initially.folders;
  projects.setFolders(pathsOf(initial));
  let told = false;
  const tell = (): void => {
    if (told) return;
    told = true;
    setImmediate(() => {
      told = false;
      changed();
    });
  };
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = pathsOf(changes.map(({ uri }) => uri));
    if (paths.length === 0) return;
    projects.changed(paths);
    if (paths.some(isConfigFile)) settings.reread();
    tell();
  });
  onReady(() => {
    if (!client.registersWatchers) return;
    void connection.client.register(DidChangeWatchedFilesNotification.type, options).catch(() => undefined);
  });
  if (!client.registersWatchers) {
    const suspect = (): void => {
      projects.suspect();
      settings.reread();
    };
    documents.onDidOpen(suspect);
    documents.onDidSave(() => {
      suspect();
      tell();
    });
  }
  if (!client.workspaceFolders) return;
  const folders = new Set(initial);
  // Only then does the library know that the capability announced it; before, it would ask the client in vain, and die of it.
  onReady(() => {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const { uri } of removed) folders.delete(uri);
      for (const { uri } of added) folders.add(uri);
      projects.setFolders(pathsOf([...folders]));
      settings.reread();
      tell();
    });
  });
}

const pathsOf = (uris: readonly string[]): string[] => uris.map(pathOf).filter((path) => path !== undefined);

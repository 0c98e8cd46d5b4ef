import { pathToFileURL } from 'node:url';
import type { Connection } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Check, createChecks, type Documents, pathOf } from './documents.ts';
import type { Projects } from './projects.ts';
import type { Settings } from './settings.ts';

/** Dockerfiles that are not open, checked from disk for the project files that are. */
export interface ClosedDockerfiles {
  /** Of those whose context may hold one of these files; each once. Remembered until something changes. Never rejects. */
  readonly around: (uris: readonly string[]) => Promise<readonly Check[]>;
}

/** Holds the texts of the Dockerfiles that were asked about last. */
export function checkClosed(
  connection: Pick<Connection, 'console'>,
  documents: Documents,
  projects: Projects,
  settings: Settings,
): ClosedDockerfiles {
  const texts = new Map<string, TextDocument>();
  const checks = createChecks(
    connection,
    { get: (uri) => texts.get(uri), keys: () => [...texts.keys()] },
    projects,
    settings,
  );
  const read = async (file: string): Promise<string | undefined> => {
    const text = await projects.text(file);
    const uri = pathToFileURL(file).href;
    if (text === undefined) return undefined;
    const before = texts.get(uri);
    if (before?.getText() !== text)
      texts.set(uri, TextDocument.create(uri, 'dockerfile', (before?.version ?? 0) + 1, text));
    return uri;
  };
  const filesAround = async (uris: readonly string[]): Promise<readonly string[]> => {
    const files = uris.flatMap((uri) => pathOf(uri) ?? []);
    const around = await Promise.all(files.map((file) => projects.dockerfilesAround(file).catch(() => [])));
    const open = new Set(documents.keys().map(pathOf));
    return [...new Set(around.flat())].filter((file) => !open.has(file));
  };
  return {
    around: async (uris) => {
      const wanted = (await Promise.all((await filesAround(uris)).map(read))).filter((uri) => uri !== undefined);
      for (const uri of [...texts.keys()].filter((known) => !wanted.includes(known))) {
        texts.delete(uri);
        checks.forget(uri);
      }
      const found: Check[] = [];
      // One after another: what the first one reads of the project serves the next.
      for (const uri of wanted) found.push(...[await checks.of(uri)].filter((check) => check !== undefined));
      return found;
    },
  };
}

import { fileURLToPath } from 'node:url';
import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyze } from '../analysis/analyze.ts';
import { isConfigFile } from '../analysis/config-file.ts';
import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import { noProject } from '../analysis/go/no-project.ts';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import { isComposeFile } from '../project/callers/find.ts';
import { copySources } from '../project/copy-sources.ts';
import type { Projects } from './projects.ts';
import type { DocumentSettings, Settings } from './settings.ts';

/** One version of a document, checked against one reading of its project and its settings. */
export interface Check {
  readonly document: TextDocument;
  readonly version: number;
  readonly project: ProjectFacts;
  /** The folder that the paths of `project` are relative to: absolute; undefined when nothing is known of it. */
  readonly context: string | undefined;
  readonly settings: DocumentSettings;
  readonly analysis: Analysis;
}

/** The checked documents: every feature asks here, so that a text is parsed once per version. */
export interface Checks {
  /** Undefined for a document that is not open or none of ours. Never rejects; facts that cannot be read are unknown. */
  readonly of: (uri: string) => Promise<Check | undefined>;
  /** False for the project files that are open beside Dockerfiles. */
  readonly checks: (uri: string) => boolean;
  /** Open documents that are ours to check. */
  readonly uris: () => readonly string[];
  readonly forget: (uri: string) => void;
}

/** Texts by URI. */
export type Documents = Pick<TextDocuments<TextDocument>, 'get' | 'keys'>;

/** Remembers one check per open document, until its version, its facts or its settings change. */
export function createChecks(
  { console }: Pick<Connection, 'console'>,
  documents: Documents,
  projects: Projects,
  settings: Settings,
): Checks {
  const known = new Map<string, Check>();
  const check = async (uri: string, sources: readonly string[]): Promise<Check | undefined> => {
    const [{ project, context }, current] = await Promise.all([factsOf(uri, sources, projects), settings.of(uri)]);
    // Read after the waiting: the text may have changed meanwhile.
    const document = documents.get(uri);
    if (!document) return undefined;
    const { version } = document;
    const last = known.get(uri);
    if (last?.version === version && last.project === project && last.context === context && last.settings === current)
      return last;
    const analysis = analyze(document.getText(), project, current.config, last?.analysis);
    return { document, version, project, context, settings: current, analysis };
  };
  const checkAgain = async (uri: string): Promise<Check | undefined> => {
    const document = documents.get(uri);
    if (!document || !isOurs(uri)) return undefined;
    // The context hangs on the COPY sources, which rarely change: those of the last text save parsing twice.
    const before = known.get(uri)?.analysis.dockerfile ?? parseDockerfile(document.getText());
    const first = await check(uri, copySources(before));
    const now = copySources(first?.analysis.dockerfile ?? before);
    const checked = sameWords(now, copySources(before)) ? first : await check(uri, now);
    if (checked) known.set(uri, checked);
    return checked;
  };
  return {
    of: async (uri) => {
      try {
        return await checkAgain(uri);
      } catch (error) {
        // A mistake of ours in one text must not take the other documents' server away.
        console.error(`${uri} was not checked: ${error instanceof Error ? error.stack : String(error)}`);
        return undefined;
      }
    },
    checks: isOurs,
    uris: () => documents.keys().filter(isOurs),
    forget: (uri) => void known.delete(uri),
  };
}

const sameWords = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');

/** VS Code calls `Dockerfile.dockerignore` a Dockerfile; it is none, and neither are the project files we are sent. */
const isOurs = (uri: string): boolean => !isProjectFile(uri) && !isConfigFile(uri) && !/\.ya?ml$/i.test(uri);

/** A file in which findings of Dockerfiles stand as well. */
export const isProjectFile = (uri: string): boolean =>
  /(?:\/go\.(?:mod|work)|\.dockerignore)$/i.test(uri) || isComposeFile(uri);

/** The absolute path behind a `file:` URI; undefined for any other. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

interface Facts {
  readonly project: ProjectFacts;
  readonly context: string | undefined;
}

const nothing: Facts = { project: noProject, context: undefined };

async function factsOf(uri: string, sources: readonly string[], projects: Projects): Promise<Facts> {
  const file = pathOf(uri);
  if (file === undefined) return nothing;
  try {
    const [context] = await projects.contexts(file, sources);
    return { project: await projects.facts(file, sources), context };
  } catch {
    // The disk is another program's, too: a folder that vanishes while it is read makes nothing certain.
    return nothing;
  }
}

import type { Diagnostic, Range } from 'vscode-languageserver/node';
import type { Check } from './documents.ts';
import type { Session } from './session.ts';

/** Milliseconds without a keystroke after which the syntax is looked at. */
const rest = 250;

/** Findings about Dockerfile syntax in general. They come at rest, so that no keystroke waits for them. */
export interface SyntaxFindings {
  /** Those of the last text that was looked at. */
  readonly of: (uri: string) => readonly Diagnostic[];
  /** Looks at a document again, at rest. */
  readonly look: (uri: string) => void;
}

/** Looks at every open document at rest; `changed` is told when its syntax findings are others than before. */
export function followSyntax(session: Session, changed: (uri: string) => void): SyntaxFindings {
  const { connection, documents, checks } = session;
  const found = new Map<string, readonly Diagnostic[]>();
  const timers = new Map<string, NodeJS.Timeout>();
  const lookNow = async (uri: string): Promise<void> => {
    const check = await checks.of(uri);
    const items = check ? await syntaxFindings(session, check) : [];
    if (!documents.get(uri)) return;
    if (check && documents.get(uri)?.version !== check.version) return;
    const before = found.get(uri) ?? [];
    found.set(uri, items);
    if (before.length > 0 || items.length > 0) changed(uri);
  };
  const look = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => void lookNow(uri), rest),
    );
  };
  const forget = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    found.delete(uri);
  };
  documents.onDidChangeContent(({ document }) => look(document.uri));
  documents.onDidClose(({ document }) => forget(document.uri));
  connection.onShutdown(() => {
    for (const uri of [...timers.keys()]) forget(uri);
  });
  return { of: (uri) => found.get(uri) ?? [], look };
}

/**
 * What Docker itself would say of the syntax, by dockerfile-language-service; nothing when another extension says it
 * already. Its own fixes are commands that would clash with other extensions', so they are never offered.
 */
async function syntaxFindings({ connection, environment }: Session, check: Check): Promise<readonly Diagnostic[]> {
  const { syntaxDiagnostics: setting } = check.settings;
  if (setting === 'off' || (setting === 'auto' && environment.otherDockerfileExtension())) return [];
  if (!mayBeAboutGo(check)) return [];
  // Loaded late: half of the server's start-up time would be this library's.
  const { DockerfileLanguageServiceFactory } = await import('dockerfile-language-service');
  const said = check.analysis.findings.map(({ range }) => range);
  try {
    return DockerfileLanguageServiceFactory.createLanguageService()
      .validate(check.document.getText())
      .filter(({ range }) => !said.some((ours) => sameRange(ours, range)));
  } catch (error) {
    // A text the library stumbles over must not end the server.
    connection.console.error(`${check.document.uri}: no syntax findings: ${String(error)}`);
    return [];
  }
}

/** A text in which no stage can be read yet counts as well, beside a go.mod. */
const mayBeAboutGo = ({ analysis, project }: Check): boolean =>
  analysis.trace.isAboutGo || (analysis.dockerfile.stages.length === 0 && project.modules.length > 0);

const sameRange = (one: Range, other: Range): boolean =>
  one.start.line === other.start.line &&
  one.start.character === other.start.character &&
  one.end.line === other.end.line &&
  one.end.character === other.end.character;

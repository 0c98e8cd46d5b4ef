import type { Diagnostic, Range } from 'vscode-languageserver/node';
import type { Check } from './documents.ts';
import type { Session } from './session.ts';

/**
 * What Docker itself would say of the syntax, by dockerfile-language-service; nothing when another extension says it
 * already. Its own fixes are commands that would clash with other extensions', so they are never offered.
 */
export async function syntaxDiagnostics({ environment }: Session, check: Check): Promise<readonly Diagnostic[]> {
  const { syntaxDiagnostics: setting } = check.settings;
  if (setting === 'off' || (setting === 'auto' && environment.otherDockerfileExtension())) return [];
  if (!mayBeAboutGo(check)) return [];
  // Loaded late: half of the server's start-up time would be this library's.
  const { DockerfileLanguageServiceFactory } = await import('dockerfile-language-service');
  const said = check.analysis.findings.map(({ range }) => range);
  return DockerfileLanguageServiceFactory.createLanguageService()
    .validate(check.document.getText())
    .filter(({ range }) => !said.some((ours) => sameRange(ours, range)));
}

/** A text in which no stage can be read yet counts as well, beside a go.mod. */
const mayBeAboutGo = ({ analysis, project }: Check): boolean =>
  analysis.trace.isAboutGo || (analysis.dockerfile.stages.length === 0 && project.modules.length > 0);

const sameRange = (one: Range, other: Range): boolean =>
  one.start.line === other.start.line &&
  one.start.character === other.start.character &&
  one.end.line === other.end.line &&
  one.end.character === other.end.character;

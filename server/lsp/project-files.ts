import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { RuledFinding } from '../analysis/analyze.ts';
import { type ConfigReading, isConfigFile } from '../analysis/config-file.ts';
import { render } from '../analysis/known.ts';
import { type Check, pathOf } from './documents.ts';
import type { Session } from './session.ts';
import { type Places, source, toElsewhere } from './to-lsp.ts';

/** The URI of a file of the build context; undefined when nobody knows that folder. */
export const uriIn = ({ context }: Pick<Check, 'context'>, file: string): string | undefined =>
  context === undefined ? undefined : pathToFileURL(path.join(context, file)).href;

/** Where the findings of a Dockerfile stand. */
export const placesOf = (check: Pick<Check, 'context' | 'document'>): Places => ({
  uri: check.document.uri,
  of: (file) => uriIn(check, file),
});

/** The findings of a Dockerfile that are about a line of this project file, too. */
export const findingsAt = (check: Check, uri: string): readonly RuledFinding[] => {
  const wanted = pathOf(uri);
  if (wanted === undefined || check.context === undefined) return [];
  const { context } = check;
  return check.analysis.findings.filter(
    ({ elsewhere }) => elsewhere && path.join(context, elsewhere.path) === path.normalize(wanted),
  );
};

/** Diagnostics in project files (go.mod, .dockerignore), which open Dockerfiles have given rise to. */
export interface ProjectDiagnostics {
  /** Takes over what a Dockerfile says now. */
  readonly follow: (check: Check) => void;
}

const configDiagnostics = ({ problems }: ConfigReading): Diagnostic[] =>
  problems.map(({ range, message }) => ({
    range,
    severity: DiagnosticSeverity.Warning,
    source,
    message: render(message),
  }));

/** Two Dockerfiles may say the same. */
const unique = (diagnostics: readonly Diagnostic[]): Diagnostic[] => [
  ...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values(),
];

/** Pushed, also to clients that pull: nobody pulls for a file that is not open. Taken back when the Dockerfile is closed. */
export function followProjectFiles({ connection, client, documents }: Session): ProjectDiagnostics {
  /** By project file, then by Dockerfile. */
  const said = new Map<string, Map<string, readonly Diagnostic[]>>();
  const publish = (uri: string): void => {
    const all = said.get(uri);
    // What is typed in a configuration file counts before what Dockerfiles were checked with.
    const isTyped = documents.get(uri) !== undefined && isConfigFile(uri);
    const diagnostics = isTyped ? (all?.get(uri) ?? []) : [...(all?.values() ?? [])].flat();
    void connection.sendDiagnostics({ uri, diagnostics: unique(diagnostics) });
  };
  /** Gives the URIs whose diagnostics changed. */
  const take = (dockerfile: string, now: ReadonlyMap<string, readonly Diagnostic[]>): readonly string[] => {
    const told: string[] = [];
    for (const uri of new Set([...said.keys(), ...now.keys()])) {
      const all = said.get(uri) ?? new Map<string, readonly Diagnostic[]>();
      const [before, after] = [all.get(dockerfile) ?? [], now.get(uri) ?? []];
      if (JSON.stringify(before) === JSON.stringify(after)) continue;
      if (after.length > 0) all.set(dockerfile, after);
      else all.delete(dockerfile);
      if (all.size > 0) said.set(uri, all);
      else said.delete(uri);
      publish(uri);
      told.push(uri);
    }
    return told;
  };
  documents.onDidClose(({ document }) => void take(document.uri, new Map()));
  documents.onDidChangeContent(async ({ document: { uri } }) => {
    if (!isConfigFile(uri)) return;
    const { parseConfigFile } = await import('../project/config-text.ts');
    const text = documents.get(uri)?.getText();
    if (text === undefined) return;
    const told = take(uri, new Map([[uri, configDiagnostics(parseConfigFile(text))]]));
    if (!told.includes(uri)) publish(uri);
  });
  return {
    follow: (check) => {
      const now = new Map<string, Diagnostic[]>();
      for (const finding of check.analysis.findings) {
        const uri = finding.elsewhere && uriIn(check, finding.elsewhere.path);
        if (!uri || !finding.elsewhere) continue;
        const diagnostic = toElsewhere(placesOf(check), finding, finding.elsewhere, client);
        now.set(uri, [...(now.get(uri) ?? []), diagnostic]);
      }
      const { configFile } = check.settings;
      if (configFile) now.set(pathToFileURL(configFile.file).href, configDiagnostics(configFile));
      if (documents.get(check.document.uri)) take(check.document.uri, now);
    },
  };
}

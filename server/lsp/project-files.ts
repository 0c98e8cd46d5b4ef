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

/** Diagnostics in project files (go.mod, .dockerignore), which Dockerfiles have given rise to. */
export interface ProjectDiagnostics {
  /** Takes over what an open Dockerfile says now. */
  readonly follow: (check: Check) => void;
  /** Takes over what all Dockerfiles that are not open say about these project files, which are. */
  readonly followClosed: (checks: readonly Check[], files: readonly string[]) => void;
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

/** By project file. */
type Said = ReadonlyMap<string, readonly Diagnostic[]>;

const nothing: Said = new Map();

const saidBy = (check: Check, client: Session['client']): Map<string, Diagnostic[]> => {
  const now = new Map<string, Diagnostic[]>();
  for (const finding of check.analysis.findings) {
    const uri = finding.elsewhere && uriIn(check, finding.elsewhere.path);
    if (!uri || !finding.elsewhere) continue;
    const diagnostic = toElsewhere(placesOf(check), finding, finding.elsewhere, client);
    now.set(uri, [...(now.get(uri) ?? []), diagnostic]);
  }
  return now;
};

/** One file may have several URIs (`c:` or `c%3A`). */
const fileOf = (uri: string): string => pathOf(uri) ?? uri;

/** Pushed, also to clients that pull: nobody pulls for a file that is not open. Taken back when the Dockerfile is closed. */
export function followProjectFiles({ connection, client, documents }: Session): ProjectDiagnostics {
  /** By project file, then by Dockerfile. */
  const said = new Map<string, Map<string, readonly Diagnostic[]>>();
  const publish = (uri: string): void => {
    const all = said.get(uri);
    // What is typed in a configuration file counts before what Dockerfiles were checked with.
    const isTyped = documents.get(uri) !== undefined && isConfigFile(uri);
    const diagnostics = isTyped ? (all?.get(fileOf(uri)) ?? []) : [...(all?.values() ?? [])].flat();
    void connection.sendDiagnostics({ uri, diagnostics: unique(diagnostics) });
  };
  /** Gives the URIs whose diagnostics changed. */
  const take = (from: string, now: Said): readonly string[] => {
    const dockerfile = fileOf(from);
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
  documents.onDidClose(({ document }) => void take(document.uri, nothing));
  documents.onDidChangeContent(async ({ document: { uri } }) => {
    if (!isConfigFile(uri)) return;
    const { parseConfigFile } = await import('../project/config-text.ts');
    const text = documents.get(uri)?.getText();
    if (text === undefined) return;
    const told = take(uri, new Map([[uri, configDiagnostics(parseConfigFile(text))]]));
    if (!told.includes(uri)) publish(uri);
  });
  let closed: readonly string[] = [];
  return {
    follow: (check) => {
      const now = saidBy(check, client);
      const { configFile } = check.settings;
      if (configFile) now.set(pathToFileURL(configFile.file).href, configDiagnostics(configFile));
      if (documents.get(check.document.uri)) take(check.document.uri, now);
    },
    followClosed: (checks, files) => {
      const shown = new Set(files.map(fileOf));
      const open = new Set(documents.keys().map(fileOf));
      const now = checks.filter(({ document }) => !open.has(fileOf(document.uri)));
      const gone = closed.filter((uri) => !open.has(fileOf(uri)) && now.every(({ document }) => document.uri !== uri));
      for (const uri of gone) take(uri, nothing);
      for (const check of now) {
        take(check.document.uri, new Map([...saidBy(check, client)].filter(([uri]) => shown.has(fileOf(uri)))));
      }
      closed = now.map(({ document }) => document.uri);
    },
  };
}

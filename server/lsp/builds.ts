import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { BuildOutcome } from '../protocol.ts';
import type { Title } from './engine.ts';
import { source } from './to-lsp.ts';

export type Built = BuildOutcome & { readonly kind: 'built' };
export type Failed = BuildOutcome & { readonly kind: 'failed' };

export interface Running {
  readonly step: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly cancel: () => void;
}

export interface Measured {
  readonly outcome: Built;
  readonly shown: Title;
  /** Whether it is the text that was built. */
  readonly isOf: (text: string) => boolean;
}

interface Failure {
  readonly line: number;
  readonly message: string;
  /** Of the document when the build failed. */
  readonly version: number;
}

/** What is known of the builds of each Dockerfile while the server lives. */
export interface Builds {
  readonly running: (uri: string) => Running | undefined;
  readonly measured: (uri: string) => Measured | undefined;
  /** The failed build's diagnostic, until the next edit or build. */
  readonly failureOf: (document: TextDocument) => Diagnostic | undefined;
  readonly started: (uri: string, running: Running) => void;
  readonly progressed: (uri: string, step: string) => void;
  /** `text` is what was built: what lay on disk when the build began. */
  readonly built: (uri: string, outcome: Built, shown: Title, text: string) => void;
  readonly failed: (document: TextDocument, line: number, message: string) => void;
  readonly ended: (uri: string) => void;
  /** Uris of the builds that run. */
  readonly active: () => readonly string[];
}

/** No build yet. */
export function rememberBuilds(): Builds {
  const running = new Map<string, Running>();
  const measured = new Map<string, Measured>();
  const failures = new Map<string, Failure>();
  return {
    running: (uri) => running.get(uri),
    measured: (uri) => measured.get(uri),
    failureOf: (document) => {
      const failure = failures.get(document.uri);
      if (failure?.version === document.version) return failureDiagnostic(document, failure);
      failures.delete(document.uri);
      return undefined;
    },
    started: (uri, build) => {
      running.set(uri, build);
      failures.delete(uri);
    },
    progressed: (uri, step) => {
      const build = running.get(uri);
      if (build) running.set(uri, { ...build, step });
    },
    built: (uri, outcome, shown, text) => {
      const built = hash(text);
      measured.set(uri, { outcome, shown, isOf: (other) => hash(other) === built });
    },
    failed: ({ uri, version }, line, message) => void failures.set(uri, { line, message, version }),
    ended: (uri) => void running.delete(uri),
    active: () => [...running.keys()],
  };
}

/** Editors drop the byte order mark. */
const hash = (text: string): string =>
  createHash('sha1')
    .update(text.replace(/^\uFEFF/, ''))
    .digest('base64');

function failureDiagnostic(document: TextDocument, { line, message }: Failure): Diagnostic {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).trimEnd();
  const character = text.length - text.trimStart().length;
  const range = { start: { line, character }, end: { line, character: text.length } };
  return { range, severity: DiagnosticSeverity.Error, source, code: 'build-failed', message };
}

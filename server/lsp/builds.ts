import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { BuildOutcome } from '../protocol.ts';
import type { Title } from './engine.ts';
import { source } from './to-lsp.ts';

export type Built = BuildOutcome & { readonly kind: 'built' };

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

/** Of the text that failed. */
export interface Failure {
  /** Zero-based. */
  readonly line: number;
  readonly message: string;
  readonly cause: string;
  readonly values: Readonly<Record<string, string>>;
}

interface RememberedFailure extends Failure {
  readonly isOf: (text: string) => boolean;
}

/** The lens's title for a text: once it differs from what was built, the size alone, for time and difference are of another. */
export function titleNow({ shown, isOf }: Measured, text: string): string {
  return isOf(text) ? shown.title : `${shown.title.split(' · ', 1).join('')} (before your last edits)`;
}

/** What is known of the builds of each Dockerfile while the server lives. */
export interface Builds {
  readonly running: (uri: string) => Running | undefined;
  readonly measured: (uri: string) => Measured | undefined;
  /** The failed build's diagnostic, while the text is the one that failed and until the next build. */
  readonly failureOf: (document: TextDocument) => (Failure & { readonly diagnostic: Diagnostic }) | undefined;
  readonly started: (uri: string, running: Running) => void;
  readonly progressed: (uri: string, step: string) => void;
  /** `text` is what was built: what lay on disk when the build began. */
  readonly built: (uri: string, outcome: Built, shown: Title, text: string) => void;
  /** `text` as of `built`. */
  readonly failed: (uri: string, failure: Failure, text: string) => void;
  readonly ended: (uri: string) => void;
  /** Uris of the builds that run. */
  readonly active: () => readonly string[];
}

/** No build yet. */
export function rememberBuilds(): Builds {
  const running = new Map<string, Running>();
  const measured = new Map<string, Measured>();
  const failures = new Map<string, RememberedFailure>();
  return {
    running: (uri) => running.get(uri),
    measured: (uri) => measured.get(uri),
    failureOf: (document) => {
      const failure = failures.get(document.uri);
      if (!failure?.isOf(document.getText())) return undefined;
      return { ...failure, diagnostic: failureDiagnostic(document, failure) };
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
      measured.set(uri, { outcome, shown, isOf: sameAs(text) });
    },
    failed: (uri, failure, text) => void failures.set(uri, { ...failure, isOf: sameAs(text) }),
    ended: (uri) => void running.delete(uri),
    active: () => [...running.keys()],
  };
}

/** Whether another text is this one, without keeping it. */
function sameAs(text: string): (other: string) => boolean {
  const built = hash(text);
  return (other) => hash(other) === built;
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

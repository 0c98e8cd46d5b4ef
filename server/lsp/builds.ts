import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { StepState } from '../image/engine-model.ts';
import type { BuildOutcome, RememberedBuild } from '../protocol.ts';
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
  readonly textHash: string;
}

/** Of the text that failed. */
export interface Failure {
  /** Zero-based. */
  readonly line: number;
  readonly message: string;
  readonly cause: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The lens's title for a text: once it differs from what was built, the size alone, for time and difference are of another. */
export function titleNow({ shown, textHash }: Measured, text: string): string {
  return hashOf(text) === textHash ? shown.title : `${shown.title.split(' · ', 1).join('')} (before your last edits)`;
}

/** What is known of the builds of each Dockerfile while the server lives. */
export interface Builds {
  readonly running: (uri: string) => Running | undefined;
  readonly measured: (uri: string) => Measured | undefined;
  /** The failed build's diagnostic, while the text is the one that failed and until the next build. */
  readonly failureOf: (document: TextDocument) => (Failure & { readonly diagnostic: Diagnostic }) | undefined;
  /** The steps of the last build, by the line of their instruction, while the text is the one that was built. */
  readonly stepsOf: (document: TextDocument) => readonly StepState[];
  /** `textHash` is of what lies on disk when the build begins. */
  readonly started: (uri: string, textHash: string, running: Running) => void;
  readonly progressed: (uri: string, step: string) => void;
  readonly stepped: (uri: string, step: StepState) => void;
  readonly built: (uri: string, measured: Measured) => void;
  readonly failed: (uri: string, failure: Failure, textHash: string) => void;
  readonly ended: (uri: string) => void;
  /** Uris of the builds that run. */
  readonly active: () => readonly string[];
}

/** No build yet but those that the client kept. */
export function rememberBuilds(kept: readonly RememberedBuild[] = []): Builds {
  const running = new Map<string, Running>();
  const measured = new Map<string, Measured>(
    kept.map(({ uri, outcome, title, tooltip, textHash }) => [uri, { outcome, shown: { title, tooltip }, textHash }]),
  );
  const failures = new Map<string, Failure & { readonly textHash: string }>();
  const steps = new Map<string, { readonly textHash: string; readonly byLine: Map<number, StepState> }>();
  const isOf = (document: TextDocument, known: { readonly textHash: string } | undefined): boolean =>
    known !== undefined && hashOf(document.getText()) === known.textHash;
  return {
    running: (uri) => running.get(uri),
    measured: (uri) => measured.get(uri),
    failureOf: (document) => {
      const failure = failures.get(document.uri);
      if (!failure || !isOf(document, failure)) return undefined;
      return { ...failure, diagnostic: failureDiagnostic(document, failure) };
    },
    stepsOf: (document) => {
      const known = steps.get(document.uri);
      return known && isOf(document, known) ? [...known.byLine.values()] : [];
    },
    started: (uri, textHash, build) => {
      running.set(uri, build);
      failures.delete(uri);
      steps.set(uri, { textHash, byLine: new Map() });
    },
    progressed: (uri, step) => {
      const build = running.get(uri);
      if (build) running.set(uri, { ...build, step });
    },
    stepped: (uri, step) => {
      // A step may go on after its cache was looked for.
      if (step.line !== undefined) steps.get(uri)?.byLine.set(step.line, step);
    },
    built: (uri, build) => void measured.set(uri, build),
    failed: (uri, failure, textHash) => void failures.set(uri, { ...failure, textHash }),
    ended: (uri) => void running.delete(uri),
    active: () => [...running.keys()],
  };
}

/** One name for a text. Editors drop the byte order mark. */
export const hashOf = (text: string): string =>
  createHash('sha1')
    .update(text.replace(/^\uFEFF/, ''))
    .digest('base64');

function failureDiagnostic(document: TextDocument, { line, message }: Failure): Diagnostic {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).trimEnd();
  const character = text.length - text.trimStart().length;
  const range = { start: { line, character }, end: { line, character: text.length } };
  return { range, severity: DiagnosticSeverity.Error, source, code: 'build-failed', message };
}

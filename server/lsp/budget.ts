import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Dockerfile } from '../analysis/dockerfile/model.ts';
import { budgetIn, parseSize } from '../analysis/size-budget.ts';
import { hashOf } from './builds.ts';
import type { Check } from './documents.ts';
import type { Session } from './session.ts';
import { source } from './to-lsp.ts';

/** The bytes that an image may have: by a comment of the file, else by the settings; undefined for as many as it likes. */
export const budgetOf = (dockerfile: Dockerfile, setting: string): number | undefined =>
  budgetIn(dockerfile) ?? parseSize(setting);

/** A warning on the final FROM when the last image of this text is larger than it may be. */
export function budgetDiagnostic({ builds }: Session, { document, analysis }: Check): readonly Diagnostic[] {
  const measured = builds.measured(document.uri);
  if (!measured || hashOf(document.getText()) !== measured.textHash) return [];
  const { size, budget } = measured.outcome;
  const range = analysis.dockerfile.stages.at(-1)?.from.range;
  if (!range || budget === undefined || size <= budget) return [];
  const message = `The image has ${inMegabytes(size)} MB, which is more than the ${inMegabytes(budget)} MB that it may have.`;
  return [{ range, severity: DiagnosticSeverity.Warning, source, code: 'size-budget', message }];
}

const inMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

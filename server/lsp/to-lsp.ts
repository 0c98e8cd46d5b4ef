import {
  type CodeDescription,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
} from 'vscode-languageserver/node';
import type { RuledFinding } from '../analysis/analyze.ts';
import { documentationUrl } from '../analysis/documentation.ts';
import { render, type Step } from '../analysis/known.ts';
import type { FilePlace, Severity } from '../analysis/rule.ts';
import type { ClientAbilities } from './capabilities.ts';

/** The `source` of every diagnostic of ours. */
export const source = 'go-dockerfile';

/** What a diagnostic carries beside its text, for clients that show or filter by it. */
export interface DiagnosticData {
  readonly rule: string;
  /** Titles of the quick fixes, the preferred one first. */
  readonly fixes: readonly string[];
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Where findings stand: the Dockerfile, and files of the project by their paths in the build context. */
export interface Places {
  readonly uri: string;
  readonly of: (path: string) => string | undefined;
}

/** A finding as the client can show it. */
export function toDiagnostic(places: Places, finding: RuledFinding, client: ClientAbilities): Diagnostic {
  const { range, message } = finding;
  return diagnostic(finding, { range, message }, [...there(places, finding), ...steps(places, finding)], client);
}

/** The finding at the line of a project file, with the Dockerfile's as the first place it relates to. */
export function toElsewhere(
  places: Places,
  finding: RuledFinding,
  place: FilePlace,
  client: ClientAbilities,
): Diagnostic {
  const here = { location: { uri: places.uri, range: finding.range }, message: render(finding.message) };
  return diagnostic(finding, place, [here, ...steps(places, finding)], client);
}

function diagnostic(
  { rule, severity, fixes }: RuledFinding,
  { range, message }: Pick<RuledFinding, 'range' | 'message'>,
  related: DiagnosticRelatedInformation[],
  client: ClientAbilities,
): Diagnostic {
  const data: DiagnosticData = { rule, fixes: fixes.map(({ title }) => title) };
  return {
    range,
    severity: severities[severity],
    source,
    code: rule,
    message: render(message),
    data,
    ...(client.codeDescription && { codeDescription: describe(rule) }),
    ...(client.relatedInformation && related.length > 0 && { relatedInformation: related }),
  };
}

const describe = (rule: string): CodeDescription => ({ href: documentationUrl(rule) });

const located = (uri: string | undefined, { range, message }: Step): DiagnosticRelatedInformation[] =>
  uri === undefined ? [] : [{ location: { uri, range }, message: render(message) }];

const steps = ({ uri, of }: Places, { related }: RuledFinding): DiagnosticRelatedInformation[] =>
  related.flatMap((step) => located(step.file === undefined ? uri : of(step.file), step));

const there = ({ of }: Places, { elsewhere }: RuledFinding): DiagnosticRelatedInformation[] =>
  elsewhere ? located(of(elsewhere.path), elsewhere) : [];

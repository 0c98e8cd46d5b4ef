import { type CodeAction, commands, type Diagnostic, languages, type Uri } from 'vscode';
import { until } from './editor.ts';

/** The rule behind a diagnostic of ours; undefined for anybody else's. */
export function ruleOf({ source, code }: Diagnostic): string | undefined {
  if (source !== 'go-dockerfile') return undefined;
  return String(typeof code === 'object' ? code.value : code);
}

/** The ids of the rules that report the document now, sorted, each once. */
export const rulesReporting = (uri: Uri): readonly string[] =>
  [...new Set(languages.getDiagnostics(uri).flatMap((diagnostic) => ruleOf(diagnostic) ?? []))].sort();

/** Waits for the rule to report the document. */
export const untilReported = (uri: Uri, rule: string): Promise<Diagnostic> =>
  until(`${rule} reports ${uri.path}`, () =>
    languages.getDiagnostics(uri).find((diagnostic) => ruleOf(diagnostic) === rule),
  );

/** Waits until the rule no longer reports the document. */
export const untilSilent = (uri: Uri, rule: string): Promise<boolean> =>
  until(`${rule} is silent about ${uri.path}`, () => !rulesReporting(uri).includes(rule));

/** The quick fixes at a diagnostic, in the order of the lightbulb's menu. */
export const quickFixes = (uri: Uri, { range }: Diagnostic): Thenable<readonly CodeAction[]> =>
  commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range, 'quickfix');

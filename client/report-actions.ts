import { type CodeAction, commands, Range, Uri, window, workspace } from 'vscode';

/** Shows the Dockerfile at a line; what a link gives is checked, because anything may call a command. */
export async function showLine(target: unknown, line: unknown): Promise<void> {
  if (typeof target !== 'string' || !Number.isSafeInteger(line)) return;
  const at = Number(line);
  await window.showTextDocument(Uri.parse(target), { selection: new Range(at, 0, at, 0) });
}

/** Applies the fix of a rule that the language server offers at a line now; says so when it does not any more. */
export async function applyFix(target: unknown, line: unknown, rule: unknown, title: unknown): Promise<void> {
  if (typeof target !== 'string' || !Number.isSafeInteger(line)) return;
  const uri = Uri.parse(target);
  await workspace.openTextDocument(uri);
  const range = new Range(Number(line), 0, Number(line), Number.MAX_SAFE_INTEGER);
  const offered = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    'quickfix',
  );
  const fix = offered?.find(
    (action) => action.title === title && action.diagnostics?.some(({ code }) => codeOf(code) === rule),
  );
  if (!fix?.edit || !(await workspace.applyEdit(fix.edit))) {
    void window.showInformationMessage(`"${String(title)}" is not offered there any more: the Dockerfile has changed.`);
    return;
  }
  await showLine(target, line);
}

const codeOf = (code: string | number | { readonly value: string | number } | undefined): unknown =>
  typeof code === 'object' ? code.value : code;

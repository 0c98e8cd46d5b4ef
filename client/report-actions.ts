import { type CodeAction, commands, Range, Uri, window, workspace } from 'vscode';

/** Shows the Dockerfile at a line; what a link gives is checked, because anything may call a command. */
export async function showLine(target: unknown, line: unknown): Promise<void> {
  if (typeof target !== 'string' || !Number.isSafeInteger(line) || Number(line) < 0) return;
  const at = Number(line);
  await window.showTextDocument(Uri.parse(target), { selection: new Range(at, 0, at, 0) });
}

/** Applies the fix of this title that is offered at a line now; says so when none is any more. */
export async function applyFix(target: unknown, line: unknown, title: unknown): Promise<void> {
  if (typeof target !== 'string' || !Number.isSafeInteger(line) || Number(line) < 0) return;
  const uri = Uri.parse(target);
  const document = await workspace.openTextDocument(uri);
  const { range } = document.lineAt(Math.min(Number(line), document.lineCount - 1));
  const offered = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    'quickfix',
  );
  // What comes back has no diagnostics any more: the title alone tells which it is.
  const fix = offered?.find((action) => action.title === title);
  if (!fix?.edit || !(await workspace.applyEdit(fix.edit))) {
    void window.showInformationMessage(`"${String(title)}" is not offered there any more: the Dockerfile has changed.`);
    return;
  }
  await showLine(target, line);
}

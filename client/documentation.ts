import { commands, FileType, Uri, window, workspace } from 'vscode';

/** Shows the packed page of a rule; asks which one when `rule` is no id of a rule. Works offline. */
export async function showDocumentation(extension: Uri, rule: unknown): Promise<void> {
  const folder = Uri.joinPath(extension, 'docs', 'rules');
  const pages = await pageIds(folder);
  const id = typeof rule === 'string' && pages.includes(rule) ? rule : await pickPage(pages);
  if (id === undefined) return;
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(folder, `${id}.md`));
}

async function pageIds(folder: Uri): Promise<readonly string[]> {
  const entries = await workspace.fs.readDirectory(folder);
  const pages = entries.filter(([name, type]) => type === FileType.File && name.endsWith('.md'));
  return pages.map(([name]) => name.slice(0, -'.md'.length)).sort();
}

const pickPage = (pages: readonly string[]): Thenable<string | undefined> =>
  window.showQuickPick(pages, { title: 'Go Dockerfile: Documentation', placeHolder: 'Which rule?' });

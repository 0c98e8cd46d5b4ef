import assert from 'node:assert/strict';
import { commands, extensions, Uri, window, workspace } from 'vscode';
import { rulesReporting } from '../diagnostics.ts';
import { fileUri, openFile, readText, until } from '../editor.ts';
import { picture } from '../screen.ts';

interface Snippet {
  readonly prefix: string | readonly string[];
}

export function snippetFlow(): void {
  describe('a snippet', () => {
    it('makes a whole multi-stage Dockerfile without a finding', async () => {
      const [name] = Object.keys(await packedSnippets());
      assert.ok(name);
      await workspace.fs.writeFile(fileUri('bare/snippet.Dockerfile'), new Uint8Array());
      const { document } = await openFile('bare/snippet.Dockerfile');
      await commands.executeCommand('editor.action.insertSnippet', { langId: 'dockerfile', name });
      await until('the snippet', () => document.getText().includes('FROM'));
      assert.match(document.getText(), /^FROM .*golang.* AS /m);
      assert.match(document.getText(), /^COPY --from=/m);
      await picture('snippet', { selector: '.view-line', hasText: 'golang' });
      assert.deepEqual(rulesReporting(document.uri), []);
      await document.save();
      await commands.executeCommand('workbench.action.closeAllEditors');
      assert.equal(window.activeTextEditor, undefined);
    });
  });
}

async function packedSnippets(): Promise<Readonly<Record<string, Snippet>>> {
  const extension = extensions.getExtension('go-dockerfile.go-dockerfile');
  assert.ok(extension);
  const [contribution] = extension.packageJSON.contributes.snippets;
  return JSON.parse(await readText(Uri.joinPath(extension.extensionUri, contribution.path)));
}

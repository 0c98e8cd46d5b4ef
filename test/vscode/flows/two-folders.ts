import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { rulesReporting, untilReported, untilSilent } from '../diagnostics.ts';
import { fileIn, openFile } from '../editor.ts';
import { picture } from '../screen.ts';

export function twoFoldersFlow(): void {
  describe('a workspace of two folders', () => {
    it('checks each Dockerfile against the go.mod of its own folder', async () => {
      assert.deepEqual(
        workspace.workspaceFolders?.map(({ name }) => name),
        ['hello', 'second'],
      );
      // The same image: too old for hello's go.mod, right for second's.
      const old = await openFile(fileIn('hello', 'old.Dockerfile'));
      const right = await openFile(fileIn('second', 'Dockerfile'));
      await untilReported(old.document.uri, 'match-go-version');
      await untilReported(right.document.uri, 'no-root-user');
      assert.ok(!rulesReporting(right.document.uri).includes('match-go-version'));
      await picture('two-folders', { selector: '.view-line', hasText: 'golang' });
    });

    it('checks again when a go.mod changes', async () => {
      const { document } = await openFile(fileIn('second', 'Dockerfile'));
      const module = fileIn('second', 'go.mod');
      const text = (version: string): Uint8Array =>
        new TextEncoder().encode(`module example.com/second\n\ngo ${version}\n`);
      await workspace.fs.writeFile(module, text('1.26'));
      await untilReported(document.uri, 'match-go-version');
      await workspace.fs.writeFile(module, text('1.22'));
      await untilSilent(document.uri, 'match-go-version');
    });
  });
}

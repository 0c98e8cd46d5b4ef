import assert from 'node:assert/strict';
import { commands, TabInputTextDiff, type Uri, window, workspace } from 'vscode';
import { clientCommands } from '../../../server/protocol.ts';
import { rulesReporting } from '../diagnostics.ts';
import { fileUri, openFile, readText, until } from '../editor.ts';
import { hasScreen, itOnScreen, onScreen, picture } from '../screen.ts';

export function generateFlow(): void {
  describe('Generate Go Dockerfile', () => {
    itOnScreen('is offered, without a notification, in a Go program that has no Dockerfile', async () => {
      await openFile('bare/main.go');
      await onScreen({ do: 'hover', selector: '[id="status.languageStatus"]' });
      await picture('hint', { selector: '.hover-language-status', hasText: 'No Dockerfile' });
    });

    it('asks on one screen, and Enter writes both files', async () => {
      const done = generateIn(fileUri('bare'));
      if (hasScreen()) {
        await picture('wizard', { selector: '.quick-input-list .monaco-list-row', hasText: 'Final image' });
        await onScreen({ do: 'press', key: 'Enter' });
      }
      await done;
      const dockerfile = fileUri('bare/Dockerfile');
      assert.match(await readText(dockerfile), /^FROM golang:1\.26/m);
      assert.ok(await readText(fileUri('bare/.dockerignore')));
      await picture('generated', { selector: '.view-line', hasText: 'FROM' });
      assert.deepEqual(rulesReporting(dockerfile), []);
    });

    it('never overwrites: an existing file is compared', async () => {
      const dockerfile = fileUri('bare/Dockerfile');
      await commands.executeCommand('workbench.action.closeAllEditors');
      const mine = '# mine\nFROM golang:1.26.8\n';
      await workspace.fs.writeFile(dockerfile, new TextEncoder().encode(mine));
      await commands.executeCommand(clientCommands.generate, { folder: fileUri('bare').fsPath });
      await until('a diff', () => window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputTextDiff);
      await picture('diff', { selector: '.monaco-diff-editor .line-delete' });
      assert.equal(await readText(dockerfile), mine);
      await commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
}

/** From the Explorer's menu where a person can answer, else with the recommended answers. */
const generateIn = (folder: Uri): Thenable<unknown> =>
  commands.executeCommand(clientCommands.generate, hasScreen() ? folder : { folder: folder.fsPath });

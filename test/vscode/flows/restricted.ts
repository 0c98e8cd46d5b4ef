import assert from 'node:assert/strict';
import { type CodeLens, commands, workspace } from 'vscode';
import { clientCommands } from '../../../server/protocol.ts';
import { quickFixes, untilReported } from '../diagnostics.ts';
import { openFile } from '../editor.ts';
import { picture } from '../screen.ts';

export function restrictedFlow(): void {
  describe('an untrusted workspace', () => {
    it('is checked and can be fixed', async () => {
      assert.equal(workspace.isTrusted, false);
      const { document } = await openFile('hello/Dockerfile');
      const diagnostic = await untilReported(document.uri, 'copy-built-file');
      assert.ok((await quickFixes(document.uri, diagnostic)).length);
    });

    it('is not built, neither by the lens nor by the command', async () => {
      const { document } = await openFile('hello/Dockerfile');
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
      assert.deepEqual(
        lenses.map(({ command }) => command?.command).filter((command) => command === clientCommands.build),
        [],
      );
      assert.equal(await commands.executeCommand(clientCommands.build, document.uri), undefined);
      const lens = { selector: '.codelens-decoration', hasText: 'Trust' };
      await picture('restricted', lens, { selector: '.notification-toast', hasText: 'trusted' });
    });

    it('cannot choose the engine’s program', async () => {
      const before = workspace.getConfiguration('goDockerfile').get('enginePath');
      await workspace.getConfiguration('goDockerfile').update('enginePath', '/opt/evil', false);
      assert.equal(before, '');
      assert.equal(workspace.getConfiguration('goDockerfile').get('enginePath'), '');
    });
  });
}

import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { openFile } from '../editor.ts';

export function activationFlow(): void {
  describe('activation', () => {
    it('comes with the first Dockerfile and registers every command of the manifest', async () => {
      const extension = extensions.getExtension('go-dockerfile.go-dockerfile');
      assert.ok(extension);
      await openFile('hello/Dockerfile');
      await extension.activate();
      const manifest: { readonly contributes: { readonly commands: readonly { readonly command: string }[] } } =
        extension.packageJSON;
      const registered = await commands.getCommands(true);
      const missing = manifest.contributes.commands.filter(({ command }) => !registered.includes(command));
      assert.deepEqual(missing, []);
    });
  });
}

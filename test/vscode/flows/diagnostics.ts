import assert from 'node:assert/strict';
import { commands, Selection, window, workspace } from 'vscode';
import { clientCommands } from '../../../server/protocol.ts';
import { quickFixes, rulesReporting, untilReported, untilSilent } from '../diagnostics.ts';
import { openFile, until } from '../editor.ts';
import { hasScreen, onScreen, picture } from '../screen.ts';

export function diagnosticsFlow(): void {
  describe('a Dockerfile with mistakes', () => {
    it('shows diagnostics with a link to the page of the rule and the chain that leads there', async () => {
      const { document } = await openFile('hello/Dockerfile');
      const diagnostic = await untilReported(document.uri, 'copy-built-file');
      assert.equal(document.getText(diagnostic.range), '/out/helo');
      assert.ok(typeof diagnostic.code === 'object' && diagnostic.code.target.path.endsWith('copy-built-file.md'));
      assert.ok(diagnostic.relatedInformation?.length);
      await commands.executeCommand('workbench.actions.view.problems');
      await picture('diagnostics', { selector: '.squiggly-error' }, { selector: '.markers-panel', hasText: 'helo' });
      await commands.executeCommand('workbench.action.closePanel');
    });

    it('is fixed with the lightbulb', async () => {
      const editor = await openFile('hello/Dockerfile');
      const { uri } = editor.document;
      const diagnostic = await untilReported(uri, 'copy-built-file');
      const [fix] = await quickFixes(uri, diagnostic);
      assert.ok(fix?.edit, 'the first fix is an edit');
      editor.selection = new Selection(diagnostic.range.start, diagnostic.range.start);
      if (hasScreen()) await acceptFirstFix();
      else await workspace.applyEdit(fix.edit);
      await until('the fix', () => editor.document.getText().includes('COPY --from=build /out/hello /hello'));
      await untilSilent(uri, 'copy-built-file');
    });

    it('gets every safe fix at once, and a second time changes nothing', async () => {
      const editor = await openFile('hello/Dockerfile');
      const { uri } = editor.document;
      const { range } = await untilReported(uri, 'require-static-binary');
      editor.selection = new Selection(range.start, range.start);
      await commands.executeCommand('editor.action.quickFix');
      await picture('lightbulb-static', { selector: '.action-widget', hasText: 'CGO_ENABLED' });
      await onScreen({ do: 'press', key: 'Escape' });
      await commands.executeCommand(clientCommands.fixAll);
      await untilSilent(uri, 'require-static-binary');
      const fixed = editor.document.getText();
      assert.match(fixed, /CGO_ENABLED=0/);
      await commands.executeCommand(clientCommands.fixAll);
      assert.equal(editor.document.getText(), fixed);
      assert.deepEqual(
        rulesReporting(uri).filter((rule) => ['copy-built-file', 'require-static-binary'].includes(rule)),
        [],
      );
      await picture('fixed', { selector: '.view-line', hasText: 'CGO_ENABLED' });
    });

    it('says in go.mod what belongs there, though it is not open', async () => {
      const { document } = await openFile('hello/go.mod');
      const diagnostic = await untilReported(document.uri, 'match-go-version');
      assert.match(document.lineAt(diagnostic.range.start.line).text, /^go /);
      await commands.executeCommand('workbench.action.closeActiveEditor');
    });

    it('has its page offline', async () => {
      await commands.executeCommand(clientCommands.showDocumentation, 'require-static-binary');
      await until('the preview', () =>
        window.tabGroups.activeTabGroup.activeTab?.label.includes('require-static-binary'),
      );
      await commands.executeCommand('workbench.action.closeActiveEditor');
    });
  });
}

/** Opens the lightbulb's menu at the cursor and takes its first line, as a person would. */
async function acceptFirstFix(): Promise<void> {
  await commands.executeCommand('editor.action.quickFix');
  await picture('lightbulb', { selector: '.action-widget' });
  await onScreen({ do: 'press', key: 'Enter' });
}

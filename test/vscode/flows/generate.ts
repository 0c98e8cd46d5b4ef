import assert from 'node:assert/strict';
import { commands, TabInputTextDiff, type Uri, window, workspace } from 'vscode';
import { clientCommands } from '../../../server/protocol.ts';
import { rulesReporting } from '../diagnostics.ts';
import { fileUri, openFile, readText, until } from '../editor.ts';
import { hasScreen, itOnScreen, lensText, onScreen, picture } from '../screen.ts';

export function generateFlow(): void {
  describe('Generate Go Dockerfile', () => {
    itOnScreen('is offered, without a notification, in a Go program that has no Dockerfile', async () => {
      await openFile('bare/main.go');
      await onScreen({ do: 'hover', selector: '[id="status.languageStatus"]' });
      await picture('hint', { selector: '.hover-language-status', hasText: 'No Dockerfile' });
    });

    it('asks step by step, every answer is an Enter away, and nothing is written before the last one', async () => {
      const done = generateIn(fileUri('bare'));
      const dockerfile = fileUri('bare/Dockerfile');
      if (hasScreen()) {
        await picture('wizard', { selector: '.quick-input-list .monaco-list-row', hasText: 'distroless/static' });
        for (let step = 1; step < steps; step += 1) await pressAt(step, 'Enter');
        await atStep(steps);
        await picture('review', { selector: '.monaco-diff-editor .line-insert' });
        assert.equal(await exists(dockerfile), false);
        await onScreen({ do: 'press', key: 'Enter' });
      }
      await done;
      assert.match(await readText(dockerfile), /^FROM golang:1\.26/m);
      assert.ok(await readText(fileUri('bare/.dockerignore')));
      await picture('generated', { selector: '.view-line', hasText: 'FROM' });
      assert.deepEqual(rulesReporting(dockerfile), []);
    });

    itOnScreen('goes back, shows what would be replaced, and remembers the answers', async () => {
      const dockerfile = fileUri('bare/Dockerfile');
      const done = generateIn(fileUri('bare'));
      await atStep(1);
      await onScreen({ do: 'type', text: 'alpine' });
      await pressAt(1, 'Enter');
      await atStep(2);
      await onScreen({ do: 'click', selector: '.quick-input-titlebar .codicon-quick-input-back' });
      for (let step = 1; step < steps; step += 1) await pressAt(step, 'Enter');
      await atStep(steps);
      await picture('review-existing', { selector: '.quick-input-list .monaco-list-row', hasText: '(replaced)' });
      assert.doesNotMatch(await readText(dockerfile), /^FROM alpine/m);
      await onScreen({ do: 'press', key: 'Enter' });
      await done;
      assert.match(await readText(dockerfile), /^FROM alpine/m);
      const again = generateIn(fileUri('bare'));
      await atStep(1);
      await picture('remembered', { selector: '.quick-input-list .monaco-list-row.focused', hasText: 'alpine' });
      await onScreen({ do: 'press', key: 'Escape' });
      await again;
      await commands.executeCommand('workbench.action.closeAllEditors');
    });

    itOnScreen('fills an empty Dockerfile from its lens', async () => {
      await workspace.fs.writeFile(fileUri('bare/Dockerfile'), new Uint8Array());
      await openFile('bare/Dockerfile');
      await lensText(/Fill from this Go project/);
      await picture('fill', { selector: '.codelens-decoration', hasText: 'Fill from this Go project' });
      await onScreen({ do: 'click', selector: '.codelens-decoration a' });
      await atStep(1);
      await onScreen({ do: 'press', key: 'Escape' });
      assert.equal(await readText(fileUri('bare/Dockerfile')), '');
    });

    itOnScreen('improves a poor file: the rewrite as a diff, written when it is accepted', async () => {
      const dockerfile = fileUri('bare/poor.Dockerfile');
      const poor =
        '# mine\nFROM golang:latest\nLABEL team=web\nWORKDIR /app\nCOPY . .\nRUN go build -o /bare .\nCMD ["/bare"]\n';
      await workspace.fs.writeFile(dockerfile, new TextEncoder().encode(poor));
      await openFile('bare/poor.Dockerfile');
      const done = commands.executeCommand(clientCommands.improve);
      await picture('improve', {
        selector: '.quick-input-list .monaco-list-row',
        hasText: 'poor.Dockerfile (replaced)',
      });
      assert.equal(await readText(dockerfile), poor);
      await onScreen({ do: 'press', key: 'Enter' });
      await done;
      const text = await readText(dockerfile);
      assert.match(text, /^# mine\nFROM golang:1\.\d+ AS build$/m);
      assert.match(text, /^LABEL team=web$/m);
      await commands.executeCommand('workbench.action.closeAllEditors');
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

/** Base, cgo, cache, platforms, port, what else, beside it, review: the program is the only one. */
const steps = 8;

const atStep = (step: number): Promise<readonly string[]> =>
  onScreen({ do: 'wait', selector: '.quick-input-title', hasText: `(${step}/${steps})` });

async function pressAt(step: number, key: string): Promise<void> {
  await atStep(step);
  await onScreen({ do: 'press', key });
}

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );

/** From the Explorer's menu where a person can answer, else with the recommended answers. */
const generateIn = (folder: Uri): Thenable<unknown> =>
  commands.executeCommand(clientCommands.generate, hasScreen() ? folder : { folder: folder.fsPath });

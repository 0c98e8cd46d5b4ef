import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commands, type TabInputWebview, window, workspace } from 'vscode';
import { clientCommands } from '../../../server/protocol.ts';
import { fileUri, readText, until } from '../editor.ts';
import { lensText, onScreen, picture } from '../screen.ts';
import { buildWithLens, dockerfile, itBuilds, itBuildsOnScreen, writeAndOpen } from './build.ts';

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrast: 'Default High Contrast',
} as const;

const isReport = (input: unknown): boolean =>
  typeof input === 'object' &&
  input !== null &&
  'viewType' in input &&
  /goDockerfile\.report/.test((input as TabInputWebview).viewType);

const reportTab = () => window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => isReport(input));

const inPage = { webview: true } as const;

export function reportFlow(): void {
  describe('the image report', () => {
    itBuilds('opens beside the Dockerfile, in the colours of each theme', async () => {
      const uri = await writeAndOpen('built/report.Dockerfile', dockerfile('CGO_ENABLED=0 go build -o /out/built .'));
      assert.equal((await buildWithLens(uri))?.kind, 'built');
      await commands.executeCommand(clientCommands.showReport, uri.toString());
      await until('the tab of the report', async () => reportTab());
      await lensText(/MB/);
      await commands.executeCommand('workbench.action.closePanel');
      await commands.executeCommand('notifications.clearAll');
      const settings = workspace.getConfiguration('workbench');
      for (const [name, theme] of Object.entries(themes)) {
        await settings.update('colorTheme', theme, true);
        await onScreen({
          do: 'wait',
          selector: `body.vscode-${name === 'contrast' ? 'high-contrast' : name}`,
          ...inPage,
        });
        await picture(`report-${name}`, { selector: 'h2', hasText: 'Where the bytes are', ...inPage });
      }
      await settings.update('colorTheme', undefined, true);
    });

    itBuildsOnScreen('starts the image when it is asked to, and says how that went', async () => {
      await onScreen({ do: 'click', selector: 'a', hasText: 'Start it now', ...inPage });
      await picture('report-started', { selector: 'td', hasText: 'on port 8080', ...inPage });
    });

    itBuildsOnScreen('compares with another Dockerfile, which it builds first', async () => {
      await onScreen({ do: 'click', selector: 'a', hasText: 'Compare with another image', ...inPage });
      await picture('report-compare', { selector: '.quick-input-widget', hasText: 'Stage build' });
      await onScreen({ do: 'press', key: 'ArrowDown' });
      await onScreen({ do: 'press', key: 'Enter' });
      await picture('report-compared', { selector: 'h2', hasText: 'Beside built/Dockerfile', ...inPage });
    });

    itBuildsOnScreen('writes an SBOM where the dialog says', async () => {
      await onScreen({ do: 'click', selector: 'a', hasText: 'Write an SBOM', ...inPage });
      await picture('sbom-format', { selector: '.quick-input-widget', hasText: 'SPDX' });
      await onScreen({ do: 'press', key: 'Enter' });
      await picture('sbom-file', { selector: '.quick-input-action', hasText: 'OK' });
      await onScreen({ do: 'press', key: 'Enter' });
      await picture('sbom-written', { selector: '.notification-toast', hasText: 'Wrote' });
      const { bomFormat, components } = JSON.parse(await readText(fileUri('built/report.Dockerfile.cdx.json')));
      assert.deepEqual([bomFormat, components.length > 1], ['CycloneDX', true]);
      await commands.executeCommand('notifications.clearAll');
    });

    itBuildsOnScreen('scans with a tool that is on the PATH', async () => {
      const { PATH } = process.env;
      const folder = await mkdtemp(path.join(tmpdir(), 'go-dockerfile-tools-'));
      // As grype 0.121.2 prints it, with a made-up vulnerability.
      const vulnerability = {
        id: 'GHSA-aaaa-bbbb-0001',
        severity: 'High',
        fix: { versions: ['v0.15.0'], state: 'fixed' },
      };
      const locations = [{ path: '/usr/local/bin/app' }];
      const artifact = { name: 'golang.org/x/text', version: 'v0.14.0', type: 'go-module', locations };
      const match = JSON.stringify({ matches: [{ vulnerability, artifact }] });
      await writeFile(path.join(folder, 'grype'), `#!/bin/sh\necho '${match}'\n`, { mode: 0o755 });
      try {
        process.env.PATH = `${folder}${path.delimiter}${PATH}`;
        await commands.executeCommand(clientCommands.restart);
        await commands.executeCommand(clientCommands.scanImage, fileUri('built/report.Dockerfile').toString());
        await onScreen({ do: 'hover', selector: 'td', hasText: '1 known vulnerability: 1 high', ...inPage });
        await picture('report-scanned', { selector: 'a', hasText: 'Scan it again', ...inPage });
      } finally {
        process.env.PATH = PATH;
        await rm(folder, { recursive: true });
      }
    });

    itBuildsOnScreen('applies the fix of an advice to the Dockerfile', async () => {
      await onScreen({ do: 'click', selector: 'a', hasText: 'Apply: ', ...inPage });
      await until('the fix', async () => window.activeTextEditor?.document.getText().includes('-s'));
      await commands.executeCommand('workbench.action.files.revert');
      await commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
}

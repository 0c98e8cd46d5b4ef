import path from 'node:path';
import { ProgressLocation, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { type SbomFormat, type SbomOutcome, type SbomRequest, serverCommands } from '../server/protocol.ts';
import type { BuildRoom } from './run-build.ts';

const choices: readonly (QuickPickItem & { readonly format: SbomFormat; readonly ending: string })[] = [
  { label: 'CycloneDX', description: '1.6, JSON', format: 'cyclonedx', ending: 'cdx.json' },
  { label: 'SPDX', description: '2.3, JSON', format: 'spdx', ending: 'spdx.json' },
];

/** Asks for format and file, and writes the bill of materials of the last built image; the dialog asks before it replaces a file. */
export async function writeSbom({ server }: BuildRoom, uri: Uri): Promise<void> {
  const placeHolder = 'Written from the image itself, offline.';
  const chosen = await window.showQuickPick(choices, { title: 'Write SBOM of Image as', placeHolder });
  if (!chosen) return;
  const progress = { location: ProgressLocation.Notification, title: 'Reading the image', cancellable: true };
  const outcome = await window.withProgress(progress, async (_, cancelled) => {
    const client = await server.client();
    const asked: SbomRequest = { uri: uri.toString(), format: chosen.format };
    const params = { command: serverCommands.sbom, arguments: [asked] };
    const answer = await client.sendRequest<SbomOutcome>('workspace/executeCommand', params, cancelled);
    return cancelled.isCancellationRequested ? undefined : answer;
  });
  if (!outcome) return;
  if ('reason' in outcome) return void window.showErrorMessage(`No SBOM: ${outcome.reason}`);
  const file = await window.showSaveDialog({
    title: 'Write SBOM of Image',
    saveLabel: 'Write SBOM',
    defaultUri: Uri.joinPath(uri, '..', `${path.basename(uri.path)}.${chosen.ending}`),
    filters: { JSON: ['json'] },
  });
  if (!file) return;
  await workspace.fs.writeFile(file, new TextEncoder().encode(outcome.text));
  const open = 'Open';
  const choice = await window.showInformationMessage(
    `Wrote ${workspace.asRelativePath(file)}: ${outcome.summary}.`,
    open,
  );
  if (choice === open) await window.showTextDocument(file);
}

import { notifications } from '../protocol.ts';
import { titleNow } from './builds.ts';
import type { Session } from './session.ts';

/** Tells our VS Code half when an edit makes the last result stale, and when undo makes it true again: its status bar shows it. */
export function tellStaleResults({ builds, client, connection, documents }: Session): void {
  if (!client.clientCommands) return;
  const told = new Map<string, string>();
  documents.onDidChangeContent(({ document }) => {
    const { uri } = document;
    const measured = builds.measured(uri);
    if (!measured || builds.running(uri)) return;
    const title = titleNow(measured, document.getText());
    if (title === (told.get(uri) ?? measured.shown.title)) return;
    told.set(uri, title);
    const { outcome, shown } = measured;
    void connection.sendNotification(notifications.buildState, {
      uri,
      kind: 'done',
      outcome,
      title,
      tooltip: shown.tooltip,
    });
  });
}

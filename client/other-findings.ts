import { type Diagnostic, type Disposable, languages, type Uri, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { notifications, type OtherFinding, type OtherFindings } from '../server/protocol.ts';
import type { ServerConnection } from './language-client.ts';

/** Tells the server what other extensions say of open Dockerfiles, so that nothing is said twice. */
export function tellOtherFindings(server: ServerConnection): Disposable {
  const told = new Map<string, string>();
  const tell = (client: LanguageClient, uri: Uri): void => {
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document?.languageId !== 'dockerfile') return;
    const findings = languages.getDiagnostics(uri).flatMap(othersOf);
    const text = JSON.stringify(findings);
    if (text === (told.get(uri.toString()) ?? '[]')) return;
    told.set(uri.toString(), text);
    const params: OtherFindings = { uri: client.code2ProtocolConverter.asUri(uri), findings };
    void client.sendNotification(notifications.otherFindings, params);
  };
  let followed: LanguageClient | undefined;
  return languages.onDidChangeDiagnostics(({ uris }) => {
    const client = server.running();
    if (!client) return;
    // A server that starts again knows nothing.
    if (followed !== client) client.onDidChangeState(() => told.clear());
    followed = client;
    for (const uri of uris) tell(client, uri);
  });
}

/** Only named findings of others can be compared. */
function othersOf({ source, code, range }: Diagnostic): readonly OtherFinding[] {
  const name = typeof code === 'object' ? code.value : code;
  if (source === 'go-dockerfile' || typeof name !== 'string') return [];
  return [{ code: name, start: range.start.line, end: range.end.line }];
}

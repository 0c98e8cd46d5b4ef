import path from 'node:path';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { PageLinks } from '../image/page/report-page.ts';
import { clientCommands, type ReportOutcome, type ReportRequest } from '../protocol.ts';
import { hashOf } from './builds.ts';
import { pathOf } from './documents.ts';
import type { Engine } from './engine.ts';
import type { Session } from './session.ts';

/** The page about the last image that was built of a Dockerfile. Never rejects. */
export async function reportPage(
  session: Session,
  engine: Engine,
  { uri, history, compare, start = false }: ReportRequest,
  token: CancellationToken,
): Promise<ReportOutcome> {
  const { builds, checks, client, environment, settings } = session;
  if (!environment.trusted())
    return { reason: 'Reading an image starts the container engine: trust this workspace first.' };
  const measured = builds.measured(uri);
  const file = pathOf(uri);
  if (!measured || file === undefined)
    return { reason: 'Nothing is known of an image of this Dockerfile: build it first.' };
  const check = await checks.of(uri);
  const isBuilt = check !== undefined && hashOf(check.document.getText()) === measured.textHash;
  const stop = new AbortController();
  const asked = token.onCancellationRequested(() => stop.abort());
  try {
    const question = {
      image: measured.outcome.image,
      name: path.basename(file),
      analysis: isBuilt ? check.analysis : undefined,
      target: measured.outcome.target,
      pullSize: measured.outcome.pullSize,
      compare,
      start,
    };
    const report = await engine.report(question, (await settings.of(uri)).engine, stop.signal);
    const { reportHtml } = await import('../image/page/report-page.ts');
    const links = client.clientCommands ? linksOf(uri) : undefined;
    return { html: reportHtml(report, { ...(history && { history }), ...(links && { links }) }) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  } finally {
    asked.dispose();
  }
}

/** Commands of our VS Code half. */
const linksOf = (uri: string): PageLinks => ({
  line: (line) => commandLink(clientCommands.showLine, uri, line),
  fix: (fix, line) => commandLink(clientCommands.applyFix, uri, line, fix),
  start: commandLink(clientCommands.startImage, uri),
  compare: commandLink(clientCommands.compareImage, uri),
});

const commandLink = (command: string, ...words: readonly (string | number)[]): string =>
  `command:${command}?${encodeURIComponent(JSON.stringify(words))}`;

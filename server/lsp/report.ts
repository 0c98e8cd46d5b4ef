import path from 'node:path';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { PageLinks } from '../image/page/report-page.ts';
import {
  type Comparand,
  clientCommands,
  type ImageReport,
  type ReportOutcome,
  type ReportRequest,
} from '../protocol.ts';
import { prepareBuild } from './build-preparation.ts';
import { hashOf } from './builds.ts';
import { builtImage } from './built-image.ts';
import type { BuildEvents, Engine } from './engine.ts';
import type { Session } from './session.ts';

/** The page about the last image that was built of a Dockerfile. Never rejects. */
export async function reportPage(
  session: Session,
  engine: Engine,
  { uri, history, compare, start = false, scan = false }: ReportRequest,
  token: CancellationToken,
): Promise<ReportOutcome> {
  const { checks, client, settings } = session;
  const built = builtImage(session, uri);
  if ('reason' in built) return built;
  const { measured, file, name } = built;
  const check = await checks.of(uri);
  const isBuilt = check !== undefined && hashOf(check.document.getText()) === measured.textHash;
  const stop = new AbortController();
  const asked = token.onCancellationRequested(() => stop.abort());
  try {
    const question = {
      image: measured.outcome.image,
      name,
      analysis: isBuilt ? check.analysis : undefined,
      target: measured.outcome.target,
      pullSize: measured.outcome.pullSize,
      compare: compare && (await comparedImage(session, engine, compare, stop.signal)),
      start,
      scan,
      published: measured.outcome.tags?.[0],
      folder: path.dirname(file),
    };
    const report = await engine.report(question, (await settings.of(uri)).engine, stop.signal);
    for (const { about, trace, image } of report.differences) {
      session.connection.console.error(
        `A bug of go-dockerfile, please report it: of ${about}, ${file} says "${trace}", and its image "${image}".`,
      );
    }
    const { reportHtml } = await import('../image/page/report-page.ts');
    const links = client.clientCommands ? linksOf(uri) : undefined;
    const html = reportHtml(report, { ...(history && { history }), ...(links && { links }) });
    return scan && !scanned(report) ? { html, note: noScanner } : { html };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  } finally {
    asked.dispose();
  }
}

const noScanner =
  'Neither the PATH nor the container engine has a tool that could look into this image: the report says how to get them.';

const scanned = ({ supplyChain }: ImageReport): boolean =>
  supplyChain?.tools.some(({ state }) => state === 'ran' || state === 'failed') ?? false;

/** Builds first where only a build makes it. Throws a sentence. */
async function comparedImage(
  session: Session,
  engine: Engine,
  compare: Comparand,
  signal: AbortSignal,
): Promise<{ readonly image: string; readonly name: string }> {
  if ('image' in compare) return { image: compare.image, name: compare.image };
  const { build, name } = compare;
  // The tags from Git are the names of what is published: what it is compared with must not take them.
  const { gitTags: _, ...options } = build.options ?? {};
  const prepared = await prepareBuild(session, new Map(), { ...build, options });
  const ended = 'kind' in prepared ? prepared : await engine.build(prepared.job, unseen, signal);
  switch (ended.kind) {
    case 'built':
      return { image: ended.image, name };
    case 'failed':
      throw new Error(`${name} could not be built: ${ended.reason}`);
    case 'cancelled':
      throw new Error(`the build of ${name} was cancelled`);
    default:
      throw new Error(`${name} needs to be told something: build it once by its own lens`);
  }
}

/** The page shows what came of it. */
const unseen: BuildEvents = { step: () => {}, stepState: () => {}, log: () => {} };

/** Commands of our VS Code half. */
const linksOf = (uri: string): PageLinks => ({
  line: (line) => commandLink(clientCommands.showLine, uri, line),
  fix: (fix, line) => commandLink(clientCommands.applyFix, uri, line, fix),
  start: commandLink(clientCommands.startImage, uri),
  compare: commandLink(clientCommands.compareImage, uri),
  scan: commandLink(clientCommands.scanImage, uri),
  sbom: commandLink(clientCommands.writeSbom, uri),
});

const commandLink = (command: string, ...words: readonly (string | number)[]): string =>
  `command:${command}?${encodeURIComponent(JSON.stringify(words))}`;

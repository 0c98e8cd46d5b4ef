import path from 'node:path';
import {
  commands,
  Disposable,
  ProgressLocation,
  type ProgressOptions,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import { clientCommands, type ReportOutcome, type ReportRequest, serverCommands } from '../server/protocol.ts';
import { dockerfileOf, mayBuild } from './build-commands.ts';
import { askForComparand } from './compare-with.ts';
import { pastBuilds } from './kept-builds.ts';
import { applyFix, showLine } from './report-actions.ts';
import type { BuildRoom } from './run-build.ts';
import { writeSbom } from './write-sbom.ts';

/** The report page of one Dockerfile, with what it was asked for last. */
interface Page {
  readonly panel: WebviewPanel;
  request: Omit<ReportRequest, 'uri' | 'history'>;
}

/** What a link of the page may do; the page has no scripts. */
const linked = [
  clientCommands.showLine,
  clientCommands.applyFix,
  clientCommands.startImage,
  clientCommands.compareImage,
  clientCommands.scanImage,
  clientCommands.writeSbom,
] as const;

/** Registers the report page and the commands behind its links. A page follows the builds of its Dockerfile. */
export function registerImageReport(room: BuildRoom): Disposable {
  const pages = new Map<string, Page>();
  const show = async (target: unknown, request: Page['request']): Promise<void> => {
    const uri = dockerfileOf(target);
    if (!uri || !(await mayBuild())) return;
    const page = pages.get(uri.toString()) ?? openPage(pages, uri);
    page.request = request;
    page.panel.reveal(undefined, true);
    await fill(pages, room, uri, page);
  };
  return Disposable.from(
    commands.registerCommand(clientCommands.showReport, (target?: unknown) => show(target, {})),
    commands.registerCommand(clientCommands.startImage, (target?: unknown) => show(target, { start: true })),
    commands.registerCommand(clientCommands.scanImage, (target?: unknown) => show(target, { scan: true })),
    commands.registerCommand(clientCommands.writeSbom, async (target?: unknown) => {
      const uri = dockerfileOf(target);
      if (uri && (await mayBuild())) await writeSbom(room, uri);
    }),
    commands.registerCommand(clientCommands.compareImage, async (target?: unknown) => {
      const uri = dockerfileOf(target);
      const compare = uri && (await mayBuild()) ? await askForComparand(room, uri) : undefined;
      if (compare) await show(target, { compare });
    }),
    commands.registerCommand(clientCommands.showLine, showLine),
    commands.registerCommand(clientCommands.applyFix, applyFix),
    room.view.onState(({ uri, ...state }) => {
      const page = pages.get(uri);
      if (!page || state.kind !== 'done' || state.outcome.kind !== 'built') return;
      page.request = {};
      void fill(pages, room, Uri.parse(uri), page);
    }),
    new Disposable(() => {
      for (const { panel } of [...pages.values()]) panel.dispose();
    }),
  );
}

function openPage(pages: Map<string, Page>, uri: Uri): Page {
  const title = `Image of ${path.basename(uri.path)}`;
  const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
  const options = {
    enableScripts: false,
    enableCommandUris: [...linked],
    localResourceRoots: [],
    enableFindWidget: true,
  };
  const panel = window.createWebviewPanel('goDockerfile.report', title, place, options);
  const page: Page = { panel, request: {} };
  pages.set(uri.toString(), page);
  panel.onDidDispose(() => pages.delete(uri.toString()));
  return page;
}

async function fill(
  pages: ReadonlyMap<string, Page>,
  { server, state }: BuildRoom,
  uri: Uri,
  page: Page,
): Promise<void> {
  const { request } = page;
  const outcome = await window.withProgress(progressOf(request), async (_, cancelled) => {
    const client = await server.client();
    const asked: ReportRequest = { uri: uri.toString(), history: pastBuilds(state, uri.toString()), ...request };
    const params = { command: serverCommands.report, arguments: [asked] };
    const answer = await client.sendRequest<ReportOutcome>('workspace/executeCommand', params, cancelled);
    return cancelled.isCancellationRequested ? undefined : answer;
  });
  // A later question has its own answer, and a page may be closed meanwhile.
  if (!outcome || page.request !== request || pages.get(uri.toString()) !== page) return;
  if ('html' in outcome) page.panel.webview.html = outcome.html;
  if ('reason' in outcome) void window.showErrorMessage(`No report: ${outcome.reason}`);
  else if (outcome.note !== undefined) void window.showInformationMessage(outcome.note);
}

/** A build and a scan may take long, so they can be cancelled. */
function progressOf({ start, compare, scan }: Page['request']): ProgressOptions {
  if (scan) return { location: ProgressLocation.Notification, title: 'Scanning the image', cancellable: true };
  if (compare && 'build' in compare)
    return { location: ProgressLocation.Notification, title: `Building ${compare.name}`, cancellable: true };
  return { location: ProgressLocation.Window, title: start ? 'Starting the image' : 'Reading the image' };
}

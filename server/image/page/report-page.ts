import type { PastBuild } from '../../build-protocol.ts';
import { formatBytes, formatDelta } from '../format.ts';
import type { BinaryReport } from '../report/binary-model.ts';
import type { Advice, ImageReport } from '../report/model.ts';
import { factRows, startRows, supplyRows, traits } from '../report/words.ts';
import { type Html, html, joined } from './html.ts';
import { style } from './style.ts';
import { treemapOf, withBinaries } from './treemap.ts';

/** What a page shows beside the report, and what can be done from it: nothing in a file, commands in an editor. */
export interface PageExtras {
  /** The last builds of the Dockerfile, oldest first. */
  readonly history?: readonly PastBuild[];
  readonly links?: PageLinks;
}

/** Addresses; each does what the text of its link says. */
export interface PageLinks {
  /** Zero-based. */
  readonly line: (line: number) => string;
  readonly fix: (fix: string, line: number) => string;
  readonly start: string;
  readonly compare: string;
  readonly scan: string;
  readonly sbom: string;
}

/** One page with everything in it: no script, nothing from the network, every text of the image escaped. */
export function reportHtml(report: ImageReport, { history = [], links }: PageExtras = {}): string {
  const { name, size, compressed, platform, comparison } = report;
  const pull = compressed === undefined ? '' : ` · ${formatBytes(compressed)} to pull`;
  const change = comparison ? ` · ${formatDelta(comparison.size)} beside ${comparison.name}` : '';
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · ${formatBytes(size)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${name}</h1>
<p class="size"><strong>${formatBytes(size)}</strong>${pull}${change} · ${platform}</p>
${chapter('What would shrink it', adviceTable(report, links))}
${chapter('Where the bytes are', html`${treemapOf(withBinaries(report.tree, report.binaries), 'the image')}${layerTable(report, links)}`)}
${joined(report.binaries.slice(0, 10).map(binaryChapter))}
${chapter('The image', factTable(report))}
${startChapter(report, links)}
${supplyChapter(report, links)}
${compareChapter(report, links)}
${history.length > 1 ? chapter('The last builds', historyTable(history)) : html``}
${report.differences.length > 0 ? chapter('The Dockerfile says otherwise than the image (a bug of go-dockerfile)', differenceTable(report)) : html``}
</main>
</body>
</html>
`;
  return page.text;
}

const chapter = (title: string, content: Html): Html => html`<section><h2>${title}</h2>${content}</section>`;

function table(heads: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  if (rows.length === 0) return html`<p>Nothing.</p>`;
  const head = joined(heads.map((each) => html`<th scope="col">${each}</th>`));
  const body = joined(rows.map((row) => html`<tr>${joined(row.map((cell) => html`<td>${cell}</td>`))}</tr>`));
  return html`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

const link = (address: string, text: string): Html => html`<a href="${address}">${text}</a>`;

const lineCell = (line: number | undefined, links: PageLinks | undefined): string | Html => {
  if (line === undefined) return '';
  return links ? link(links.line(line), String(line + 1)) : String(line + 1);
};

function startChapter(report: ImageReport, links: PageLinks | undefined): Html {
  const rows = report.start ? table(['What', 'How'], startRows(report)) : html``;
  const locked = 'It runs for ten seconds at most: without a network, read-only, not as root.';
  const again = links
    ? html`<p>${link(links.start, report.start ? 'Start it again' : 'Start it now')}. ${locked}</p>`
    : html``;
  return report.start || links ? chapter('Does it start?', html`${rows}${again}`) : html``;
}

const editorHints = { packages: 'an SBOM lists them', scan: 'a scan runs it' } as const;

function supplyChapter(report: ImageReport, links: PageLinks | undefined): Html {
  if (!links) return chapter('Supply chain', table(['What', 'Result'], supplyRows(report)));
  const tools = report.supplyChain?.tools ?? [];
  const wait = tools.filter(({ state }) => state === 'available').map(({ tool }) => tool);
  const again = tools.some(({ state }) => state === 'ran' || state === 'failed') ? ['Scan it again'] : [];
  const scans = wait.length > 0 ? [`Scan it with ${wait.join(', ')} now`] : again;
  const offered = joined(scans.map((text) => html`${link(links.scan, text)}; they may fetch their databases. `));
  return chapter(
    'Supply chain',
    html`${table(['What', 'Result'], supplyRows(report, editorHints))}<p>${offered}${link(links.sbom, 'Write an SBOM')}</p>`,
  );
}

function compareChapter({ comparison }: ImageReport, links: PageLinks | undefined): Html {
  const other = links ? html`<p>${link(links.compare, 'Compare with another image')}</p>` : html``;
  if (comparison) return chapter(`Beside ${comparison.name}`, html`${comparisonTable(comparison)}${other}`);
  return links ? chapter('Beside another image', other) : html``;
}

function historyTable(history: readonly PastBuild[]): Html {
  const most = Math.max(...history.map(({ size }) => size));
  return table(
    ['Size', 'Beside the largest', 'Change', 'Built', 'Took'],
    history
      .toReversed()
      .map(({ size, at, milliseconds }, index, newest) => [
        formatBytes(size),
        share(size, most),
        formatChange(size, newest[index + 1]?.size),
        new Date(at).toISOString().replace('T', ' ').slice(0, 16),
        `${Math.round(milliseconds / 1000)} s`,
      ]),
  );
}

const formatChange = (size: number, before: number | undefined): string =>
  before === undefined ? '' : size === before ? 'none' : formatDelta(size - before);

/** A bar for the eyes, its percentage for everybody else. */
function share(size: number, whole: number): Html {
  const percent = ((size / Math.max(whole, 1)) * 100).toFixed(1);
  return html`<svg class="bar" role="img" aria-label="${percent} %" viewBox="0 0 100 1" preserveAspectRatio="none"><rect width="${percent}" height="1"/></svg>`;
}

const adviceTable = ({ advice }: ImageReport, links: PageLinks | undefined): Html =>
  table(
    ['Saves', 'What to do, and why'],
    advice.map((one) => [
      `${one.basis === 'exact' ? '' : 'about '}${formatBytes(one.saving)}`,
      html`<strong>${one.title}</strong> ${fixOf(one, links)}<br>${one.because}`,
    ]),
  );

function fixOf({ fix, line, rule }: Advice, links: PageLinks | undefined): Html {
  if (links && fix && line !== undefined) return link(links.fix(fix, line), `Apply: ${fix}`);
  const told = fix ?? rule;
  return told ? html`(${told})` : html``;
}

const layerTable = ({ layers, size }: ImageReport, links: PageLinks | undefined): Html =>
  table(
    ['Size', 'Share', 'Instruction', 'Line', 'Files', 'Hidden later'],
    layers.map((layer) => [
      formatBytes(layer.size),
      share(layer.size, size),
      layer.createdBy || 'unknown',
      lineCell(layer.line, links),
      String(layer.files),
      layer.wasted > 0 ? formatBytes(layer.wasted) : '',
    ]),
  );

function binaryChapter(binary: BinaryReport): Html {
  const { path, size, go, modules, tree } = binary;
  const made = go ? `${go.version}, ${go.main?.path || go.path}` : 'no build information';
  const rows = [
    ...(modules ?? []).map((one) => [formatBytes(one.size), share(one.size, size), `code of ${one.path}`]),
    ...(tree?.children ?? []).map((one) => [
      formatBytes(one.size),
      share(one.size, size),
      one.name || 'headers and gaps',
    ]),
  ];
  return chapter(
    `${path} · ${formatBytes(size)}`,
    html`<p>${made}; ${traits(binary).join(', ')}</p>${tree ? treemapOf(tree, path) : html``}${table(['Size', 'Share', 'Part'], rows)}`,
  );
}

const factTable = (report: ImageReport): Html => table(['Fact', 'Value'], factRows(report));

function comparisonTable({ files }: NonNullable<ImageReport['comparison']>): Html {
  if (files.length === 0) return html`<p>No file differs.</p>`;
  return table(
    ['Change', 'File', 'There', 'Here'],
    files.map(({ path, before, after }) => [
      formatDelta((after ?? 0) - (before ?? 0)),
      path,
      before === undefined ? '' : formatBytes(before),
      after === undefined ? '' : formatBytes(after),
    ]),
  );
}

const differenceTable = ({ differences }: ImageReport): Html =>
  table(
    ['About', 'Dockerfile', 'Image'],
    differences.map(({ about, trace, image }) => [about, trace, image]),
  );

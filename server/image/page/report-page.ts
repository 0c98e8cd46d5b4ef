import { formatBytes, formatDelta } from '../format.ts';
import type { BinaryReport } from '../report/binary-model.ts';
import type { ImageReport } from '../report/model.ts';
import { factRows, startRows, supplyRows, traits } from '../report/words.ts';
import { type Html, html, joined } from './html.ts';
import { style } from './style.ts';
import { treemapOf } from './treemap.ts';

/** One page with everything in it: no script, nothing from the network, every text of the image escaped. */
export function reportHtml(report: ImageReport): string {
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
${chapter('What would shrink it', adviceTable(report))}
${chapter('Where the bytes are', html`${treemapOf(report.tree, 'the image')}${layerTable(report)}`)}
${joined(report.binaries.slice(0, 10).map(binaryChapter))}
${chapter('The image', factTable(report))}
${report.start ? chapter('Does it start?', table(['What', 'How'], startRows(report))) : html``}
${chapter('Supply chain', table(['What', 'Result'], supplyRows(report)))}
${comparison ? chapter(`Beside ${comparison.name}`, comparisonTable(comparison)) : html``}
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

const share = (size: number, whole: number): Html =>
  html`<meter min="0" max="${String(Math.max(whole, 1))}" value="${String(size)}">${((size / Math.max(whole, 1)) * 100).toFixed(1)} %</meter>`;

const adviceTable = ({ advice }: ImageReport): Html =>
  table(
    ['Saves', 'What to do', 'Why', 'Fix'],
    advice.map(({ saving, basis, title, because, rule, fix }) => [
      `${basis === 'exact' ? '' : 'about '}${formatBytes(saving)}`,
      title,
      because,
      fix ?? rule ?? '',
    ]),
  );

const layerTable = ({ layers, size }: ImageReport): Html =>
  table(
    ['Size', 'Share', 'Instruction', 'Line', 'Files', 'Hidden later'],
    layers.map((layer) => [
      formatBytes(layer.size),
      share(layer.size, size),
      layer.createdBy || 'unknown',
      layer.line === undefined ? '' : String(layer.line + 1),
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

const comparisonTable = ({ files }: NonNullable<ImageReport['comparison']>): Html =>
  table(
    ['Change', 'File', 'Before', 'Now'],
    files.map(({ path, before, after }) => [
      formatDelta((after ?? 0) - (before ?? 0)),
      path,
      before === undefined ? '' : formatBytes(before),
      after === undefined ? '' : formatBytes(after),
    ]),
  );

const differenceTable = ({ differences }: ImageReport): Html =>
  table(
    ['About', 'Dockerfile', 'Image'],
    differences.map(({ about, trace, image }) => [about, trace, image]),
  );

import { formatBytes, formatDelta } from '../image/format.ts';
import { firstLine } from '../image/report/advice.ts';
import type { BinaryReport } from '../image/report/binary-model.ts';
import type { FileSize, ImageReport } from '../image/report/model.ts';
import { factRows, startRows, supplyRows, traits } from '../image/report/words.ts';
import { type Paint, painter, plain } from './paint.ts';

const barWidth = 30;
const mostBinaries = 5;
const mostModules = 8;

/** The report for a terminal: bars of the layers and of the programs' code, facts, and what would make the image smaller. */
export function reportText(report: ImageReport, colour: boolean): string {
  const paint = painter(colour);
  return [
    head(report, paint),
    layers(report, paint),
    ...report.binaries.slice(0, mostBinaries).map((binary) => binaryText(binary, paint)),
    section(
      'The image',
      factRows(report).map(([name, value]) => `  ${name.padEnd(22)}  ${plain(value)}`),
      paint,
    ),
    section(
      'Does it start?',
      startRows(report).map(([name, value]) => `  ${name.padEnd(22)}  ${plain(value)}`),
      paint,
    ),
    section(
      'Supply chain',
      supplyRows(report).map(([name, value]) => `  ${name.padEnd(22)}  ${plain(value)}`),
      paint,
    ),
    section('What would shrink it', report.advice.flatMap(adviceLines), paint),
    section(
      'The Dockerfile says otherwise than the image: a bug of go-dockerfile',
      report.differences.map(differenceLine),
      paint,
    ),
    comparison(report, paint),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const section = (title: string, lines: readonly string[], paint: Paint): string =>
  lines.length === 0 ? '' : `${paint('bold', title)}\n${lines.map((line) => `${line}\n`).join('')}`;

function head({ name, platform, size, compressed }: ImageReport, paint: Paint): string {
  const pull = compressed === undefined ? [] : [`${formatBytes(compressed)} to pull`];
  return `${[paint('bold', `${plain(name)}  ${formatBytes(size)}`), ...pull, plain(platform)].filter(Boolean).join(' · ')}\n`;
}

function bars(rows: readonly FileSize[], whole: number, paint: Paint): readonly string[] {
  return rows.map(({ path, size }) => {
    const share = whole === 0 ? 0 : size / whole;
    const bar = '█'.repeat(Math.round(share * barWidth)) || (size > 0 ? '▏' : '');
    const numbers = `${formatBytes(size).padStart(9)} ${(share * 100).toFixed(1).padStart(5)} %`;
    return `${numbers}  ${paint('blue', bar.padEnd(barWidth))}  ${plain(path)}`;
  });
}

function layers({ layers: all, size }: ImageReport, paint: Paint): string {
  const rows = all.map((layer) => {
    const place = layer.line === undefined ? '' : `line ${layer.line + 1}: `;
    const lost = layer.wasted > 0 ? ` (${formatBytes(layer.wasted)} hidden later)` : '';
    return { path: `${place}${firstLine(layer.createdBy) || 'unknown instruction'}${lost}`, size: layer.size };
  });
  return section('Layers', bars(rows, size, paint), paint);
}

function binaryText(binary: BinaryReport, paint: Paint): string {
  const { path, size, go, modules, tree } = binary;
  const made = go ? `${go.version}, ${go.main?.path || go.path}` : 'no build information';
  const code = (modules ?? []).slice(0, mostModules).map((one) => ({ path: `code of ${one.path}`, size: one.size }));
  const sections = (tree?.children ?? [])
    .filter(({ kind, children }) => kind === 'section' && children === undefined)
    .slice(0, mostModules - 2)
    .map((one) => ({ path: one.name, size: one.size }));
  const lines = [`  ${plain(traits(binary).join(', '))}`, ...bars([...code, ...sections], size, paint)];
  return section(`${plain(path)}  ${formatBytes(size)}  ${plain(made)}`, lines, paint);
}

function adviceLines({
  title,
  because,
  saving,
  basis,
  rule,
  fix,
  line,
}: ImageReport['advice'][number]): readonly string[] {
  const about = basis === 'exact' ? '' : 'about ';
  const place = line === undefined ? '' : `line ${line + 1}: `;
  const offer = rule === undefined ? [] : [`             ${place}${fix ? `fix "${fix}" of ` : ''}${rule}`];
  return [
    `${`−${formatBytes(saving)}`.padStart(10)}   ${about}${plain(title)}`,
    `             ${plain(because)}`,
    ...offer,
  ];
}

const differenceLine = ({ about, trace, image, line }: ImageReport['differences'][number]): string =>
  plain(`  ${line === undefined ? '' : `line ${line + 1}: `}${about}: ${trace}, in the image ${image}`);

function comparison({ comparison: found }: ImageReport, paint: Paint): string {
  if (!found) return '';
  const files = found.files.slice(0, 10).map(({ path, before, after }) => {
    const change = formatDelta((after ?? 0) - (before ?? 0)).padStart(10);
    const note = before === undefined ? ' (new)' : after === undefined ? ' (gone)' : '';
    return `${change}   ${plain(path)}${note}`;
  });
  const pull = found.compressed === undefined ? '' : `, ${formatDelta(found.compressed)} to pull`;
  return section(`Beside ${plain(found.name)}: ${formatDelta(found.size)}${pull}`, files, paint);
}

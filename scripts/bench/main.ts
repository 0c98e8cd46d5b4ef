import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProjects } from '../../server/project/projects.ts';
import { bundleScript, projectRoot } from '../bundle.ts';
import { type Sample, samples, tenfold } from './dockerfiles.ts';
import { measureCommandLine } from './measure-command-line.ts';
import type { CoreTimes, measureCore as measure } from './measure-core.ts';
import { measureRepository } from './measure-repository.ts';
import { measureServers } from './measure-server.ts';
import { measureSizes } from './sizes.ts';
import { bytes, milliseconds, printTable, type Row, ratio } from './table.ts';

const rounds = 5;
const ours = path.join(projectRoot, 'dist', 'server.cjs');
const theirs = createRequire(import.meta.url).resolve('dockerfile-language-server-nodejs/bin/docker-langserver');

/** As we ship it. */
const { measureCore }: { readonly measureCore: typeof measure } = await import(
  await bundleScript('scripts/bench/measure-core.ts', ['dockerfile-language-service'])
);
const sizes = await measureSizes();
const folder = mkdtempSync(path.join(tmpdir(), 'go-dockerfile-bench-'));
const rows: Row[] = [];
const perLine: Row[] = [];
try {
  writeFileSync(path.join(folder, 'go.mod'), 'module example.com/bench\n\ngo 1.25\n');
  writeFileSync(
    path.join(folder, 'main.go'),
    'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
  );
  const file = path.join(folder, 'Dockerfile');
  const project = await createProjects().load(folder, file);
  for (const sample of samples) {
    const times = measureCore(sample, project, roundsFor(sample));
    perLine.push(perLineOf(sample, times));
    const [own, other] = await measureServers([ours, theirs], pathToFileURL(file).href, sample, rounds);
    if (!own || !other) throw new Error('the servers gave no numbers');
    const compare = (what: string, one: number, another: number, show: (value: number) => string): Row => [
      `${sample.title}: ${what}`,
      show(one),
      show(another),
      ratio(one, another),
    ];
    rows.push(
      compare('core, first check', times.first, times.theirs, milliseconds),
      compare('core, check after a keystroke', times.again, times.theirs, milliseconds),
      compare('keystroke to diagnostics, p50', own.typing.p50, other.typing.p50, milliseconds),
      compare('keystroke to diagnostics, p95', own.typing.p95, other.typing.p95, milliseconds),
      compare('server start to the initialize reply', own.start, other.start, milliseconds),
      compare('cold start to first diagnostics', own.coldStart, other.coldStart, milliseconds),
    );
    if (own.memory !== undefined && other.memory !== undefined) {
      rows.push(compare('memory (RSS)', own.memory, other.memory, bytes));
    }
  }
  perLine.push(perLineOf(tenfold, measureCore(tenfold, project, 6)));
} finally {
  rmSync(folder, { recursive: true });
}
printTable(
  ['', 'go-dockerfile', 'dockerfile-language-server', 'ratio'],
  [...rows, ...perLine, await measureRepository(), ...sizes],
);
printTable(['1,000 Dockerfiles', 'go-dockerfile', 'hadolint', 'ratio'], await measureCommandLine());

/** So many checks that V8 has compiled what is often run, as in a server after some minutes of typing. */
function roundsFor({ text }: Sample): number {
  return Math.max(60, Math.ceil(60_000 / text.split('\n').length));
}

/** Growth: the same number in every row is a linear core. */
function perLineOf({ title, text }: Sample, { first, theirs }: CoreTimes): Row {
  const lines = text.split('\n').length - 1;
  const show = (time: number): string => `${((time / lines) * 1000).toFixed(1)} µs`;
  return [`${title}: core, first check, per line`, show(first), show(theirs), ratio(first, theirs)];
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reportImage } from '../../../server/image/report/report.ts';
import { dockerArchive, readFromFile } from '../../image/archive/images.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';
import type { Row } from '../runner.ts';
import { binaryMistakes } from './binary-truth.ts';

/** One way to build a program on this machine. */
interface Way {
  readonly name: string;
  readonly go?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly imports?: 'fmt' | 'C' | 'net';
  readonly after?: readonly [program: string, ...args: string[]];
}

const off = { CGO_ENABLED: '0' } as const;
const cross = (GOARCH: string, more: Readonly<Record<string, string>> = {}): Way => ({
  name: `GOARCH=${GOARCH}`,
  env: { ...off, GOARCH, ...more },
});

const ways: readonly Way[] = [
  { name: 'as it comes', env: off },
  { name: '-ldflags=-s', env: off, flags: ['-ldflags=-s'] },
  { name: '-ldflags=-w -trimpath -tags=a,b', env: off, flags: ['-ldflags=-w', '-trimpath', '-tags=a,b'] },
  {
    name: '-ldflags=-compressdwarf=false -X main.x=y z',
    env: off,
    flags: ["-ldflags=-compressdwarf=false -X 'main.x=y z'"],
  },
  { name: '-buildmode=pie', env: off, flags: ['-buildmode=pie'] },
  { name: 'net with cgo', env: { CGO_ENABLED: '1' }, imports: 'net' },
  { name: 'C', env: { CGO_ENABLED: '1' }, imports: 'C' },
  {
    name: 'C, static',
    env: { CGO_ENABLED: '1' },
    imports: 'C',
    flags: ['-ldflags=-linkmode=external -extldflags=-static'],
  },
  {
    name: 'C, static PIE',
    env: { CGO_ENABLED: '1' },
    imports: 'C',
    flags: ['-buildmode=pie', '-ldflags=-extldflags=-static-pie'],
  },
  cross('arm64'),
  cross('arm', { GOARM: '7' }),
  cross('386'),
  cross('riscv64'),
  cross('s390x'),
  cross('ppc64le'),
  cross('mips64'),
  cross('loong64'),
  { name: 'objcopy --strip-all', env: off, after: ['objcopy', '--strip-all'] },
  { name: 'objcopy --strip-debug', env: off, after: ['objcopy', '--strip-debug'] },
  ...['1.15.15', '1.16.15', '1.17.13', '1.19.13', '1.20.14', '1.22.12', '1.24.13', '1.26.11', '1.27.4'].map(
    (go): Way => ({ name: `Go ${go}`, go, env: off }),
  ),
];

const source = (imports: Way['imports'] = 'fmt'): string => {
  const uuid = '\t"github.com/google/uuid"\n';
  const body =
    imports === 'C' ? '\tC.puts(C.CString("hi"))\n' : imports === 'net' ? '\tfmt.Println(net.LookupHost("x"))\n' : '';
  const c = imports === 'C' ? '// #include <stdio.h>\nimport "C"\n' : '';
  const net = imports === 'net' ? '\t"net"\n' : '';
  return `package main\n\n${c}import (\n\t"fmt"\n${net}\n${uuid})\n\nvar x string\n\nfunc main() {\n${body}\tfmt.Println(uuid.Nil, x)\n}\n`;
};

const build = async ({ go, env, flags = [], imports, after }: Way, folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true });
  await writeFile(
    resolve(folder, 'go.mod'),
    'module example.com/dot.ted/app\n\ngo 1.15\n\nrequire github.com/google/uuid v1.6.0\n',
  );
  await writeFile(
    resolve(folder, 'go.sum'),
    'github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=\ngithub.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n',
  );
  await writeFile(resolve(folder, 'main.go'), source(imports));
  const environment = { GOFLAGS: '-mod=mod', ...env, ...(go ? { GOTOOLCHAIN: `go${go}` } : {}) };
  await mustRun('go', ['build', ...flags, '-o', 'app', '.'], { cwd: folder, env: environment, timeout: 600_000 });
  const file = resolve(folder, 'app');
  if (after) await mustRun(after[0], [...after.slice(1), file]);
  return file;
};

const mistakesOf = async (way: Way, folder: string): Promise<readonly string[]> => {
  const file = await build(way, folder);
  const content = await readFile(file);
  const image = dockerArchive([[{ name: 'app', content, mode: 0o755 }]], { architecture: way.env?.GOARCH ?? 'amd64' });
  const [binary] = reportImage(way.name, await readFromFile(image)).binaries;
  return binary ? binaryMistakes(binary, file) : ['it is not seen as a Go binary'];
};

const rowOf = async (way: Way, index: number): Promise<Row> => {
  const start = performance.now();
  const base = { rule: 'report', name: `binary: ${way.name}` };
  const folder = resolve(workshop, 'report', String(index));
  const found = await mistakesOf(way, folder).catch((error: unknown) => [String(error)]);
  const seconds = (performance.now() - start) / 1000;
  return { ...base, verdict: found.length === 0 ? 'passed' : 'failed', seconds, reason: found.join('\n') };
};

/** Builds each way on this machine and asks readelf, file, go version -m and go tool nm. */
export const programJobs = ways.map((way, index) => ({
  name: `binary: ${way.name}`,
  run: (): Promise<Row> => rowOf(way, index),
}));

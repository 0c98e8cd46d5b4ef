import { copyFile, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readArchive } from '../../../server/image/archive/read-archive.ts';
import { fileSource, streamSource } from '../../../server/image/archive/sources.ts';
import { reportImage } from '../../../server/image/report/report.ts';
import { docker } from '../../engines/buildx.ts';
import { type CurrentBuildKit, currentBuildKit } from '../../engines/current-buildkit.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';
import type { Row } from '../runner.ts';

/** How a current BuildKit compresses layers of an OCI archive. */
const compressions = ['uncompressed', 'gzip', 'zstd'] as const;

const main = `package main

import ("fmt"; "net/http")

func main() { fmt.Println(http.StatusOK) }
`;

const dockerfile = `FROM scratch
COPY app /app
COPY zeros words /data/
ENTRYPOINT ["/app"]
`;

/** The report of an archive without what only a compressed one has, as it is read from a file and from a stream. */
async function reportsOf(archive: string): Promise<readonly unknown[]> {
  const file = await open(archive);
  try {
    const images = [
      await readArchive(await fileSource(file), 'linux/amd64'),
      await readArchive(streamSource(file.createReadStream({ start: 0, autoClose: false })), 'linux/amd64'),
    ];
    return images.map((image) => {
      const { layers, compressed: _, ...report } = reportImage('image', image);
      return { ...report, layers: layers.map(({ compressed, ...layer }) => layer) };
    });
  } finally {
    await file.close();
  }
}

/** The magic numbers of the layers: that they are compressed as was asked for. */
async function isCompressedSo(archive: string, compression: string): Promise<boolean> {
  const magic = { uncompressed: '', gzip: '1f8b', zstd: '28b52ffd' }[compression] ?? '';
  const bytes = await readFile(archive);
  return magic === '' || bytes.includes(Buffer.from(magic, 'hex'));
}

async function surprise({ builder, environment }: CurrentBuildKit, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const context = resolve(folder, 'context');
  await mkdir(context, { recursive: true });
  const files = { 'go.mod': 'module example.com/app\n\ngo 1.21\n', 'main.go': main, Dockerfile: dockerfile };
  for (const [name, text] of Object.entries(files)) await writeFile(resolve(context, name), text);
  const env = { CGO_ENABLED: '0', GOFLAGS: '' };
  await mustRun('go', ['build', '-o', 'app', '.'], { cwd: context, env });
  await writeFile(resolve(context, 'zeros'), Buffer.alloc(20_000_000));
  await copyFile(resolve(context, 'app'), resolve(context, 'words'));
  let expected: unknown;
  for (const compression of compressions) {
    const archive = resolve(folder, `${compression}.tar`);
    const output = `type=oci,dest=${archive},compression=${compression},force-compression=true`;
    const args = ['buildx', 'build', '--builder', builder, '--provenance=false', '--output', output, context];
    await mustRun(docker, args, { env: environment });
    if (!(await isCompressedSo(archive, compression))) return `BuildKit did not compress with ${compression}`;
    for (const report of await reportsOf(archive)) {
      expected ??= report;
      if (!isDeepStrictEqual(report, expected)) {
        return `${compression}: another report than of uncompressed layers`;
      }
    }
  }
  await rm(folder, { recursive: true, force: true });
  return '';
}

/** One image with its layers compressed in all ways has one report. */
export const compressionJobs = [
  {
    name: `layers: ${compressions.join(', ')}`,
    run: async (): Promise<Row> => {
      const start = performance.now();
      const row = { rule: 'report', name: `layers: ${compressions.join(', ')}` };
      const current = await currentBuildKit();
      if (!current) {
        const reason = 'no current BuildKit: test/engines/install.sh out/engines/bin builds it';
        return { ...row, verdict: 'skipped', seconds: 0, reason };
      }
      const reason = await surprise(current, resolve(workshop, 'report', 'compressions')).catch(String);
      const seconds = (performance.now() - start) / 1000;
      return { ...row, verdict: reason ? 'failed' : 'passed', seconds, reason };
    },
  },
];

import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createTarParser } from '../../server/image/archive/tar.ts';
import { type BenchImage, run } from './archive-image.ts';
import { printTable, type Row } from './table.ts';

// Libraries that read a tar beside our reader: each lists the layers and looks at the first bytes of each file.

/** Says of a layer how many members it has. */
type Reader = (layer: string) => Promise<number>;

const pieceSize = 256 * 1024;
const pieces = (layer: string): Readable => createReadStream(layer, { highWaterMark: pieceSize });

const ours: Reader = async (layer) => {
  let members = 0;
  const parser = counting(() => {
    members += 1;
  });
  for await (const piece of pieces(layer)) parser.write(piece);
  parser.end();
  return members;
};

/** As an archive that is a file is read: large contents are passed over. */
const oursInFile: Reader = async (layer) => {
  let members = 0;
  const parser = counting(() => {
    members += 1;
  });
  const file = openSync(layer, 'r');
  const buffer = Buffer.allocUnsafeSlow(pieceSize);
  for (let at = 0; ; ) {
    const length = readSync(file, buffer, 0, pieceSize, at);
    if (length === 0) break;
    parser.write(buffer.subarray(0, length));
    const passed = parser.unwanted() >= pieceSize / 2 ? parser.unwanted() : 0;
    if (passed > 0) parser.skip(passed);
    at += length + passed;
  }
  closeSync(file);
  return members;
};

function counting(count: () => void): ReturnType<typeof createTarParser> {
  return createTarParser(() => {
    count();
    let seen = false;
    return {
      data: () => {
        seen = true;
      },
      end: () => {},
      unwanted: () => (seen ? Number.POSITIVE_INFINITY : 0),
    };
  });
}

interface TarStream {
  readonly extract: () => Writable;
}

const tarStream =
  ({ extract }: TarStream): Reader =>
  async (layer) => {
    let members = 0;
    const into = extract();
    into.on('entry', (_, content: Readable, next: () => void) => {
      members += 1;
      content.on('end', next).resume();
    });
    await pipeline(pieces(layer), into);
    return members;
  };

interface NodeTar {
  readonly Parser: new (options: object) => NodeJS.WritableStream;
}

const nodeTar =
  ({ Parser }: NodeTar): Reader =>
  async (layer) => {
    let members = 0;
    const onReadEntry = (entry: { readonly resume: () => void }): void => {
      members += 1;
      entry.resume();
    };
    const parser = new Parser({ strict: true, onReadEntry });
    const ended = new Promise((resolve, reject) => parser.on('end', resolve).on('error', reject));
    pieces(layer).pipe(parser);
    await ended;
    return members;
  };

/** Prints how long each takes, where npm can get the libraries. */
export async function listWithLibraries(folder: string, { layers }: BenchImage): Promise<void> {
  const versions = ['tar-stream@3.2.2', 'tar@7.5.23'];
  const home = path.join(folder, 'libraries');
  await mkdir(home);
  const args = ['install', '--prefix', home, '--no-audit', '--no-fund', '--loglevel=error', ...versions];
  if ((await run(folder, 'npm', args)) === undefined) {
    console.log(`libraries that read a tar are left out: npm install ${versions.join(' ')} did not work here`);
    return;
  }
  const load = createRequire(path.join(home, 'index.js'));
  const readers: Readonly<Record<string, Reader>> = {
    'our reader, of a file': oursInFile,
    'our reader, of a stream': ours,
    [versions[0] ?? '']: tarStream(load('tar-stream')),
    [versions[1] ?? '']: nodeTar(load('tar')),
  };
  const rows: Row[] = [];
  for (const [name, read] of Object.entries(readers)) rows.push(await rowOf(name, read, folder, layers));
  console.log('\nall members of all layers listed, in one process that is warm');
  printTable(['', 'time', 'processors', 'members'], rows);
}

async function rowOf(name: string, read: Reader, folder: string, layers: readonly string[]): Promise<Row> {
  let [milliseconds, processor, members] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    const before = process.cpuUsage();
    members = 0;
    for (const layer of layers) members += await read(path.join(folder, layer));
    const { user, system } = process.cpuUsage(before);
    milliseconds = Math.min(milliseconds, performance.now() - start);
    processor = Math.min(processor, (user + system) / 1000);
  }
  return [name, `${milliseconds.toFixed(0)} ms`, `${processor.toFixed(0)} ms`, String(members)];
}

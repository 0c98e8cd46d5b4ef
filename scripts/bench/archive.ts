import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleAll, projectRoot } from '../bundle.ts';
import { type BenchImage, compressedImage, makeImage, run } from './archive-image.ts';
import { type Measured, measurePipe, type Pipe } from './measure-pipe.ts';
import { bytes, printTable, type Row, ratio } from './table.ts';
import { listWithLibraries } from './tar-readers.ts';

// Reads an image archive of a gigabyte beside tar, which only lists what is in it, and beside dive. On a machine that others use,
// too, the time of processors says more than the clock; as root `chrt -f 10 npm run bench:archive` is not disturbed.

const rounds = 3;
const folder = mkdtempSync(path.join(tmpdir(), 'go-dockerfile-bench-'));
const cli = [process.execPath, path.join(projectRoot, 'dist/cli.cjs'), 'measure'];

/** Of each number the least of all rounds: of a machine that others use, too, it says the most. */
async function best(pipes: readonly Pipe[], environment = {}): Promise<Measured | undefined> {
  let least: Measured | undefined;
  for (let round = 0; round < rounds; round += 1) {
    let sum: Measured | undefined = { milliseconds: 0, processor: 0, memory: 0 };
    for (const pipe of pipes) {
      const one = await measurePipe(pipe, folder, environment);
      sum = one && sum && added(sum, one);
    }
    if (sum) least = least ? lesser(least, sum) : sum;
  }
  return least;
}

const added = (a: Measured, b: Measured): Measured => ({
  milliseconds: a.milliseconds + b.milliseconds,
  processor: a.processor + b.processor,
  memory: Math.max(a.memory, b.memory),
});

const lesser = (a: Measured, b: Measured): Measured => ({
  milliseconds: Math.min(a.milliseconds, b.milliseconds),
  processor: Math.min(a.processor, b.processor),
  memory: Math.min(a.memory, b.memory),
});

/** Built from the Go module proxy; undefined where that cannot be had. */
async function getDive(): Promise<string | undefined> {
  const environment = { GOBIN: folder, GOFLAGS: '-mod=mod' };
  const built = await run(folder, 'go', ['install', 'github.com/wagoodman/dive/cmd/dive@latest'], environment);
  return built === undefined ? undefined : path.join(folder, 'dive');
}

/** `whole`: bytes of the archive. `listing`: what tar takes for the same files. */
function row(name: string, measured: Measured | undefined, whole: number, listing: Measured | undefined): Row {
  if (!measured) return [name, 'failed', '', '', '', '', ''];
  const { milliseconds, processor, memory } = measured;
  const times = (of: (one: Measured) => number): string => (listing ? ratio(of(measured), of(listing)) : '');
  return [
    name,
    `${milliseconds.toFixed(0)} ms`,
    times((one) => one.milliseconds),
    `${processor} ms`,
    times((one) => one.processor),
    memory === 0 ? '' : bytes(memory),
    `${bytes(whole / (milliseconds / 1000))}/s`,
  ];
}

async function compare({ archive, layers }: BenchImage, title: string, unpack: readonly string[]): Promise<void> {
  const whole = statSync(archive).size;
  const listing = layers.map(
    (layer): Pipe => [['tar', '-xOf', archive, layer], ...(unpack.length === 0 ? [] : [unpack]), ['tar', '-tf', '-']],
  );
  const cat = ['cat', archive];
  const tar = await best(listing);
  const rows = [
    row('tar tf of every layer', tar, whole, tar),
    row('go-dockerfile measure FILE', await best([[[...cli, archive, '--format', 'json']]]), whole, tar),
    row('cat | go-dockerfile measure -', await best([[cat, [...cli, '-', '--format', 'json']]]), whole, tar),
  ];
  if (unpack.length === 0) {
    rows.unshift(
      row('tar tf, which names the layers', await best([[['tar', '-tf', archive]]]), whole, tar),
      row('cat | tar tf, which reads all', await best([[cat, ['tar', '-tf', '-']]]), whole, tar),
    );
  }
  if (dive)
    rows.push(row('dive --ci', await best([[[dive, `docker-archive://${archive}`]]], { CI: 'true' }), whole, tar));
  console.log(
    `\n${title}: an image archive of ${bytes(whole)} with ${layers.length} layers; the best of ${rounds} runs`,
  );
  printTable(['', 'time', 'times tar', 'processors', 'times tar', 'memory', 'speed'], rows);
}

let dive: string | undefined;
try {
  await bundleAll(false);
  const image = await makeImage(folder);
  dive = process.env.DIVE ?? (await getDive());
  if (!dive) console.log('dive is left out: go install github.com/wagoodman/dive/cmd/dive@latest did not work here');
  await compare(image, 'plain layers', []);
  const gzip = await compressedImage(folder, image, ['gzip', '-kf'], 'gz');
  if (gzip) await compare(gzip, 'gzip layers', ['gzip', '-dc']);
  const zstd = await compressedImage(folder, image, ['zstd', '-qf'], 'zst');
  if (zstd) await compare(zstd, 'zstd layers', ['zstd', '-dc']);
  else console.log('zstd layers are left out: there is no zstd on the PATH');
  await listWithLibraries(folder, image);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import assert from 'node:assert/strict';
import type { Engine } from '../../server/image/engine-model.ts';
import { start } from './program.ts';

/** What we say of an image: bytes of the files of each layer, lowest first, and of all layers compressed. */
interface Said {
  readonly layers: readonly number[];
  readonly pullSize: number | undefined;
}

/** Compares with what docker or nerdctl says, in the sort of size that its store has; throws where it differs. */
export async function isAsEngineSays({ kind, program, environment }: Engine, image: string, said: Said): Promise<void> {
  const ask = (...args: string[]): string => {
    const { status, stdout, stderr } = start(program, args, { env: environment });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  const size = Number(ask('image', 'inspect', '--format', '{{.Size}}', image));
  const history = ask('history', '--human=false', '--format', '{{.Size}}', image).split('\n').reverse().map(Number);
  const store = ask('info', '--format', '{{.Driver}}');
  if (store === 'overlay2') isUnpacked(size, history, said);
  else if (store === 'overlayfs') {
    const blobs = blobsOf(program, environment, image);
    isPackedAndUnpacked(history, said, blobs);
    // nerdctl counts what is packed apart.
    const packed = kind === 'nerdctl' ? 0 : sum(blobs.map((blob) => blob.size));
    assert.equal(size, packed + sum(history));
  }
}

/** The classic store counts the bytes of files. */
function isUnpacked(size: number, history: readonly number[], { layers }: Said): void {
  assert.deepEqual(history, layers);
  const ours = sum(layers);
  assert.ok(Math.abs(size - ours) <= 1, `${ours} bytes, and the engine says ${size}`);
}

/** containerd's keeps what was pulled beside what it unpacked, which it counts in blocks of the disk. */
function isPackedAndUnpacked(history: readonly number[], { layers, pullSize = 0 }: Said, blobs: readonly Blob[]): void {
  assert.equal(history.length, layers.length);
  for (const [index, layer] of layers.entries()) {
    const theirs = history[index] ?? 0;
    // Blocks that are begun, those of folders (RUN makes some to mount on), and those that say where the others are.
    assert.ok(theirs >= layer && theirs < layer + 16 * 4096, `${layer} bytes, and the engine says ${theirs}`);
  }
  assert.equal(pullSize, sum(blobs.flatMap((blob) => (blob.isLayer ? [blob.size] : []))));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

interface Blob {
  readonly size: number;
  readonly isLayer: boolean;
}

/** The blobs that the engine saves: layers, configuration and manifest. */
function blobsOf(program: string, environment: Engine['environment'], image: string): readonly Blob[] {
  const list = '"$0" save "$1" | tar --list --verbose --file -';
  const { stdout } = start('sh', ['-c', list, program, image], { env: environment });
  const manifest = start('sh', ['-c', '"$0" save "$1" | tar --extract --to-stdout manifest.json', program, image], {
    env: environment,
  });
  const layers = new Set<string>(JSON.parse(manifest.stdout)[0].Layers);
  return [...stdout.matchAll(/ (\d+) \S+ \S+ (blobs\/sha256\/[0-9a-f]{64})$/gm)].map(([, size, name = '']) => ({
    size: Number(size),
    isLayer: layers.has(name),
  }));
}

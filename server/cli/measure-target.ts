import type { ReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { type Analysis, analyze } from '../analysis/analyze.ts';
import { defaultConfig, onDay } from '../analysis/config.ts';
import { type Format, formatOf } from '../image/archive/formats.ts';
import { type ReadImage, readArchive } from '../image/archive/read-archive.ts';
import { fileSource, streamSource } from '../image/archive/sources.ts';
import { unpackedZstd } from '../image/archive/zstd.ts';
import { build } from '../image/build.ts';
import { findEngine } from '../image/engine.ts';
import type { Engine } from '../image/engine-model.ts';
import { instructionTexts } from '../image/instruction-texts.ts';
import { hostPlatform, readImage } from '../image/measure.ts';
import { copySources } from '../project/copy-sources.ts';
import { below } from '../project/ignore-file.ts';
import { createProjects } from '../project/projects.ts';
import type { Console } from './console.ts';
import { decode, whyNot } from './dockerfile-text.ts';
import { fail } from './usage.ts';

/** An image with where it came from. */
export interface MeasureTarget {
  readonly name: string;
  readonly image: ReadImage;
  /** Of the Dockerfile that it was built from just now. */
  readonly analysis?: Analysis;
  /** Absolute path of an uncompressed archive. */
  readonly archive?: string;
  /** Where the engine has it; undefined for an archive. */
  readonly inEngine?: { readonly engine: Engine; readonly reference: string };
}

export interface MeasureOptions {
  readonly target: string | undefined;
  readonly platform: string | undefined;
}

/**
 * Reads what an argument names: an archive, `-` for one on standard input, a Dockerfile or its folder, which is built, or else an
 * image of the engine. Throws a UsageError.
 */
export async function openTarget(
  given: string,
  console: Console,
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<MeasureTarget> {
  if (given === '-') return { name: 'standard input', image: await readStream(console.input(), options, signal) };
  const file = path.resolve(console.folder, given);
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory())
    return buildTarget(path.join(given, 'Dockerfile'), path.join(file, 'Dockerfile'), console, options, signal);
  if (!found) return engineTarget(given, console, signal);
  const format = await formatOfFile(file);
  if (format === 'other' || format === 'json') return buildTarget(given, file, console, options, signal);
  const image = await readFileArchive(file, format, options, signal);
  return { name: given, image, ...(format === 'tar' ? { archive: file } : {}) };
}

const platformOf = ({ platform }: MeasureOptions): string => platform ?? hostPlatform();

async function formatOfFile(file: string): Promise<Format> {
  const handle = await open(file).catch((error: unknown) => fail(`${file} cannot be read: ${whyNot(error)}`));
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    return formatOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function readFileArchive(
  file: string,
  format: 'tar' | 'gzip' | 'zstd',
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<ReadImage> {
  const handle = await open(file);
  try {
    const pieces = (): ReadStream => handle.createReadStream({ autoClose: false });
    const sources = {
      tar: () => fileSource(handle),
      gzip: () => streamSource(pieces().pipe(createGunzip())),
      zstd: () => streamSource(unpackedZstd(pieces())),
    };
    const source = await sources[format]();
    return await readArchive(source, platformOf(options), signal).catch(asUsage(file));
  } finally {
    await handle.close();
  }
}

const readStream = (
  bytes: AsyncIterable<Uint8Array>,
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<ReadImage> => readArchive(streamSource(bytes), platformOf(options), signal).catch(asUsage('standard input'));

const asUsage =
  (name: string) =>
  (error: unknown): never =>
    fail(`${name}: ${error instanceof Error ? error.message : String(error)}`);

async function engineOf(console: Console, signal: AbortSignal): Promise<Engine> {
  const engine = await findEngine({ engine: 'auto' }, console.environment, signal);
  return 'problem' in engine ? fail(engine.problem) : engine;
}

async function engineTarget(given: string, console: Console, signal: AbortSignal): Promise<MeasureTarget> {
  // What begins so can only be a path, and would be taken for an option of the engine.
  if (/^[./~-]/.test(given)) fail(`${given} is not there`);
  const engine = await engineOf(console, signal);
  const image = await readImage(engine, given, signal).catch(asUsage(given));
  return { name: given, image, inEngine: { engine, reference: given } };
}

async function buildTarget(
  name: string,
  dockerfile: string,
  console: Console,
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<MeasureTarget> {
  const bytes = await readFile(dockerfile).catch((error: unknown) =>
    fail(`${dockerfile} cannot be read: ${whyNot(error)}`),
  );
  const { analysis, context } = await analyse(dockerfile, decode(bytes).text, console);
  const engine = await engineOf(console, signal);
  let log = '';
  const { target, platform } = options;
  const input = {
    dockerfile,
    context,
    instructions: instructionTexts(analysis.dockerfile),
    options: { ...(target === undefined ? {} : { target }), ...(platform === undefined ? {} : { platform }) },
  };
  const events = {
    onLog: (text: string) => {
      log = (log + text).slice(-20_000);
    },
    onStep: (step: string) => console.err(`${step}\n`),
  };
  const built = await build(engine, input, events, signal);
  if (built.kind === 'cancelled') fail('cancelled');
  if (built.kind === 'failed') {
    console.err(log.replaceAll('\r\n', '\n'));
    const line = 'line' in built ? built.line : undefined;
    fail(`${name}${line === undefined ? '' : `:${line + 1}`}: ${built.reason}`);
  }
  const image = await readImage(engine, built.image, signal).catch(asUsage(name));
  return { name, image, analysis, inEngine: { engine, reference: built.image } };
}

async function analyse(
  dockerfile: string,
  text: string,
  console: Console,
): Promise<{ analysis: Analysis; context: string }> {
  const projects = createProjects();
  try {
    const config = onDay(defaultConfig, console.today);
    const { dockerfile: parsed } = analyze(text, await projects.load(path.dirname(dockerfile), dockerfile), config);
    const workspace = below(console.folder, dockerfile) === undefined ? undefined : console.folder;
    const { folder } = await projects.context(dockerfile, copySources(parsed), workspace);
    return { analysis: analyze(text, await projects.load(folder, dockerfile), config), context: folder };
  } finally {
    projects.dispose();
  }
}

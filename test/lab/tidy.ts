import { statfs } from 'node:fs/promises';
import type { Engine } from './engine.ts';
import { run } from './process.ts';

/** Longer than anything in an experiment waits for what it built before. */
const unused = '3m';
const pause = 60_000;

let next = 0;

/**
 * Throws away what experiments left in docker's build cache minutes ago: all of them together leave twenty gigabytes.
 * The images they share are kept, for they are images. Does so once a minute, however often it is called.
 */
export async function tidy({ program, name }: Engine): Promise<void> {
  const now = Date.now();
  if (!name.startsWith('docker') || now < next) return;
  next = now + pause;
  await run(program, ['builder', 'prune', '--all', '--force', '--filter', `unused-for=${unused}`]);
}

/** What the disk has left, for the log: experiments fail in many ways when it is full. */
export async function freeDisk(): Promise<string> {
  const { bavail, bsize } = await statfs(import.meta.dirname);
  return `${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
}

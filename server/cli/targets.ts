import { stat } from 'node:fs/promises';
import path from 'node:path';
import { findDockerfiles } from '../project/find-dockerfiles.ts';
import { below } from '../project/ignore-file.ts';
import { whyNot } from './dockerfile-text.ts';

/** A Dockerfile to check. */
export interface Target {
  /** How it is named in the output: relative to the current folder when it lies in it. */
  readonly name: string;
  /** Absolute; for standard input, the file it would be. */
  readonly file: string;
  readonly standardInput: boolean;
}

export interface Targets {
  readonly targets: readonly Target[];
  /** One clause per path that cannot be read. */
  readonly problems: readonly string[];
}

/**
 * The Dockerfiles that the arguments name, in their order, each once; below a folder sorted. Standard input (`-`) is the
 * text of `standardInput`, relative to the folder, which need not exist.
 */
export async function findTargets(
  paths: readonly string[],
  folder: string,
  standardInput = 'Dockerfile',
): Promise<Targets> {
  const targets = new Map<string, Target>();
  const problems: string[] = [];
  for (const given of paths) {
    try {
      for (const target of await targetsOf(given, folder, standardInput)) targets.set(target.file, target);
    } catch (error) {
      problems.push(`${given} cannot be read: ${whyNot(error)}`);
    }
  }
  return { targets: [...targets.values()], problems };
}

async function targetsOf(given: string, folder: string, standardInput: string): Promise<readonly Target[]> {
  if (given === '-') return [{ name: '<stdin>', file: path.resolve(folder, standardInput), standardInput: true }];
  const file = path.resolve(folder, given);
  const files = (await stat(file)).isDirectory() ? await findDockerfiles(file) : [file];
  return files.map((one) => ({ name: nameOf(one, folder), file: one, standardInput: false }));
}

/** How a file (absolute) is named in the output: relative to the current folder when it lies in it. */
export const nameOf = (file: string, folder: string): string =>
  below(folder, file) === undefined ? file : path.relative(folder, file);

/** How files of a build context (absolute) are named in the output, by their paths in it. */
export const nameInContext =
  (context: string, folder: string) =>
  (file: string): string =>
    nameOf(path.join(context, file), folder);

import path from 'node:path';
import { below } from '../project/ignore-file.ts';
import type { Console } from './console.ts';

/** The folder that a CI service shows paths from: its checkout when we run in it, else the current folder; absolute. */
export function repositoryFolder({ environment, folder }: Console): string {
  const checkouts = [environment.GITHUB_WORKSPACE, environment.CI_PROJECT_DIR];
  return checkouts.find((checkout) => checkout && below(checkout, folder) !== undefined) ?? folder;
}

/** A file (absolute) as a CI service wants it: below the folder relative to it with `/`, else absolute. */
export const repositoryPath = (root: string, file: string): string =>
  below(root, file) ?? file.split(path.sep).join('/');

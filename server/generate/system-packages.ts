import type { GoPackage } from '../analysis/go/project-facts.ts';
import type { Reading } from '../analysis/go/reading.ts';
import type { GenerateChoices } from '../protocol.ts';
import { cgoNeed } from './cgo.ts';

/** Packages of the distribution that the images stand on. */
export interface SystemPackages {
  readonly build: readonly string[];
  readonly run: readonly string[];
}

/** What the C code of a program is compiled with and linked with, in the images of the choices. */
export const systemPackages = (
  { facts }: Reading,
  main: GoPackage | undefined,
  { cgo, base }: Pick<GenerateChoices, 'cgo' | 'base'>,
): SystemPackages => {
  const need = cgo ? cgoNeed(facts, main) : undefined;
  if (!need) return { build: [], run: [] };
  return { build: [], run: need.cxx && base === 'alpine' ? ['libstdc++'] : [] };
};

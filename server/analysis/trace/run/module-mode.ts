import { flag } from '../../go/command.ts';
import { parseGoflags } from '../../go/ldflags.ts';
import { parseGoVersion } from '../../go/version.ts';
import { wordText } from '../../go/word-text.ts';
import type { Tri } from '../../known.ts';
import type { ModuleMode } from '../go-step.ts';
import { join } from '../paths.ts';
import type { Located } from './build-packages.ts';
import type { Running } from './frame.ts';

const named = (value: string): ModuleMode['mod'] =>
  value === 'vendor' || value === 'mod' || value === 'readonly' ? value : 'unknown';

/** The `-mod` that counts: the command's own, else that of GOFLAGS. */
const modOf = ({ command, env }: Located): ModuleMode['mod'] => {
  const own = flag(command, 'mod');
  if (own) return own.value ? named(wordText(own.value.raw)) : 'unknown';
  if (command.flags.some(({ name }) => name === '' || name === 'modfile')) return 'unknown';
  const goflags = env.get('GOFLAGS');
  if (goflags && !goflags.known) return 'unknown';
  const given = parseGoflags(goflags?.value ?? '');
  if (given.some(({ name }) => name === 'modfile')) return 'unknown';
  const value = given.findLast(({ name }) => name === 'mod')?.value;
  return value === undefined ? 'default' : named(value);
};

const listedIn = ({ moduleRoot }: Located, { mounted }: Running): Tri => {
  const state =
    moduleRoot === undefined ? 'unknown' : mounted.files.lookup(join(moduleRoot, 'vendor/modules.txt')).state;
  return state === 'present' ? 'yes' : state === 'absent' ? 'no' : 'unknown';
};

/** From Go 1.14 on a vendor folder is used by itself, when the `go` line is as new. */
const knowsVendor = ({ module, toolchain }: Located): boolean => {
  const line = parseGoVersion(module?.mod.go?.version ?? '');
  return line !== undefined && line.minor >= 14 && (toolchain === undefined || toolchain.minor >= 14);
};

/** Where a go command takes the packages of other modules from. */
export const moduleMode = (step: Located, running: Running): ModuleMode => {
  const mod = modOf(step);
  const vendorListed = listedIn(step, running);
  const byItself = mod === 'default' && knowsVendor(step) && vendorListed === 'yes' && step.workspaceSeen === 'no';
  return { mod, vendorListed, usesVendor: mod === 'vendor' || byItself };
};

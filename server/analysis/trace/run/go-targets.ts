import { defaultBinaryName, fileBinaryName } from '../../go/output.ts';
import { isMain } from '../../go/package-at.ts';
import { certain, type Known, knownValue, unknown } from '../../known.ts';
import type { ShellWord } from '../../shell/model.ts';
import type { GoStep } from '../model.ts';
import { below, join, resolve } from '../paths.ts';
import { type Frame, type Running, wordValue } from './frame.ts';
import { importPathAt } from './go-module.ts';

/** What one operand of go build names. */
export interface Target {
  /** Import path of the main package; unknown for what cannot be resolved. */
  readonly package: Known<string>;
  /** Name without folder that go gives the binary; unknown when the import path is. */
  readonly name: Known<string>;
}

const unknownTarget: Target = { package: unknown, name: unknown };

const targetAt = (folder: string, goStep: GoStep): Target => {
  const { module, moduleRoot } = goStep;
  const path = module && moduleRoot ? importPathAt({ module, root: moduleRoot }, folder) : undefined;
  return path === undefined ? unknownTarget : { package: certain(path), name: certain(defaultBinaryName(path)) };
};

/** `./...` means every main package of the module below the folder. */
const targetsBelow = (folder: string, goStep: GoStep, running: Running): readonly Target[] => {
  const { module, moduleRoot } = goStep;
  if (!module || moduleRoot === undefined || !running.walk.project.context.known) return [unknownTarget];
  const prefix = importPathAt({ module, root: moduleRoot }, folder);
  if (prefix === undefined) return [unknownTarget];
  const mains = [...running.walk.project.packages.values()].filter(
    (each) =>
      each.module === module.mod.path && isMain(each) && below(`/${prefix}`, `/${each.importPath}`) !== undefined,
  );
  return mains.map(({ importPath }) => ({
    package: certain(importPath),
    name: certain(defaultBinaryName(importPath)),
  }));
};

const targetOf = (operand: string, goStep: GoStep, running: Running): readonly Target[] => {
  const folder = knownValue(goStep.workdir);
  if (/^(std|cmd|all)$/.test(operand)) return [unknownTarget];
  if (operand.includes('@')) {
    const path = operand.replace(/@.*$/, '');
    return [{ package: certain(path), name: certain(defaultBinaryName(path)) }];
  }
  if (operand.startsWith('.') || operand.startsWith('/')) {
    if (folder === undefined) return [unknownTarget];
    const path = resolve(folder, operand.replace(/\/?\.\.\.$/, ''));
    return operand.endsWith('...') ? targetsBelow(path, goStep, running) : [targetAt(path, goStep)];
  }
  if (operand.includes('...')) return [unknownTarget];
  return [{ package: certain(operand), name: certain(defaultBinaryName(operand)) }];
};

/** An unquoted variable or command substitution: packages, flags, several of them, or nothing at all. */
const isOpenWord = ({ raw }: ShellWord): boolean => /^[$`]/.test(raw);

/** Whether a variable among the operands may hold `-o`. */
export const hidesOutput = ({ command }: Pick<GoStep, 'command'>): boolean =>
  command.flags.some(({ name }) => name === '') || command.operands.some(isOpenWord);

/** The packages among the operands; of a variable's value only what is surely a package. */
const packageWords = (goStep: GoStep, frame: Frame): readonly Known<string>[] =>
  goStep.command.operands.flatMap((word) => {
    const value = wordValue(word, frame);
    if (!isOpenWord(word)) return [value];
    if (!value.known) return goStep.command.operands.length === 1 ? [unknown] : [];
    const fields = value.value.split(/\s+/).filter((field) => field !== '');
    return fields.some((field) => field.startsWith('-')) ? [] : fields.map((field) => certain(field));
  });

/** What `go build` or `go install` builds: one target for each main package, as far as the operands can be read. */
export const targetsOf = (goStep: GoStep, frame: Frame, running: Running): readonly Target[] => {
  const words = packageWords(goStep, frame);
  const folder = knownValue(goStep.workdir);
  if (words.length === 0) return folder === undefined ? [unknownTarget] : [targetAt(folder, goStep)];
  const first = words[0];
  if (first?.known && first.value.endsWith('.go')) {
    const at = folder === undefined ? undefined : resolve(folder, join(first.value, '..').slice(1));
    const found = at === undefined ? unknownTarget : targetAt(at, goStep);
    return [{ package: found.package, name: certain(fileBinaryName(first.value)) }];
  }
  return words.flatMap((word) => (word.known ? targetOf(word.value, goStep, running) : [unknownTarget]));
};

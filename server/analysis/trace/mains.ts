import type { TextEdit } from 'vscode-languageserver-types';
import { replace } from '../edits.ts';
import { isMain } from '../go/package-at.ts';
import type { ProjectFacts } from '../go/project-facts.ts';
import type { BuildPackage } from './go-step.ts';
import type { GoStep, StageTrace } from './model.ts';
import { below, join } from './paths.ts';

/** A program of a step's module, as an operand of go build names it from the step's working directory. */
export interface MainOperand {
  readonly operand: string;
  readonly folder: string;
}

/** The programs of the step's module that lie in the stage, in the order of their paths. */
export const mainOperands = (step: GoStep, stage: StageTrace, project: ProjectFacts): readonly MainOperand[] => {
  const { module, moduleRoot, workdir } = step;
  if (!module || moduleRoot === undefined || !workdir.known) return [];
  return [...project.packages.values()]
    .flatMap((each): readonly MainOperand[] => {
      if (each.dir === undefined || each.module !== module.mod.path || !isMain(each)) return [];
      const folder = join(moduleRoot, module.dir === '' ? each.dir : each.dir.slice(module.dir.length));
      const rest = below(workdir.value, folder);
      if (!each.files.some(({ name }) => stage.lookup(join(folder, name)).state === 'present')) return [];
      return [{ folder, operand: rest === undefined ? each.importPath : rest === '' ? '.' : `./${rest}` }];
    })
    .sort((a, b) => (a.operand < b.operand ? -1 : 1));
};

/** The edit that makes a build name another package: its operand changed, or one added behind the flags. */
export const nameOperand = ({ command }: GoStep, { word }: BuildPackage, operand: string): TextEdit => {
  if (word) return replace(word.range, operand);
  const { end } = command.flags.findLast(({ name }) => name !== 'C')?.range ?? command.verbRange;
  return replace({ start: end, end }, ` ${operand}`);
};

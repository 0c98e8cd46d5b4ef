import type { Engine, InstructionText } from '../engine-model.ts';
import type { Step } from '../progress.ts';

/** Zero-based line of the instruction that a step stands for; undefined unless exactly one fits. */
export function lineOfStep(
  step: Step,
  builder: Engine['builder'],
  instructions: readonly InstructionText[],
): number | undefined {
  const written = normal(step.instruction);
  const same = instructions.filter(({ text }) => normal(text) === written);
  if (same.length === 1) return same[0]?.line;
  if (keyword(step.instruction) === 'FROM' && step.total === 0) return lineOfBase(step.instruction, instructions);
  const byPlace = instructionAt(step, builder, instructions);
  return byPlace && keyword(byPlace.text) === keyword(step.instruction) ? byPlace.line : undefined;
}

/** Zero-based line of the first FROM or COPY --from of this image, however the registry spells it. */
export function lineOfBase(image: string, instructions: readonly InstructionText[]): number | undefined {
  const wanted = familiar(image.replace(/^FROM /, ''));
  for (const { line, text } of instructions) {
    if (!/^(FROM|COPY)$/.test(keyword(text))) continue;
    const words = normal(text).split(' ');
    if (words.some((word) => familiar(word.replace(/^--from=/, '')) === wanted)) return line;
  }
  return undefined;
}

/** Zero-based line of the only FROM that names its image by a variable. */
export function lineOfVariableBase(instructions: readonly InstructionText[]): number | undefined {
  const found = instructions.filter(({ text }) => keyword(text) === 'FROM' && text.includes('$'));
  return found.length === 1 ? found[0]?.line : undefined;
}

/** Zero-based line of the only COPY or ADD that names this path as a source. */
export function lineOfSource(path: string, instructions: readonly InstructionText[]): number | undefined {
  const wanted = bare(path);
  const naming = instructions.filter(({ text }) => {
    if (!/^(COPY|ADD)$/.test(keyword(text))) return false;
    return normal(text)
      .split(/[\s[\],"]+/)
      .some((word) => bare(word) === wanted);
  });
  return naming.length === 1 ? naming[0]?.line : undefined;
}

function instructionAt(
  step: Step,
  builder: Engine['builder'],
  instructions: readonly InstructionText[],
): InstructionText | undefined {
  if (builder === 'legacy') return instructions[step.index - 1];
  const stages = stagesOf(instructions);
  const stage = stages.length === 1 ? stages[0] : stages.find((each, index) => isStage(each, index, step, builder));
  if (!stage) return undefined;
  if (numbersAll(builder)) return stage.instructions[step.index - 1];
  const counted = stage.instructions.filter(({ text }) => /^(FROM|RUN|COPY|ADD|WORKDIR)$/.test(keyword(text)));
  // FROM is not a step of its own when it names scratch or an earlier stage.
  const steps = counted.length === step.total + 1 ? counted.slice(1) : counted;
  return steps.length === step.total ? steps[step.index - 1] : undefined;
}

/** Whether every instruction is a step, also those that only change the image's configuration. */
const numbersAll = (builder: Engine['builder']): boolean => builder === 'podman' || builder === 'buildah';

interface StageText {
  readonly name: string | undefined;
  readonly instructions: InstructionText[];
}

function stagesOf(instructions: readonly InstructionText[]): readonly StageText[] {
  const stages: StageText[] = [];
  for (const instruction of instructions) {
    if (keyword(instruction.text) === 'FROM') {
      const name = /\sAS\s+(\S+)$/i.exec(normal(instruction.text))?.[1]?.toLowerCase();
      stages.push({ name, instructions: [] });
    }
    stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function isStage(stage: StageText, index: number, step: Step, builder: Engine['builder']): boolean {
  if (numbersAll(builder)) return step.stage === String(index + 1);
  return step.stage === (stage.name ?? `stage-${index}`);
}

const keyword = (text: string): string => (/^\s*([A-Za-z]+)/.exec(text)?.[1] ?? '').toUpperCase();

/** One line, single blanks, no continuation, no comment lines in between, no blanks around: engines print instructions so. */
function normal(text: string): string {
  const joined = text
    .split(/\r?\n/)
    .filter((line, index) => index === 0 || !/^\s*#/.test(line))
    .map((line) => line.replace(/[\\`]\s*$/, ' '))
    .join(' ');
  return joined.replace(/\s+/g, ' ').trim();
}

const bare = (path: string): string => path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');

function familiar(image: string): string {
  const short = image.replace(/^docker\.io\//, '').replace(/^library\//, '');
  return /[:@]/.test(short.split('/').at(-1) ?? '') ? short : `${short}:latest`;
}

import type { Instruction } from '../dockerfile/model.ts';
import { currentDistroless } from '../images/end-of-life.ts';
import type { Subject } from '../rule.ts';
import type { GoBinary, StageTrace } from './model.ts';
import { parent } from './paths.ts';
import { programPath } from './questions.ts';

const isNumeric = (user: string): boolean => /^\d+(:\d+)?$/.test(user);

/** Instructions that mean the same on every image that has neither a shell nor users of its own; /go is where golang works. */
const meansTheSame = (instruction: Instruction): boolean => {
  if (instruction.keyword === 'USER') return isNumeric(instruction.words[0]?.raw ?? '');
  if (instruction.keyword !== 'COPY')
    return /^(ARG|EXPOSE|ENV|LABEL|STOPSIGNAL|ENTRYPOINT|CMD|WORKDIR|VOLUME)$/.test(instruction.keyword);
  const owner = instruction.flags.find(({ name }) => name === 'chown')?.value?.raw;
  return /^\/(?!go(\/|$))/.test(instruction.destination?.raw ?? '') && (owner === undefined || isNumeric(owner));
};

/** Folders of PATH in every image. */
const systemFolder = /^(\/usr\/local|\/usr|)\/s?bin$/;

/** Whether the program is found without what the image of the stage sets. */
const isFoundAnywhere = (stage: StageTrace): boolean => {
  const name = stage.start?.words?.[0] ?? '';
  const path = programPath(stage, name);
  return name.startsWith('/') || (!name.includes('/') && path.known && systemFolder.test(parent(path.value)));
};

const variant = ({ linkage: { verdict }, needsCgo }: GoBinary): 'static' | 'base' | undefined => {
  if (verdict === 'static') return 'static';
  return verdict === 'glibc' && needsCgo === 'no' ? 'base' : undefined;
};

/**
 * The distroless image to which a stage that only copies and starts a program can be moved by another FROM, with the user
 * that it has; undefined where anything in the stage may mean something else there.
 */
export const smallerBase = (stage: StageTrace, binary: GoBinary, { dockerfile }: Subject): string | undefined => {
  const { from, instructions } = stage.stage;
  const { start, user, rootImage } = stage;
  const kind = variant(binary);
  if (!kind || !start?.direct || !user.known || stage.usedBy.length > 0 || from.image?.raw !== rootImage?.ref.raw)
    return undefined;
  const usesGoEnv = instructions.some(({ range }) => /\$\{?GO/.test(dockerfile.source.slice(range)));
  if (usesGoEnv || !instructions.every(meansTheSame) || !isFoundAnywhere(stage)) return undefined;
  return `gcr.io/distroless/${kind}-debian${currentDistroless}${isNumeric(user.value) ? ':nonroot' : ''}`;
};

import type { TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile } from '../dockerfile/model.ts';
import { insertLinesAbove, replace } from '../edits.ts';
import type { Fix } from '../rule.ts';
import type { GoBinary } from './model.ts';

const instructionValue = (binary: GoBinary, dockerfile: Dockerfile) =>
  dockerfile.stages[binary.stage]?.instructions
    .filter((instruction) => instruction.range.start.line < binary.run.range.start.line)
    .flatMap((instruction) =>
      instruction.keyword === 'ENV' || instruction.keyword === 'ARG' ? instruction.assignments : [],
    )
    .findLast(({ name }) => name === 'CGO_ENABLED')?.value;

/**
 * The smallest edits that build a binary with CGO_ENABLED=0: the value where this stage sets it, else a prefix of the
 * command, else an ENV line above an exec-form RUN. Undefined when the value comes from where it cannot be edited.
 */
const cgoOffEdits = (binary: GoBinary, dockerfile: Dockerfile): readonly TextEdit[] | undefined => {
  const { command, toolRange } = binary.command;
  const prefix = command.assignments.find(({ name }) => name === 'CGO_ENABLED')?.value;
  if (prefix) return [replace(prefix.range, '0')];
  const exported = binary.cgoSetInRun;
  if (exported) return undefined;
  const set = instructionValue(binary, dockerfile);
  if (set) return [replace(set.range, '0')];
  if (binary.run.form.kind === 'exec') {
    return [insertLinesAbove(dockerfile.source, binary.run.range, ['ENV CGO_ENABLED=0'])];
  }
  const at = { start: toolRange.start, end: toolRange.start };
  return [replace(at, 'CGO_ENABLED=0 ')];
};

/** The fix that makes a binary static, where turning cgo off does that; safe when the program surely works without C. */
export const cgoOffFix = (binary: GoBinary, dockerfile: Dockerfile): readonly Fix[] => {
  if (binary.withoutCgo !== 'static' || binary.needsCgo === 'yes') return [];
  const edits = cgoOffEdits(binary, dockerfile);
  const safe = binary.needsCgo === 'no' && binary.linkage.verdict !== 'unknown';
  return edits ? [{ title: 'Build with CGO_ENABLED=0', safe, edits }] : [];
};

/** The libc a binary is, or probably is, linked to; undefined for static binaries and when nothing is known. */
export const libcOf = ({ linkage }: GoBinary): 'glibc' | 'musl' | undefined => {
  if (linkage.verdict === 'glibc' || linkage.verdict === 'musl') return linkage.verdict;
  return linkage.verdict === 'unknown' ? linkage.likely : undefined;
};

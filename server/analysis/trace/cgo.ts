import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile } from '../dockerfile/model.ts';
import { insertInstructionsAbove, replace } from '../edits.ts';
import { flag, isOn } from '../go/command.ts';
import { cgoModuleOf } from '../go/known-modules.ts';
import type { GoFlag } from '../go/model.ts';
import { wordText } from '../go/word-text.ts';
import type { Fix, Subject } from '../rule.ts';
import type { GoBinary, StageTrace } from './model.ts';
import { isRoot } from './questions.ts';

/** Packages of Alpine, and the words around their names, that bring no C compiler. */
const withoutCompiler =
  /^(\.[\w-]+|git|bash|ca-certificates|tzdata|make|curl|wget|musl-dev|libc-dev|upx|sqlite|sqlite-dev|pkgconf|pkgconfig|openssh(-client)?|jq|gettext|file|tar|gzip|zip|unzip|protobuf|protoc|linux-headers|mercurial|su-exec|coreutils|tini|librdkafka-dev|zstd|zstd-dev|zlib-dev|nodejs|npm|yarn)$/;

const cxxFile = /\.(cc|cpp|cxx)$/;

const instructionValue = (binary: GoBinary, dockerfile: Dockerfile, variable: string) =>
  dockerfile.stages[binary.stage]?.instructions
    .filter((instruction) => instruction.range.start.line < binary.run.range.start.line)
    .flatMap((instruction) =>
      instruction.keyword === 'ENV' || instruction.keyword === 'ARG' ? instruction.assignments : [],
    )
    .findLast(({ name }) => name === variable)?.value;

/** Where the stage, or a prefix of the command, sets a variable of a build to this value; undefined when it comes from elsewhere. */
export const settingOf = (
  binary: GoBinary,
  dockerfile: Dockerfile,
  variable: string,
  value: string,
): { readonly range: Range } | undefined => {
  const { assignments } = binary.command.command;
  const prefix = assignments.find(({ name }) => name === variable);
  const set = prefix ? prefix.value : instructionValue(binary, dockerfile, variable);
  return set && wordText(set.raw) === value ? set : undefined;
};

/** `go build`, as far as it is written in one line. */
export const goWords = ({ command: { toolRange, verbRange } }: Pick<GoBinary, 'command'>): Range =>
  toolRange.start.line === verbRange.end.line ? { start: toolRange.start, end: verbRange.end } : verbRange;

const otherwise = /[\s\\]*\|\|/y;

/** Whether the Dockerfile says what to do when the build fails (`go build … || …`). */
export const mayFail = ({ command: { command } }: Pick<GoBinary, 'command'>, { source }: Dockerfile): boolean => {
  otherwise.lastIndex = source.offset(command.range.end);
  return otherwise.test(source.content);
};

/**
 * An Alpine golang stage that surely has no C compiler: nothing but packages that bring none was installed, and nothing
 * was put where programs lie.
 */
export const surelyLacksCompiler = (stage: StageTrace): boolean =>
  stage.rootImage?.family === 'golang' &&
  stage.rootImage.libc === 'musl' &&
  !stage.opaque &&
  !['/usr', '/bin'].some((folder) => stage.written(folder)) &&
  [...stage.packages].every((name) => withoutCompiler.test(name));

/** A go command that compiles, or a binary it builds. */
export type Building = Pick<GoBinary, 'run' | 'command'> & { readonly cChain?: GoBinary['cChain'] };

/** The edits that install a C compiler above a build on Alpine; undefined where the user may not. */
export const compilerEdits = (
  binary: Building,
  stage: StageTrace,
  { dockerfile, project }: Subject,
): readonly TextEdit[] | undefined => {
  const user = stage.before(binary.run)?.user;
  if (stage.rootImage?.libc !== 'musl' || !user?.known || !isRoot(user.value)) return undefined;
  const library = cgoModuleOf(binary.cChain?.at(-1) ?? '')?.library ?? '';
  const cxx =
    /^(DuckDB|OpenCV|RocksDB)\b/.test(library) || [...project.context.files].some((file) => cxxFile.test(file));
  const line = `RUN apk add --no-cache ${cxx ? 'g++' : 'gcc'} musl-dev`;
  return [insertInstructionsAbove(dockerfile.source, binary.run.range, [line])];
};

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
  const set = instructionValue(binary, dockerfile, 'CGO_ENABLED');
  if (set) return [replace(set.range, '0')];
  if (binary.run.form.kind === 'exec') {
    return [insertInstructionsAbove(dockerfile.source, binary.run.range, ['ENV CGO_ENABLED=0'])];
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

/** The flag for which a program is surely dynamic, whatever it imports: `-buildmode=pie`, `-race`, `-msan` or `-asan`. */
export const dynamicFlag = ({ command, linkage }: GoBinary): GoFlag | undefined => {
  if (linkage.verdict !== 'glibc' && linkage.verdict !== 'musl') return undefined;
  const mode = flag(command, 'buildmode');
  if (mode?.value && wordText(mode.value.raw) === 'pie') return mode;
  return ['race', 'msan', 'asan'].flatMap((name) => (isOn(command, name) ? (flag(command, name) ?? []) : []))[0];
};

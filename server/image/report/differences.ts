import { knownValue, type Step, stepsOf } from '../../analysis/known.ts';
import type { GoBinary, StageTrace } from '../../analysis/trace/model.ts';
import type { ReadImage } from '../archive/read-archive.ts';
import { find, type Node } from '../filesystem/tree.ts';
import type { BinaryReport } from './binary-model.ts';
import type { Difference, ImageFacts } from './model.ts';

/**
 * What the trace of the built stage says otherwise than the image is. Every one is a mistake of ours. What the trace does not
 * know is no difference.
 */
export function compareWithTrace(
  stage: StageTrace,
  { config }: ReadImage,
  root: Node,
  binaries: readonly BinaryReport[],
  facts: ImageFacts,
): readonly Difference[] {
  const user = knownValue(stage.user);
  const workdir = knownValue(stage.workdir);
  return [
    ...differ(
      'the user',
      user === undefined ? undefined : rootIsEmpty(user),
      rootIsEmpty(config.user),
      stepsOf(stage.user),
    ),
    ...differ('the working directory', workdir, config.workdir || '/', stepsOf(stage.workdir)),
    ...differ(
      'a shell at /bin/sh',
      stage.shell === 'unknown' || stage.shellProgram !== '/bin/sh' ? undefined : stage.shell,
      find(root, '/bin/sh') ? 'yes' : 'no',
    ),
    ...programDifference(stage, facts),
    ...stage.goFiles.flatMap(({ path, binary }) => binaryDifferences(path, binary, root, binaries)),
  ];
}

const rootIsEmpty = (user: string): string => (/^(0|root)(:(0|root))?$/.test(user) ? '' : user);

function differ(
  about: string,
  trace: string | undefined,
  image: string | undefined,
  because: readonly Step[] = [],
): readonly Difference[] {
  if (trace === undefined || image === undefined || trace === image) return [];
  const line = because.at(-1)?.range.start.line;
  return [{ about, trace: trace || 'none', image: image || 'none', ...(line === undefined ? {} : { line }) }];
}

/** Whether the program is where the trace has it. */
function programDifference(stage: StageTrace, { program }: ImageFacts): readonly Difference[] {
  const name = stage.start?.direct ? stage.start.words?.[0] : undefined;
  if (name === undefined || !name.startsWith('/') || program?.argument !== name) return [];
  const { state } = stage.lookup(name);
  if (state === 'unknown') return [];
  const image =
    program.kind === 'missing'
      ? 'absent'
      : program.kind === 'other' && program.problems.length > 0
        ? undefined
        : 'present';
  const line = stage.start?.instruction.range.start.line ?? 0;
  return differ(`the program ${name}`, state === 'folder' ? undefined : state, image).map((one) => ({ ...one, line }));
}

function binaryDifferences(
  path: string,
  traced: GoBinary,
  root: Node,
  binaries: readonly BinaryReport[],
): readonly Difference[] {
  const line = traced.run.range.start.line;
  const at = (found: readonly Difference[]): readonly Difference[] => found.map((one) => ({ line, ...one }));
  const resolved = find(root, path);
  if (!resolved) return at(differ(path, 'there', 'absent'));
  const real = binaries.find((binary) => find(root, binary.path)?.node.content === resolved.node.content);
  // Packed or stripped of its build information: there is nothing to compare with.
  if (!real?.go) return [];
  const verdict = traced.linkage.verdict === 'unknown' ? undefined : traced.linkage.verdict;
  const trimmed = traced.stripped === 'unknown' ? undefined : traced.stripped;
  const setting = (key: string): string | undefined => real.go?.settings.find((one) => one.key === key)?.value;
  return [
    ...at(differ(`linkage of ${path}`, verdict, linkageOf(real), traced.linkage.because)),
    ...at(differ(`GOOS of ${path}`, knownValue(traced.goos), setting('GOOS'))),
    ...at(differ(`GOARCH of ${path}`, knownValue(traced.goarch), real.goarch)),
    ...at(differ(`symbols of ${path} left away`, trimmed, real.stripped ? 'yes' : 'no')),
    ...at(differ(`main package of ${path}`, knownValue(traced.package), real.go.path || undefined)),
  ];
}

/** In the words of the trace. */
function linkageOf({ interpreter, static: isStatic }: BinaryReport): string | undefined {
  if (isStatic) return 'static';
  if (interpreter === undefined) return undefined;
  return interpreter.name.includes('ld-musl') ? 'musl' : 'glibc';
}

import { installFolder, withExeSuffix } from '../../go/output.ts';
import { wordText } from '../../go/word-text.ts';
import { certain, type Known, knownValue, step, unknown } from '../../known.ts';
import type { ShellWord } from '../../shell/model.ts';
import type { GoBinary, GoStep } from '../model.ts';
import { join, resolve } from '../paths.ts';
import { type Frame, type Running, wordValue } from './frame.ts';
import { hidesOutput, type Target, targetsOf } from './go-targets.ts';
import { linkageOf } from './linkage.ts';
import { missingInputs } from './missing-inputs.ts';

const installPlace = (goStep: GoStep, goos: Known<string>): Known<string> => {
  const bin = goStep.env.get('GOBIN') ?? certain('');
  const path = goStep.env.get('GOPATH') ?? certain('/root/go');
  const arch = goStep.env.get('GOARCH');
  // Whether a given GOARCH is the builder's own decides the folder, and nobody knows the builder.
  if (
    !bin.known ||
    !path.known ||
    !goos.known ||
    goos.value !== 'linux' ||
    (arch && !(arch.known && arch.value === ''))
  ) {
    return unknown;
  }
  const target = {
    gobin: bin.value || undefined,
    gopath: path.value.split(':')[0] ?? '',
    goos: 'linux',
    goarch: '',
    native: true,
  };
  const folder = installFolder(target);
  return folder === undefined ? unknown : certain(folder);
};

const withExtension = (name: string, goos: Known<string>): Known<string> =>
  goos.known ? certain(withExeSuffix(name, goos.value)) : unknown;

/** Where the binary of a target goes; undefined when it goes nowhere (several packages without -o). */
const pathOf = (
  target: Target,
  count: number,
  goStep: GoStep,
  output: Known<string> | undefined,
  goos: Known<string>,
  running: Running,
): Known<string> | undefined => {
  const name = target.name.known ? withExtension(target.name.value, goos) : unknown;
  const inFolder = (folder: Known<string>): Known<string> =>
    folder.known && name.known ? certain(join(folder.value, name.value)) : unknown;
  if (goStep.command.verb === 'install') return inFolder(installPlace(goStep, goos));
  if (!output && hidesOutput(goStep)) return unknown;
  if (!output) return count > 1 ? undefined : inFolder(goStep.workdir);
  if (!output.known) return unknown;
  if (!output.value.startsWith('/') && !goStep.workdir.known) return unknown;
  const path = resolve(knownValue(goStep.workdir) ?? '/', output.value);
  const state = running.mounted.files.lookup(path).state;
  if (/\/\.?$/.test(output.value) || state === 'folder') return inFolder(certain(path));
  return count > 1 ? undefined : certain(path);
};

/** The folder below which a path with a variable in it lies (`/out/$NAME`); undefined when the variable may hold a folder. */
const folderOf = (word: ShellWord, cwd: Known<string>): string | undefined => {
  const literal = wordText(word.raw).split(/[$`]/)[0] ?? '';
  const folder = literal.slice(0, literal.lastIndexOf('/') + 1);
  if (folder.startsWith('/')) return resolve('/', folder);
  if (literal === '' || !cwd.known) return undefined;
  return resolve(cwd.value, folder);
};

/** Where a binary may lie whose path is not known: go adds files and changes none of the sources. */
const unknownPlace = (goStep: GoStep): string => {
  const { command, workdir } = goStep;
  const output = command.flags.findLast(({ name }) => name === 'o')?.value;
  if (output) return folderOf(output, workdir) ?? '/';
  return command.verb === 'build' && workdir.known ? workdir.value : '/';
};

const place = (binary: GoBinary, goStep: GoStep, running: Running): void => {
  const { files } = running.mounted;
  if (!binary.path.known) {
    files.addTo(unknownPlace(goStep));
    return;
  }
  const built = step(binary.command.command.range, 'This command builds {path}.', { path: binary.path.value });
  if (binary.command.command.runs === 'always') files.put(binary.path.value, { kind: 'go', binary }, [built]);
  else files.blur(binary.path.value);
};

const isLibrary = (goStep: GoStep): boolean => {
  const mode = goStep.command.flags.findLast(({ name }) => name === 'buildmode')?.value?.raw;
  return mode !== undefined && /c-archive|c-shared|plugin|shared|archive/.test(mode);
};

/** go build and go install: one binary for each main package, put where go writes it. */
export const traceBuild = (goStep: GoStep, frame: Frame, running: Running): void => {
  const { flags } = goStep.command;
  if (flags.some(({ name }) => name === 'n')) return;
  const outputFlag = flags.findLast(({ name }) => name === 'o')?.value;
  const output = outputFlag ? wordValue(outputFlag, frame) : undefined;
  const targets = targetsOf(goStep, frame, running);
  for (const target of targets) {
    const linked = linkageOf(target.package, goStep, frame, running);
    const path = pathOf(target, targets.length, goStep, output, linked.goos, running);
    if (path === undefined) continue;
    if (isLibrary(goStep)) {
      if (path.known) running.mounted.files.put(path.value, { kind: 'run' }, []);
      else running.mounted.files.addTo(unknownPlace(goStep));
      continue;
    }
    const binary: GoBinary = {
      ...linked,
      missing: missingInputs(target.package, linked.flags, goStep, running),
      path,
      package: target.package,
      module: goStep.module,
      lost: path.known && running.mounted.vanishes(path.value),
      lostIn: path.known ? running.mounted.mountAt(path.value) : undefined,
      stage: running.state.stage.index,
      run: running.run,
      command: goStep.command,
    };
    running.state.binaries.push(binary);
    place(binary, goStep, running);
  }
};

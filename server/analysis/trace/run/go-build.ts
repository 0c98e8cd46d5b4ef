import { defaultBinaryName, fileBinaryName, installFolder, withExeSuffix } from '../../go/output.ts';
import type { GoPackage } from '../../go/project-facts.ts';
import { wordText } from '../../go/word-text.ts';
import { certain, type Known, knownValue, step, unknown } from '../../known.ts';
import type { ShellWord } from '../../shell/model.ts';
import type { GoBinary, GoStep } from '../model.ts';
import { below, join, resolve } from '../paths.ts';
import { type Frame, type Running, wordValue } from './frame.ts';
import { importPathAt } from './go-module.ts';
import { linkageOf } from './linkage.ts';

/** What one operand of go build names. */
interface Target {
  /** Import path of the main package; unknown for what cannot be resolved. */
  readonly package: Known<string>;
  /** Name without folder that go gives the binary; unknown when the import path is. */
  readonly name: Known<string>;
}

const unknownTarget: Target = { package: unknown, name: unknown };

const isMain = ({ files }: GoPackage): boolean =>
  files.some(({ packageName, constraint }) => packageName === 'main' && !/\bignore\b/.test(constraint ?? ''));

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

const targetsOf = (goStep: GoStep, frame: Frame, running: Running): readonly Target[] => {
  const words = goStep.command.operands.map((word) => wordValue(word, frame));
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
      path,
      package: target.package,
      module: goStep.module,
      lost: path.known && running.mounted.vanishes(path.value),
      stage: running.state.stage.index,
      run: running.run,
      command: goStep.command,
    };
    running.state.binaries.push(binary);
    place(binary, goStep, running);
  }
};

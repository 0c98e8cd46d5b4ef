import type { GoCommand } from '../../go/model.ts';
import { unknown } from '../../known.ts';
import { cachesOf } from '../home.ts';
import type { GoStep } from '../model.ts';
import { join, resolve } from '../paths.ts';
import { buildOutput, buildPackages, type Located } from './build-packages.ts';
import { cgoState } from './cgo-input.ts';
import { environmentOf, type Frame, type Running, wordValue } from './frame.ts';
import { traceBuild } from './go-build.ts';
import { moduleAt, seesModule } from './go-module.ts';
import { hiddenFiles } from './hidden-files.ts';
import { localModules } from './local-modules.ts';
import { moduleMode } from './module-mode.ts';

const recorded = new Set('build install mod test vet generate run get list tool work clean'.split(' '));

const stepOf = (go: GoCommand, frame: Frame, running: Running): GoStep => {
  const { state, mounted, run, walk } = running;
  const env = environmentOf(go.command, frame).view();
  const chdir = go.chdir ? wordValue(go.chdir, frame) : undefined;
  const workdir =
    chdir && frame.cwd.known
      ? chdir.known
        ? { ...frame.cwd, value: resolve(frame.cwd.value, chdir.value) }
        : unknown
      : frame.cwd;
  const found = state.moduleEdited || !workdir.known ? undefined : moduleAt(workdir.value, mounted.files, walk.project);
  const located: Located = {
    command: go,
    run,
    workdir,
    env,
    shell: frame.env.view(),
    runs: go.command.runs,
    module: found?.module,
    moduleRoot: found?.root,
    workspaceSeen: found?.workspaceSeen ?? 'unknown',
    moduleSeen: state.moduleEdited || !workdir.known ? 'unknown' : seesModule(workdir.value, mounted.files),
    toolchain: state.rootImage?.go?.version,
    cgo: cgoState({ command: go, env }, running),
    caches: cachesOf(env, state),
    user: state.user,
    mounts: mounted.mounts,
  };
  const packages = buildPackages(located, frame, running);
  return {
    ...located,
    packages,
    output: buildOutput(located, frame, running),
    localModules: localModules(located, running),
    hidden: hiddenFiles({ ...located, packages }, running),
    moduleMode: moduleMode(located, running),
  };
};

/** `go env -w NAME=VALUE` holds for later RUNs too, where the environment itself does not set the name. */
const writeGoEnv = (go: GoCommand, frame: Frame, running: Running): void => {
  for (const operand of go.operands) {
    const whole = wordValue(operand, frame);
    const match = whole.known ? /^(\w+)=(.*)$/s.exec(whole.value) : undefined;
    const name = match?.[1] ?? /^(\w+)=/.exec(operand.raw)?.[1];
    if (!name || running.state.env.get(name) !== undefined) continue;
    const value =
      match && whole.known && go.command.runs === 'always'
        ? { known: true as const, value: match[2] ?? '', because: whole.because }
        : unknown;
    running.state.env.set(name, value);
    frame.env.set(name, value);
  }
};

/** `go test -c -o file` writes a test binary; other flags leave profiles in the working directory. */
const traceTest = (step: GoStep, frame: Frame, { mounted }: Running): void => {
  const { flags } = step.command;
  if (!flags.some(({ name }) => /^(o|c|.*profile|outputdir|trace)$/.test(name))) return;
  mounted.files.addTo(step.workdir.known ? step.workdir.value : '/');
  const output = flags.findLast(({ name }) => name === 'o')?.value;
  const name = output && wordValue(output, frame);
  if (!name?.known || !step.workdir.known) return;
  const path = resolve(step.workdir.value, name.value);
  if (mounted.files.lookup(path).state !== 'folder') mounted.files.put(path, { kind: 'run' }, []);
};

const writesSum = ({ verb, subverb }: GoCommand): boolean =>
  verb === 'get' || (verb === 'mod' && (subverb === 'tidy' || subverb === 'vendor')) || verb === 'work';

const caches = ['/go/pkg', '/root/.cache', '/root/go'];

/** One go command: recorded with the state it runs in, and its effect on files. */
export const traceGo = (go: GoCommand, frame: Frame, running: Running): void => {
  const { state, mounted } = running;
  for (const folder of caches) mounted.files.blur(folder, 'packages');
  if (go.verb === 'env') {
    if (go.flags.some(({ name }) => name === 'w' || name === 'u')) writeGoEnv(go, frame, running);
    return;
  }
  if (!recorded.has(go.verb)) return;
  const step = stepOf(go, frame, running);
  state.goSteps.push(step);
  if (go.verb === 'build' || go.verb === 'install') traceBuild(step, frame, running);
  if (go.verb === 'generate' || go.verb === 'run' || go.verb === 'tool') {
    state.opaque = true;
    mounted.files.blur('/');
  }
  if (go.verb === 'mod' && (go.subverb === 'init' || go.subverb === 'edit')) state.moduleEdited = true;
  if (go.verb === 'work' && go.subverb !== 'sync') state.moduleEdited = true;
  if (go.verb === 'mod' && go.subverb === 'vendor' && step.workdir.known) {
    mounted.files.blur(resolve(step.workdir.value, 'vendor'));
  }
  if (writesSum(go) && step.moduleRoot !== undefined) mounted.files.addTo(join(step.moduleRoot, 'go.sum'));
  if (go.verb === 'test') traceTest(step, frame, running);
};

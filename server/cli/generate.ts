import { existsSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generate } from '../generate/generate.ts';
import { plan } from '../generate/plan.ts';
import { readProgramSignals } from '../project/program-signals.ts';
import { createProjects } from '../project/projects.ts';
import type { FinalBase, GenerateChoices, GeneratePlan } from '../protocol.ts';
import type { Console } from './console.ts';
import { whyNot } from './dockerfile-text.ts';
import { oneOf, readOptions } from './options.ts';
import { type ExitCode, exitCodes, fail, suggestion } from './usage.ts';

const options = {
  main: { type: 'string' },
  base: { type: 'string' },
  cgo: { type: 'boolean' },
  port: { type: 'string' },
  cache: { type: 'string' },
  'cross-platform': { type: 'boolean' },
  comments: { type: 'boolean' },
  stdout: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

const bases: readonly FinalBase[] = ['scratch', 'distroless-static', 'distroless-base', 'alpine', 'debian'];

/** `go-dockerfile generate`. Throws a UsageError for wrong options, a folder without a program, or an existing Dockerfile. */
export async function generateCommand(args: readonly string[], console: Console): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, options);
  if (positionals.length > 1) fail('generate takes one folder');
  const folder = path.resolve(console.folder, positionals[0] ?? '.');
  await needFolder(folder, positionals[0] ?? '.');
  const facts = await createProjects().load(folder, path.join(folder, 'Dockerfile'));
  const signals = await readProgramSignals(facts, folder);
  const planned = plan(facts, signals, folder);
  if (planned.mains.length === 0) fail(`there is no main package below ${folder}`);
  const choices = choose(planned, values);
  const files = generate(facts, signals(choices.main === '.' ? '' : choices.main), choices);
  if (values.stdout) {
    console.out(files.dockerfile);
    return exitCodes.clean;
  }
  const target = path.join(folder, 'Dockerfile');
  if (existsSync(target) && !values.force)
    fail(`${target} exists already: --force overwrites it, --stdout shows the new one`);
  await write(target, files.dockerfile, console);
  const ignore = path.join(folder, '.dockerignore');
  if (existsSync(ignore) && !values.force) console.err(`${ignore} exists already and stays as it is\n`);
  else await write(ignore, files.dockerignore, console);
  return exitCodes.clean;
}

async function needFolder(folder: string, given: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => fail(`${given} cannot be read: ${whyNot(error)}`));
  if (!found.isDirectory()) fail(`${given} is no folder`);
}

type Values = ReturnType<typeof readOptions<typeof options>>['values'];

function choose({ mains, recommended }: GeneratePlan, values: Values): GenerateChoices {
  const cgo = values.cgo ?? recommended.cgo;
  // A program with C needs a libc in the image.
  const fitting = cgo === recommended.cgo ? recommended.base : cgo ? 'distroless-base' : 'distroless-static';
  return {
    main:
      values.main === undefined
        ? recommended.main
        : mainOf(
            values.main,
            mains.map(({ id }) => id),
          ),
    base: values.base === undefined ? fitting : oneOf('--base', values.base, bases),
    cgo,
    port: values.port === undefined ? recommended.port : portOf(values.port),
    cache: values.cache === undefined ? recommended.cache : oneOf('--cache', values.cache, ['mounts', 'layers']),
    crossPlatform: values['cross-platform'] ?? recommended.crossPlatform,
    comments: values.comments ?? recommended.comments,
  };
}

/** `./cmd/server/` and `cmd/server` are the same folder. */
function mainOf(given: string, mains: readonly string[]): string {
  const main = path.posix.normalize(given.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
  if (mains.includes(main)) return main;
  return fail(`there is no main package in ${given}${suggestion(main, mains)} (main packages: ${mains.join(', ')})`);
}

/** 0 is no port. */
function portOf(given: string): number | undefined {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) fail(`--port is a number from 0 to 65535, not "${given}"`);
  return port === 0 ? undefined : port;
}

async function write(file: string, text: string, console: Console): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => fail(`${file} cannot be written: ${whyNot(error)}`));
  console.err(`wrote ${file}\n`);
}

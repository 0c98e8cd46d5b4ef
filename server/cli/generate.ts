import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Reading } from '../analysis/go/reading.ts';
import { generate } from '../generate/generate.ts';
import { plan } from '../generate/plan.ts';
import { createProjects } from '../project/projects.ts';
import { readForGenerator } from '../project/read-for-generator.ts';
import type { CommentLanguage, GenerateChoices, GeneratedFile, GeneratePlan } from '../protocol.ts';
import type { Console } from './console.ts';
import { whyNot } from './dockerfile-text.ts';
import { chosen, generateOptions, mainsOf, type Values } from './generate-choices.ts';
import { improveCommand } from './improve.ts';
import { readOptions } from './options.ts';
import { type ExitCode, exitCodes, fail } from './usage.ts';

/** `go-dockerfile generate`. Throws a UsageError for wrong options, a folder without a program, or an existing Dockerfile. */
export async function generateCommand(args: readonly string[], console: Console): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, generateOptions);
  if (positionals.length > 1) fail('generate takes one folder');
  const folder = path.resolve(console.folder, positionals[0] ?? '.');
  await needFolder(folder, positionals[0] ?? '.');
  const facts = await createProjects({ env: console.environment }).load(folder, path.join(folder, 'Dockerfile'));
  const reading = await readForGenerator(facts, folder, console.environment);
  if (values.improve) return improveCommand(reading, folder, values.force, console);
  const [planned, choices] = decide(reading, folder, values, console);
  const files = generate(reading, choices);
  const all: readonly GeneratedFile[] = [
    { path: 'Dockerfile', text: files.dockerfile },
    { path: '.dockerignore', text: files.dockerignore },
    ...files.beside,
  ];
  if (values.json) console.out(`${JSON.stringify({ plan: planned, choices, files: all }, undefined, 2)}\n`);
  else if (values.stdout) console.out(files.dockerfile);
  else await writeAll(folder, all, values, console);
  return exitCodes.clean;
}

async function needFolder(folder: string, given: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => fail(`${given} cannot be read: ${whyNot(error)}`));
  if (!found.isDirectory()) fail(`${given} is no folder`);
}

function decide(reading: Reading, folder: string, values: Values, console: Console): [GeneratePlan, GenerateChoices] {
  const first = plan(reading, folder);
  if (first.mains.length === 0) fail(`there is no main package below ${folder}`);
  const [main, ...others] = mainsOf(values, first) ?? [first.recommended.main];
  const planned = plan(reading, folder, main);
  if (values.main === undefined && !values.yes && first.mains.length > 1) {
    const names = first.mains.map(({ id }) => id).join(', ');
    console.err(`several programs, ${planned.recommended.main} is taken: --main names another, or all (${names})\n`);
  }
  const choices = { ...chosen(planned, values, languageOf(console)), others };
  const quiet = values.json || values.stdout || choices.base !== planned.recommended.base;
  if (!quiet) console.err(`${planned.why}\n`);
  return [planned, choices];
}

/** The language that messages of programs are wanted in, as far as comments are written in it. */
function languageOf({ environment }: Console): CommentLanguage {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.startsWith('zh') ? 'zh' : 'en';
}

/** The Dockerfile is refused when there is one; other files that exist stay. --force overwrites all. */
async function writeAll(
  folder: string,
  files: readonly GeneratedFile[],
  { force }: Values,
  console: Console,
): Promise<void> {
  for (const { path: name, text } of files) {
    const target = path.join(folder, name);
    if (existsSync(target) && !force) {
      if (name === 'Dockerfile') fail(`${target} exists already: --force overwrites it, --stdout shows the new one`);
      console.err(`${target} exists already and stays as it is\n`);
      continue;
    }
    await mkdir(path.dirname(target), { recursive: true })
      .then(() => writeFile(target, text))
      .catch((error: unknown) => fail(`${target} cannot be written: ${whyNot(error)}`));
    console.err(`wrote ${target}\n`);
  }
}

import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../../server/image/engine-model.ts';

/** A tool that keeps its arguments and its variables, prints this on standard output and that as error. */
export async function pretend(
  folder: string,
  name: string,
  output: unknown,
  { code = 0, errors = 'the last line\n\n' }: { readonly code?: number; readonly errors?: string } = {},
): Promise<void> {
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  await writeProgram(folder, name, [
    `const fs = require('node:fs');`,
    `fs.writeFileSync(__filename + '.args', JSON.stringify(process.argv.slice(2)));`,
    `fs.writeFileSync(__filename + '.env', JSON.stringify(process.env));`,
    `process.stdout.write(${JSON.stringify(text)}, () =>`,
    `  process.stderr.write(${JSON.stringify(errors)}, () => process.exit(${code})));`,
  ]);
}

/** Lines of JavaScript that Node runs. */
export async function writeProgram(folder: string, name: string, lines: readonly string[]): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, [`#!${process.execPath}`, ...lines].join('\n'));
  await chmod(file, 0o755);
}

/** What it was started with last. */
export const argsOf = async (folder: string, name: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(folder, `${name}.args`), 'utf8'));

/** A variable that it was started with last. */
export async function variableOf(folder: string, name: string, variable: string): Promise<string | undefined> {
  const variables: Record<string, string> = JSON.parse(await readFile(path.join(folder, `${name}.env`), 'utf8'));
  return variables[variable];
}

/** A docker that has these images and saves this archive; a container prints `prints`. It keeps the arguments of every start. */
export async function pretendDocker(
  folder: string,
  told: { readonly images?: string; readonly prints?: string; readonly archive?: Buffer; readonly digests?: string },
): Promise<Engine> {
  const archive = path.join(folder, 'saved.tar');
  await writeFile(archive, told.archive ?? 'an archive');
  await writeProgram(folder, 'docker', [
    `const fs = require('node:fs');`,
    `const args = process.argv.slice(2);`,
    `const told = ${JSON.stringify(told)};`,
    `fs.appendFileSync(__filename + '.starts', JSON.stringify(args) + '\\n');`,
    `const output = args.indexOf('--output');`,
    `if (args[0] === 'save' && output > 0) fs.copyFileSync(${JSON.stringify(archive)}, args[output + 1]);`,
    `else if (args[0] === 'save') fs.createReadStream(${JSON.stringify(archive)}).pipe(process.stdout);`,
    `else if (args[1] === 'ls') console.log(told.images ?? '');`,
    `else if (args[1] === 'inspect') console.log(told.digests ?? '[]');`,
    `else if (args[0] === 'cp') { if (fs.readFileSync(args[1]).length === 0) process.exit(1); }`,
    `else if (args[0] === 'start') { if (told.prints === undefined) setInterval(() => {}, 1000); else console.log(told.prints); }`,
  ]);
  return {
    kind: 'docker',
    program: path.join(folder, 'docker'),
    builder: 'buildkit',
    progress: 'plain',
    title: 'docker',
    environment: { PATH: folder },
  };
}

/** Every start of the pretended docker. */
export async function startsOf(folder: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(path.join(folder, 'docker.starts'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): readonly string[] => JSON.parse(line));
}

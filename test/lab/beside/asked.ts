import { resolve } from 'node:path';
import { generate } from '../../../server/generate/generate.ts';
import { plan } from '../../../server/generate/plan.ts';
import { readForGenerator } from '../../../server/project/read-for-generator.ts';
import type { Beside, GenerateChoices } from '../../../server/protocol.ts';
import { factsOf } from '../judgement.ts';

/** A program and what is asked for it, with files beside the Dockerfile. */
export interface BesideCase {
  readonly name: string;
  /** Folder of the program; what is built lies in `below` of it. */
  readonly project: string;
  readonly below?: string;
  readonly change: Partial<GenerateChoices>;
  /** GOPRIVATE. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What the Bake file builds without a registry, a password or an emulator: targets with the platforms of each. */
  readonly bakes?: Readonly<Record<string, readonly string[]>>;
}

const here = (project: string): string => resolve(import.meta.dirname, '../projects', project);
const generated = (project: string): string => resolve(import.meta.dirname, '../generate/projects', project);

const goPrivate = { GOPRIVATE: 'git.private.test' };
const several = { main: 'cmd/cron', others: ['cmd/api', 'cmd/worker'] };

/** Everything that changes a file beside the Dockerfile. */
export const besideCases: readonly BesideCase[] = [
  { name: 'one program', project: here('hello'), change: {}, bakes: { hello: ['linux/amd64'] } },
  {
    name: 'platforms and a version',
    project: here('version'),
    change: { base: 'scratch', platforms: ['linux/amd64', 'linux/arm64', 'linux/arm/v7'] },
    bakes: { version: ['linux/amd64', 'linux/arm64', 'linux/arm/v7'] },
  },
  {
    name: 'several programs',
    project: generated('five-mains'),
    change: { ...several, base: 'scratch' },
    bakes: { cron: ['linux/amd64'], api: ['linux/amd64'], worker: ['linux/amd64'] },
  },
  { name: 'C code for two platforms', project: here('cgo'), change: { platforms: ['linux/amd64', 'linux/arm64'] } },
  {
    name: 'reproducible',
    project: here('hello'),
    change: { base: 'scratch', extras: ['reproducible'] },
    bakes: { hello: ['linux/amd64'] },
  },
  {
    name: 'a module outside',
    project: generated('outside'),
    below: 'app',
    change: { base: 'scratch' },
    bakes: { outside: ['linux/amd64'] },
  },
  { name: 'a secret', project: generated('private'), change: { credentials: 'netrc' }, environment: goPrivate },
  { name: 'an ssh agent', project: generated('private'), change: { credentials: 'ssh' }, environment: goPrivate },
  { name: 'in Chinese', project: here('hello'), change: { language: 'zh', scanner: 'trivy' } },
  { name: 'without comments', project: here('hello'), change: { comments: false, port: 8080 } },
];

/** What the generator writes for a case whose program lies in `folder`. */
export const filesFor = async (
  { change, environment = {} }: BesideCase,
  beside: Beside,
  folder: string,
): Promise<{ readonly dockerfile: string; readonly dockerignore: string; readonly text: string }> => {
  const reading = await readForGenerator(await factsOf(folder), folder, environment);
  const choices = { ...plan(reading, folder, change.main).recommended, ...change, beside: [beside] };
  const { dockerfile, dockerignore, beside: files } = generate(reading, choices);
  return { dockerfile, dockerignore, text: files[0]?.text ?? '' };
};

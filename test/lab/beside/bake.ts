import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type CurrentBuildKit, currentBuildKit } from '../../engines/current-buildkit.ts';
import { ociContext } from '../../engines/oci.ts';
import type { Engine } from '../engine.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';
import type { Row } from '../runner.ts';
import { copyFolder } from '../world.ts';
import { type BesideCase, filesFor } from './asked.ts';

interface Descriptor {
  readonly digest: string;
  readonly mediaType: string;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
}

const read = async (file: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(file, 'utf8'));

/** The platforms of an image in an OCI layout; what only attests is left out. */
const platformsIn = async (layout: string): Promise<readonly string[]> => {
  const { manifests } = (await read(join(layout, 'index.json'))) as { manifests: readonly Descriptor[] };
  const [top] = manifests;
  if (!top) return [];
  const blob = (digest: string): Promise<Record<string, unknown>> =>
    read(join(layout, 'blobs', digest.replace(':', '/')));
  const list = top.mediaType.includes('index') ? ((await blob(top.digest)).manifests as Descriptor[]) : manifests;
  return list
    .flatMap(({ platform }) => (platform && platform.os !== 'unknown' ? platform : []))
    .map(({ os, architecture, variant }) => [os, architecture, ...(variant ? [variant] : [])].join('/'))
    .sort();
};

interface Baking {
  readonly engine: Engine;
  readonly current: CurrentBuildKit;
  readonly folder: string;
  /** Has a .netrc, and a socket where an agent would listen: Bake looks whether they are there. */
  readonly home: string;
}

const bake = ({ engine, current, folder, home }: Baking, ...args: readonly string[]): Promise<string> =>
  mustRun(engine.program, ['buildx', 'bake', '--builder', current.builder, '--progress=quiet', ...args], {
    cwd: folder,
    env: {
      ...current.environment,
      VERSION: '1.2.3',
      BUILDX_BAKE_ENTITLEMENTS_FS: '0',
      HOME: home,
      SSH_AUTH_SOCK: join(home, 'agent'),
    },
    timeout: 900_000,
  });

/** A home with what private modules need, while `work` goes on. */
const withHome = async <T>(work: (home: string) => Promise<T>): Promise<T> => {
  const home = await mkdtemp(join(tmpdir(), 'lab-home-'));
  await writeFile(join(home, '.netrc'), '');
  const agent = createServer().listen(join(home, 'agent'));
  try {
    await once(agent, 'listening');
    return await work(home);
  } finally {
    agent.close();
    await rm(home, { recursive: true, force: true });
  }
};

/** The targets of the default group and their tags, as Bake reads the file. */
const targetsOf = async (baking: Baking): Promise<Readonly<Record<string, { tags: readonly string[] }>>> =>
  JSON.parse(await bake(baking, '--print')).target;

/** Builds every target and looks at what came out; empty when it is as asked. */
const built = async (
  baking: Baking,
  made: Made,
  dockerfile: string,
  wanted: NonNullable<BesideCase['bakes']>,
): Promise<string> => {
  const contexts: string[] = [];
  for (const reference of referencesOf(dockerfile)) {
    if (!reference.includes(':')) continue;
    await provide(baking.engine, made, reference);
    contexts.push('--set', `*.contexts.${reference}=${ociContext(baking.engine.program, reference)}`);
  }
  for (const [target, platforms] of Object.entries(wanted)) {
    const layout = resolve(baking.folder, '..', `${target}-layout`);
    await rm(layout, { recursive: true, force: true });
    const output = `${target}.output=type=oci,tar=false,dest=${layout}`;
    await bake(baking, ...contexts, '--set', output, target);
    const found = await platformsIn(layout);
    if (found.join() !== [...platforms].sort().join()) return `${target} is for ${found.join(', ')}`;
    await rm(layout, { recursive: true, force: true });
  }
  return '';
};

const differences = async (
  engine: Engine,
  current: CurrentBuildKit,
  made: Made,
  asked: BesideCase,
): Promise<string> => {
  const whole = resolve(workshop, 'beside', `bake-${asked.name.replaceAll(/\W+/g, '-')}`, 'project');
  await copyFolder(asked.project, whole);
  const folder = resolve(whole, asked.below ?? '');
  const { dockerfile, dockerignore, text } = await filesFor(asked, 'bake', folder);
  await writeFile(join(folder, 'Dockerfile'), dockerfile);
  await writeFile(join(folder, '.dockerignore'), dockerignore);
  await writeFile(join(folder, 'docker-bake.hcl'), text);
  return withHome((home) => baked({ engine, current, folder, home }, made, asked, { dockerfile, text }));
};

const baked = async (
  baking: Baking,
  made: Made,
  asked: BesideCase,
  { dockerfile, text }: { readonly dockerfile: string; readonly text: string },
): Promise<string> => {
  const targets = Object.entries(await targetsOf(baking));
  const untagged = targets.filter(([name, { tags }]) => tags.join() !== `${name}:1.2.3`);
  if (targets.length === 0 || untagged.length > 0) return `targets and tags are ${JSON.stringify(targets)}\n${text}`;
  const wrong = asked.bakes ? await built(baking, made, dockerfile, asked.bakes) : '';
  return wrong && `${wrong}\n${text}\n${dockerfile}`;
};

/** Bake of a current buildx reads the file that is written for a case, and builds it where the machine alone can. */
export const runBake = async (engine: Engine, made: Made, asked: BesideCase): Promise<Row> => {
  const start = performance.now();
  const row = { rule: 'beside', name: `bake, ${asked.name}` };
  const current = await currentBuildKit();
  if (!current) {
    const reason = 'no current BuildKit: test/engines/install.sh out/engines/bin builds it';
    return { ...row, verdict: 'skipped', seconds: 0, reason };
  }
  const reason = await differences(engine, current, made, asked).catch(String);
  const seconds = (performance.now() - start) / 1000;
  return { ...row, verdict: reason ? 'failed' : 'passed', seconds, reason };
};

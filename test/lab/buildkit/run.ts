import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { analyze } from '../../../server/analysis/analyze.ts';
import type { StageTrace } from '../../../server/analysis/trace/model.ts';
import type { CurrentBuildKit } from '../../engines/current-buildkit.ts';
import { ociContext } from '../../engines/oci.ts';
import { projectOf } from '../../support/project.ts';
import { onCurrentBuildKit } from '../current.ts';
import type { Engine } from '../engine.ts';
import { writeFolder } from '../folder.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';
import type { Row } from '../runner.ts';
import type { BuildKitCase } from './cases.ts';

/** Files and folders of an image, absolute, each with `/` behind a folder. */
type Contents = ReadonlySet<string>;

const contentsOf = async (tar: string): Promise<Contents> =>
  new Set((await mustRun('tar', ['--list', '--file', tar])).split('\n').map((name) => `/${name}`));

const stateIn = (contents: Contents, path: string): 'file' | 'folder' | 'absent' => {
  if (contents.has(`${path}/`)) return 'folder';
  return contents.has(path) ? 'file' : 'absent';
};

/** What the trace says; a file that it knows is `present`. */
const stateOf = (stage: StageTrace, path: string): 'file' | 'folder' | 'absent' | 'unknown' => {
  const { state } = stage.lookup(path);
  return state === 'present' ? 'file' : state;
};

const builtTar = async (
  engine: Engine,
  { builder, environment }: CurrentBuildKit,
  made: Made,
  folder: string,
  { dockerfile, options = [] }: BuildKitCase,
): Promise<string> => {
  const references = referencesOf(dockerfile).filter((reference) => /:/.test(reference));
  for (const reference of references) await provide(engine, made, reference);
  const contexts = references.map(
    (reference) => `--build-context=${reference}=${ociContext(engine.program, reference)}`,
  );
  const tar = resolve(folder, '..', 'image.tar');
  const args = ['buildx', 'build', '--builder', builder, '--network=none', '--output', `type=tar,dest=${tar}`];
  await mustRun(engine.program, [...args, ...contexts, ...options, '.'], { cwd: folder, env: environment });
  return tar;
};

/** What the trace says against what is in the image; empty when it is the same. */
const differences = async (stage: StageTrace, tar: string, labCase: BuildKitCase): Promise<string> => {
  const contents = await contentsOf(tar);
  const { sure = {}, asked = [], holds = {} } = labCase;
  for (const [path, state] of Object.entries(sure)) {
    const [really, said] = [stateIn(contents, path), stateOf(stage, path)];
    if (really !== state || said !== state) return `${path} is ${really}, and the trace says ${said}`;
  }
  for (const path of asked) {
    const [really, said] = [stateIn(contents, path), stateOf(stage, path)];
    if (said !== 'unknown' && said !== really) return `${path} is ${really}, and the trace says ${said}`;
  }
  for (const [path, text] of Object.entries(holds)) {
    const found = await mustRun('tar', ['--extract', '--to-stdout', '--file', tar, path]);
    if (found !== text.trim()) return `${path} holds ${found}`;
  }
  return '';
};

const surprise = async (
  engine: Engine,
  current: CurrentBuildKit,
  made: Made,
  labCase: BuildKitCase,
): Promise<string> => {
  const { files = {}, dockerfile, name } = labCase;
  const folder = resolve(workshop, 'buildkit', name.replaceAll(/\W+/g, '-'), 'context');
  await writeFolder(folder, { ...files, Dockerfile: dockerfile });
  const tar = await builtTar(engine, current, made, folder, labCase);
  const stage = analyze(dockerfile, projectOf(files)).trace.stages.at(-1);
  const found = stage ? await differences(stage, tar, labCase) : 'there is no stage';
  await rm(tar, { force: true });
  return found;
};

/** Builds one case with a current BuildKit and compares the image with what the trace says of it. */
export const runBuildKitCase = (engine: Engine, made: Made, labCase: BuildKitCase): Promise<Row> =>
  onCurrentBuildKit({ rule: 'buildkit', name: labCase.name }, (current) => surprise(engine, current, made, labCase));

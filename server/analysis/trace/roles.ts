import type { Stage } from '../dockerfile/model.ts';
import type { StageRole } from './model.ts';

const notShipped = new Set([
  'dev',
  'devel',
  'develop',
  'development',
  'debug',
  'debugger',
  'test',
  'tests',
  'testing',
  'unittest',
  'lint',
  'linter',
  'ci',
  'tool',
  'tools',
  'tooling',
  'devcontainer',
  'bench',
  'benchmark',
  'e2e',
  'coverage',
  'docs',
  'codegen',
  'local',
]);

const saysDevelopment = (name: string | undefined): boolean =>
  name?.split(/[-_.]/).some((part) => notShipped.has(part)) ?? false;

const developmentFile =
  /(^|[._-])(dev|devel|development|debug|tests?|testing|e2e|lint|coverage|bench|local|tilt)([._-]|$)/;

/** `Dockerfile.dev`, `tilt.dockerfile`: its last stage is not shipped either. What CI packs (`Dockerfile.ci`) is. */
const isDevelopmentFile = (dockerfile: string | undefined): boolean =>
  developmentFile.test(dockerfile?.split('/').at(-1)?.toLowerCase() ?? '');

const inDevcontainer = (dockerfile: string | undefined): boolean =>
  dockerfile?.split('/').some((part) => part === '.devcontainer') ?? false;

/** Folders of what is built to test, measure or develop the project: no image in them is for its users. */
const testFolders = new Set([
  ...['dev', 'devel', 'development', 'debug', 'lint', 'hack'],
  ...[
    'test',
    'tests',
    'testing',
    'testdata',
    'integrationtest',
    'integrationtests',
    'e2e',
    'fixtures',
    'mock',
    'mocks',
  ],
  ...['bench', 'benchmark', 'benchmarks'],
]);

const inTestFolder = (dockerfile: string | undefined): boolean =>
  dockerfile
    ?.split('/')
    .slice(0, -1)
    .some((folder) => folder.split(/[-_.]/).some((part) => testFolders.has(part))) ?? false;

/** Stages that callers build by name. */
export type Targets = ReadonlySet<string>;

/** What a stage is for: a stage nothing uses, or that a caller builds, can be shipped, unless its name or the file's folder says otherwise. */
export const roleOf = (
  stage: Stage,
  count: number,
  used: boolean,
  { targets, dockerfile }: { readonly targets: Targets; readonly dockerfile: string | undefined },
): StageRole => {
  if (used && !targets.has(stage.name ?? '')) return 'intermediate';
  if (saysDevelopment(stage.name) || inDevcontainer(dockerfile) || isDevelopmentFile(dockerfile)) return 'development';
  if (inTestFolder(dockerfile)) return 'test';
  return stage.index === count - 1 ? 'final' : 'target';
};

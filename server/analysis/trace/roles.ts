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

/** What is run for its output or its verdict, unless it is the last stage. */
const notShippedBefore = new Set([
  ...['check', 'checks', 'fmt', 'format', 'gen', 'generate', 'mock', 'mocks', 'tidy', 'validate', 'verify', 'vet'],
]);

const says = (names: ReadonlySet<string>, name: string | undefined): boolean =>
  name?.split(/[-_.]/).some((part) => names.has(part)) ?? false;

const developmentFile =
  /(^|[._-])(dev|devel|development|debug|tests?|testing|integration|e2e|lint|coverage|bench|local|tilt)([._-]|$)/;

/** `Dockerfile.dev`, `tilt.dockerfile`: its last stage is not shipped either. What CI packs (`Dockerfile.ci`) is. */
const isDevelopmentFile = (dockerfile: string | undefined): boolean =>
  developmentFile.test(dockerfile?.split('/').at(-1)?.toLowerCase() ?? '');

const inDevcontainer = (dockerfile: string | undefined): boolean =>
  dockerfile?.split('/').some((part) => part === '.devcontainer') ?? false;

/** A template is no Dockerfile yet: what is beside it is the project that makes files of it, not the one it is for. */
export const isTemplate = (dockerfile: string | undefined): boolean =>
  /\.(?:tmpl|tpl|template|gotmpl|gotpl|j2|jinja2?|erb|ejs|hbs|mustache|in)$/i.test(dockerfile ?? '');

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

/** What the roles of the stages of a file depend on, beside their names. */
interface Shipping {
  /** For each stage, the later ones that use it. */
  readonly users: readonly (readonly number[])[];
  readonly targets: Targets;
  /** Path of the Dockerfile, with the folder of the context. */
  readonly dockerfile: string | undefined;
}

/** The role of a stage nothing uses, or that a caller builds: it can be shipped, unless its name or the file's folder says otherwise. */
const ownRole = (stage: Stage, count: number, dockerfile: string | undefined): StageRole => {
  const isLast = stage.index === count - 1;
  if (says(notShipped, stage.name) || (!isLast && says(notShippedBefore, stage.name))) return 'development';
  if (inDevcontainer(dockerfile) || isDevelopmentFile(dockerfile)) return 'development';
  if (inTestFolder(dockerfile)) return 'test';
  return isLast ? 'final' : 'target';
};

/** What each stage is for. What only stages use that are not shipped is not shipped either. */
export const rolesOf = (stages: readonly Stage[], { users, targets, dockerfile }: Shipping): readonly StageRole[] => {
  const roles: StageRole[] = [];
  // Users come later in the file.
  for (const stage of [...stages].reverse()) {
    const own = users[stage.index] ?? [];
    const isOwn = own.length === 0 || targets.has(stage.name ?? '');
    const supports = own.every((user) => roles[user] === 'development' || roles[user] === 'test');
    roles[stage.index] = isOwn ? ownRole(stage, stages.length, dockerfile) : supports ? 'development' : 'intermediate';
  }
  return roles;
};

/** An example, or an image that CI works in: it can be shipped, and what it starts is nobody's product. */
export const isForShow = (dockerfile: string | undefined): boolean =>
  dockerfile?.split(/[/._-]/).some((part) => /^(ci|examples?)$/i.test(part)) ?? false;

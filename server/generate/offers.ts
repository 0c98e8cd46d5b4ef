import type { Reading } from '../analysis/go/reading.ts';
import type { Beside, Credentials, Extra, Option } from '../protocol.ts';
import { dirOf, type Layout } from './layout.ts';
import { type PrivateModules, privateModules } from './private-modules.ts';
import { webStage } from './web.ts';

const always: readonly Option<Extra>[] = [
  { id: 'debug', label: 'Debug target', detail: 'a stage with Delve on port 40000, built only when asked for' },
  { id: 'reproducible', label: 'Reproducible', detail: 'the same sources give the same bytes (SOURCE_DATE_EPOCH)' },
  {
    id: 'upx',
    label: 'Pack with UPX',
    detail: 'a third of the size on disk, 6 to 25 % less to pull; starts 40 to 240 ms later, scanners see nothing',
  },
];

const testOffer: Option<Extra> = {
  id: 'test',
  label: 'Test target',
  detail: 'a stage that runs go test, built only when asked for',
};

/** What the project gives reason for, beside what every one can have. */
export const extrasFor = (reading: Reading, main: string): readonly Option<Extra>[] => {
  const { surroundings } = reading;
  const web = webStage(reading, main);
  const { health } = reading.signals(dirOf(main));
  const labels = [surroundings.source, surroundings.licence].flatMap((value) => value ?? []);
  const asks = health.argument ?? (health.route === undefined ? undefined : `${health.route}, on Alpine`);
  return [
    ...(labels.length > 0
      ? [{ id: 'labels', label: 'Labels', detail: `OCI labels: ${labels.join(', ')}` } as const]
      : []),
    ...(asks === undefined ? [] : [{ id: 'healthcheck', label: 'Health check', detail: `asks ${asks}` } as const]),
    ...(web
      ? [{ id: 'web', label: 'Node stage', detail: `${web.manager} builds ${web.output}, which is embedded` } as const]
      : []),
    ...(surroundings.tests.length > 0 ? [testOffer] : []),
    ...always,
  ];
};

/** Extras that cost nothing and are taken unless the user says otherwise. */
export const usualExtras = (offered: readonly Option<Extra>[]): readonly Extra[] =>
  offered.map(({ id }) => id).filter((id) => id === 'labels' || id === 'healthcheck' || id === 'web');

/** Files that can stand beside the Dockerfile. */
export const besideOffers: readonly Option<Beside>[] = [
  { id: 'compose', label: 'compose.yaml', detail: 'runs it read-only and without rights' },
  { id: 'bake', label: 'docker-bake.hcl', detail: 'all targets and platforms with docker buildx bake' },
  {
    id: 'workflow',
    label: '.github/workflows/image.yml',
    detail: 'builds for every platform with provenance and SBOM, scans, signs, tags from git',
  },
];

const how: readonly Option<Credentials>[] = [
  { id: 'netrc', label: 'Secret', detail: 'docker build --secret id=netrc,src=$HOME/.netrc' },
  { id: 'ssh', label: 'SSH agent', detail: 'docker build --ssh default' },
  { id: 'none', label: 'None', detail: 'every module is public, or the proxy has them' },
];

/** Ways to fetch private modules; empty when none looks private. */
export const credentialsFor = (reading: Reading, layout: Layout): readonly Option<Credentials>[] =>
  privateModules(reading, layout).patterns.length > 0 ? how : [];

/** A secret where modules are surely private. */
export const usualCredentials = ({ sure }: PrivateModules): Credentials => (sure.length > 0 ? 'netrc' : 'none');

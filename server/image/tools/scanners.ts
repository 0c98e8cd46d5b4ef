import type { ToolReport } from '../report/run-model.ts';
import {
  type Contained,
  counted,
  failed,
  field,
  list,
  type Output,
  outputOf,
  parsed,
  type Result,
  type Tool,
  textOf,
} from './tool.ts';
import { summaryOf, type Vulnerability } from './vulnerabilities.ts';

const syft = scanner({
  tool: 'syft',
  get: 'go install github.com/anchore/syft/cmd/syft@latest',
  repositories: ['anchore/syft', 'ghcr.io/anchore/syft'],
  network: false,
  silence: { SYFT_CHECK_FOR_APP_UPDATE: 'false' },
  args: (archive) => ['scan', `docker-archive:${archive}`, '--output', 'syft-json', '--quiet'],
  key: 'artifacts',
  result: (output) => ({ state: 'ran', summary: counted(list(output, 'artifacts').length, 'package') }),
});

/** With `--quiet` it would keep to itself why it failed. */
const grype = scanner({
  tool: 'grype',
  get: 'go install github.com/anchore/grype/cmd/grype@latest',
  repositories: ['anchore/grype', 'ghcr.io/anchore/grype'],
  network: true,
  silence: { GRYPE_CHECK_FOR_APP_UPDATE: 'false' },
  args: (archive) => [`docker-archive:${archive}`, '--output', 'json'],
  key: 'matches',
  database: { missing: /database does not exist/, get: 'grype db update' },
  result: (output) => summaryOf(list(output, 'matches').map(ofGrype)),
});

/** Without these variables it sends what machine it is on and how it was called to its makers. */
const trivy = scanner({
  tool: 'trivy',
  get: 'https://trivy.dev/latest/getting-started/installation/',
  repositories: ['aquasec/trivy', 'ghcr.io/aquasecurity/trivy'],
  network: true,
  silence: { TRIVY_DISABLE_TELEMETRY: 'true', TRIVY_SKIP_VERSION_CHECK: 'true' },
  args: (archive) => [
    'image',
    '--format',
    'json',
    '--quiet',
    '--scanners',
    'vuln',
    '--offline-scan',
    '--input',
    archive,
  ],
  key: 'SchemaVersion',
  database: {
    missing: /failed to download vulnerability DB|--skip-db-update cannot be specified on the first run/,
    get: 'trivy image --download-db-only',
  },
  result: (output) =>
    field(output, 'Results') === undefined
      ? { state: 'ran', summary: 'found no packages to look up' }
      : summaryOf(list(output, 'Results').flatMap(ofTrivy)),
});

function ofGrype(match: unknown): Vulnerability {
  const [vulnerability, artifact] = [field(match, 'vulnerability'), field(match, 'artifact')];
  const isGo = field(artifact, 'type') === 'go-module';
  return {
    severity: textOf(field(vulnerability, 'severity')),
    name: textOf(field(vulnerability, 'id')),
    package: textOf(field(artifact, 'name')),
    version: textOf(field(artifact, 'version')),
    fixed: list(field(vulnerability, 'fix'), 'versions').map(textOf).join(' or '),
    program: isGo ? textOf(field(list(artifact, 'locations')[0], 'path')) : '',
  };
}

function ofTrivy(result: unknown): readonly Vulnerability[] {
  const program = field(result, 'Type') === 'gobinary' ? `/${textOf(field(result, 'Target'))}` : '';
  return list(result, 'Vulnerabilities').map((one) => ({
    severity: textOf(field(one, 'Severity')),
    name: textOf(field(one, 'VulnerabilityID')),
    package: textOf(field(one, 'PkgName')),
    version: textOf(field(one, 'InstalledVersion')),
    fixed: textOf(field(one, 'FixedVersion')),
    program,
  }));
}

/** Those that look into whole images. */
export const scanners: readonly Tool[] = [syft, grype, trivy];

interface Scanner extends Pick<Contained, 'repositories' | 'network' | 'silence' | 'args'> {
  readonly tool: ToolReport['tool'];
  readonly get: string;
  /** A key that its output always has. */
  readonly key: string;
  /** How it says that it has no database, and the command that downloads one. */
  readonly database?: { readonly missing: RegExp; readonly get: string };
  readonly result: (output: unknown) => Result;
}

function scanner({ tool, get, args, key, database, result, ...contained }: Scanner): Tool {
  const resultOf = (output: Output, remedy = ''): Result => {
    const said = parsed(output.stdout);
    // Some end with another code when they find something: what they print says whether they worked.
    if (field(said, key) !== undefined) return result(said);
    if (!database?.missing.test(output.errors)) return failed(output);
    return { state: 'failed', summary: `has no vulnerability database, so nothing was looked up${remedy}` };
  };
  return {
    tool,
    get,
    run: async (program, { archive }, environment, signal) => {
      const remedy = database && `: get one with ${database.get}`;
      const variables = { ...environment, ...contained.silence };
      return resultOf(await outputOf(program, args(await archive()), variables, signal), remedy);
    },
    contained: { ...contained, args, result: (output) => resultOf(output) },
  };
}

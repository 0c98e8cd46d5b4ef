import type { ToolReport } from '../report/run-model.ts';
import { withSaved } from './saved.ts';
import {
  counted,
  failed,
  field,
  type ImagePlace,
  list,
  type Output,
  outputOf,
  parsed,
  type Result,
  type Tool,
  textOf,
} from './tool.ts';

const syft = scanner({
  tool: 'syft',
  get: 'go install github.com/anchore/syft/cmd/syft@latest',
  repositories: ['anchore/syft', 'ghcr.io/anchore/syft'],
  network: false,
  args: (image) => ['scan', sourceOf(image), '--output', 'syft-json', '--quiet'],
  key: 'artifacts',
  summary: (output) => counted(list(output, 'artifacts').length, 'package'),
});

const grype = scanner({
  tool: 'grype',
  get: 'go install github.com/anchore/grype/cmd/grype@latest',
  repositories: ['anchore/grype', 'ghcr.io/anchore/grype'],
  network: true,
  args: (image) => [sourceOf(image), '--output', 'json', '--quiet'],
  key: 'matches',
  summary: (output) => {
    const matches = list(output, 'matches');
    return vulnerabilities(matches.map((match) => textOf(field(field(match, 'vulnerability'), 'severity'))));
  },
});

const trivy = scanner({
  tool: 'trivy',
  get: 'https://trivy.dev/latest/getting-started/installation/',
  repositories: ['aquasec/trivy', 'ghcr.io/aquasecurity/trivy'],
  network: true,
  args: (image) => [
    'image',
    '--format',
    'json',
    '--quiet',
    ...('archive' in image ? ['--input', image.archive] : ['--image-src', image.engine.kind, image.reference]),
  ],
  key: 'SchemaVersion',
  summary: (output) => {
    const found = list(output, 'Results').flatMap((result) => list(result, 'Vulnerabilities'));
    return vulnerabilities(found.map((one) => textOf(field(one, 'Severity'))));
  },
});

/** Engines that they ask for an image by themselves. */
const asked: readonly string[] = ['docker', 'podman'];

/** Those that look into whole images. */
export const scanners: readonly Tool[] = [syft, grype, trivy];

function sourceOf(image: ImagePlace): string {
  if ('archive' in image) return `docker-archive:${image.archive}`;
  return `${image.engine.kind === 'podman' ? 'podman' : 'docker'}:${image.reference}`;
}

interface Scanner {
  readonly tool: ToolReport['tool'];
  readonly get: string;
  readonly repositories: readonly string[];
  readonly network: boolean;
  readonly args: (image: ImagePlace) => readonly string[];
  /** A key that its output always has. */
  readonly key: string;
  /** One line from what it printed. */
  readonly summary: (output: unknown) => string;
}

function scanner({ tool, get, repositories, network, args, key, summary }: Scanner): Tool {
  const result = (output: Output): Result => {
    const said = parsed(output.stdout);
    // Some end with another code when they find something: what they print says whether they worked.
    return field(said, key) === undefined ? failed(output) : { state: 'ran', summary: summary(said) };
  };
  return {
    tool,
    get,
    run: async (program, { image }, environment, signal) => {
      const run = async (place: ImagePlace): Promise<Result> =>
        result(await outputOf(program, args(place), environment, signal));
      return 'archive' in image || asked.includes(image.engine.kind)
        ? run(image)
        : withSaved(image.engine, image.reference, signal, (archive) => run({ archive }));
    },
    contained: { repositories, network, args: (archive) => args({ archive }), result },
  };
}

function vulnerabilities(severities: readonly string[]): string {
  if (severities.length === 0) return 'no known vulnerabilities';
  const order = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];
  const counts = order.flatMap((severity) => {
    const count = severities.filter((one) => one.toLowerCase() === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${counted(severities.length, 'known vulnerability', 'known vulnerabilities')}: ${counts.join(', ')}`;
}

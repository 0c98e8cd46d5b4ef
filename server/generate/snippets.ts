import type { FinalBase } from '../protocol.ts';
import { dockerfileText } from './dockerfile-text.ts';
import { builderImage, finalImage, newestGoLine } from './images.ts';
import { noAuthorFlags, type Program, type Recipe } from './recipe.ts';

/** A whole Dockerfile with tab stops. */
export interface DockerfileSnippet {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  /** With `${1:default}` tab stops, every other `$` escaped. */
  readonly body: string;
  /** The same with the defaults in place. */
  readonly expanded: string;
  /** It copies vendor/ and downloads nothing. */
  readonly vendored: boolean;
  /** It fits programs that need C. */
  readonly cgo: boolean;
}

/** The Go version the tab stop offers. */
const goVersion = newestGoLine(['1.26']);

/** Placeholder in the recipe, tab stop, default. */
const stops = [
  ['GoVersionStop', '1', '1.26'],
  ['MainPackageStop', '2', '.'],
  ['ProgramNameStop', '3', 'app'],
] as const;

const stopped = (text: string): string =>
  stops.reduce(
    (all, [mark, number, value]) => all.replaceAll(mark, () => `\${${number}:${value}}`),
    text.replace(/[\\$]/g, '\\$&'),
  );

const filled = (text: string): string => stops.reduce((all, [mark, , value]) => all.replaceAll(mark, value), text);

interface Change {
  readonly cgo?: boolean;
  readonly vendored?: boolean;
  readonly platforms?: readonly string[];
}

const program = (base: FinalBase): Program => ({
  name: 'ProgramNameStop',
  output: '/out/ProgramNameStop',
  path: '/usr/local/bin/ProgramNameStop',
  operand: 'MainPackageStop',
  final: finalImage(base),
  runPackages: [],
  certificates: base === 'scratch' || base === 'debian' ? 'yes' : 'no',
  zones: 'no',
  passwd: false,
  temp: false,
  writesTemp: false,
  runtimeFiles: [],
  port: undefined,
  labels: [],
  healthcheck: undefined,
});

const recipe = (base: FinalBase, { cgo = false, vendored = false, platforms = [] }: Change = {}): Recipe => ({
  base,
  builder: builderImage(goVersion, cgo, base).replace('1.26', 'GoVersionStop'),
  cgo,
  cxx: false,
  buildPackages: [],
  workdir: '/src',
  root: '/src',
  copyModules: vendored ? [] : ['COPY go.mod go.sum* ./'],
  namedContexts: [],
  vendored,
  saysVendor: false,
  credentials: 'none',
  goPrivate: [],
  cache: 'mounts',
  platforms,
  emulated: [],
  comments: true,
  language: 'en',
  versionVariables: [],
  withoutCommit: false,
  authorFlags: noAuthorFlags,
  upx: false,
  reproducible: false,
  test: undefined,
  debug: false,
  web: undefined,
  programs: [program(base)],
});

const snippet = (name: string, prefix: string, description: string, from: Recipe): DockerfileSnippet => {
  const text = dockerfileText(from);
  const { vendored, cgo } = from;
  return { name, prefix, description, body: stopped(text), expanded: filled(text), vendored, cgo };
};

/** The snippets, made by the templates of the generator. */
export const dockerfileSnippets: readonly DockerfileSnippet[] = [
  snippet('Go on scratch', 'go-scratch', 'Static Go program and nothing else', recipe('scratch')),
  snippet(
    'Go on distroless',
    'go-distroless',
    'Static Go program with certificates and time zones, no shell',
    recipe('distroless-static'),
  ),
  snippet('Go on Alpine', 'go-alpine', 'Static Go program beside a shell and apk', recipe('alpine')),
  snippet('Go with C on Debian', 'go-debian-cgo', 'Go program with cgo and glibc', recipe('debian', { cgo: true })),
  snippet(
    'Go from vendor',
    'go-vendored',
    'Static Go program from vendor/, without a download',
    recipe('distroless-static', { vendored: true }),
  ),
  snippet(
    'Go for several platforms',
    'go-cross-platform',
    'Static Go program, cross-compiled for the platform asked for',
    recipe('distroless-static', { platforms: ['linux/amd64', 'linux/arm64'] }),
  ),
];

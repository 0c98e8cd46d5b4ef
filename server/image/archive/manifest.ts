import path from 'node:path';

/** What was read of an archive by the names in it; a layer is whatever holds a tar. */
export interface ArchiveParts<Layer> {
  readonly layers: ReadonlyMap<string, Layer>;
  /** Old archives store a layer that occurs twice once, and link to it. */
  readonly links: ReadonlyMap<string, string>;
  readonly json: ReadonlyMap<string, string>;
}

/** One image of an archive, layers from the lowest on. */
export interface ArchivedImage<Layer> {
  readonly layers: readonly Layer[];
  readonly config: ImageConfig;
}

/** What an image's configuration says; empty for what it does not. */
export interface ImageConfig {
  /** Such as `linux/arm/v7`. */
  readonly platform: string;
  /** RFC 3339. */
  readonly created: string;
  readonly user: string;
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** `NAME=value`. */
  readonly env: readonly string[];
  readonly ports: readonly string[];
  readonly layerIds: readonly string[];
  readonly history: readonly { readonly createdBy: string; readonly empty: boolean }[];
}

/** Puts an image together: the first of a docker archive, or the one for `platform` of an OCI layout. Throws a sentence. */
export function imageOf<Layer>(parts: ArchiveParts<Layer>, platform: string): ArchivedImage<Layer> {
  const docker = parts.json.get('manifest.json');
  const { config, layers } = docker === undefined ? fromIndex(parts, platform) : fromDocker(docker);
  return {
    layers: layers.map((name) => {
      const layer = parts.layers.get(followed(path.posix.normalize(name), parts.links));
      if (layer === undefined) throw new Error(`the saved image is incomplete: layer ${name} is missing`);
      return layer;
    }),
    config: readConfig(parsed(parts.json.get(config))),
  };
}

interface Names {
  readonly config: string;
  readonly layers: readonly string[];
}

function followed(name: string, links: ReadonlyMap<string, string>): string {
  let at = name;
  // A chain longer than the links is a circle.
  for (let left = links.size; left > 0; left -= 1) {
    const next = links.get(at);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

function fromDocker(text: string): Names {
  const list = parsed(text);
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const layers = field(first, 'Layers');
  if (!Array.isArray(layers) && layers !== null)
    throw new Error('the manifest.json of the saved image names no layers');
  return { config: path.posix.normalize(string(field(first, 'Config'))), layers: strings(layers) };
}

const mostManifests = 100;

/** Indexes may hold indexes; attestations are manifests for the platform `unknown`. */
function fromIndex<Layer>({ json, layers }: ArchiveParts<Layer>, platform: string): Names {
  const index = json.get('index.json');
  if (index === undefined)
    throw new Error('the archive has neither manifest.json nor index.json: it is not of an image');
  const found: { readonly platform: string; readonly names: Names }[] = [];
  const waiting: { readonly text: string | undefined; readonly platform: string; readonly depth: number }[] = [
    { text: index, platform: '', depth: 0 },
  ];
  for (let next = waiting.pop(); next && found.length < mostManifests; next = waiting.pop()) {
    const value = parsed(next.text);
    for (const child of array(field(value, 'manifests')).toReversed()) {
      const text = json.get(blob(field(child, 'digest')));
      if (next.depth < 4) waiting.push({ text, platform: platformOf(field(child, 'platform')), depth: next.depth + 1 });
    }
    const config = blob(field(field(value, 'config'), 'digest'));
    if (config === '' || next.platform.startsWith('unknown')) continue;
    const names = { config, layers: array(field(value, 'layers')).map((layer) => blob(field(layer, 'digest'))) };
    found.push({ platform: next.platform || platformOf(parsed(json.get(config))), names });
  }
  const whole = found.filter(({ names }) => names.layers.every((name) => layers.has(name)));
  const best = whole.find((one) => one.platform === platform) ?? whole[0] ?? found[0];
  if (!best) throw new Error('the index.json of the archive names no image');
  return best.names;
}

/** `sha256:abc` -> `blobs/sha256/abc`. */
const blob = (digest: unknown): string => (typeof digest === 'string' ? `blobs/${digest.replace(':', '/')}` : '');

function platformOf(value: unknown): string {
  const parts = [field(value, 'os'), field(value, 'architecture'), field(value, 'variant')].map(string);
  // The variant says nothing where there is only one.
  const shown = parts[1] === 'arm64' && parts[2] === 'v8' ? parts.slice(0, 2) : parts;
  return shown.filter((part) => part !== '').join('/');
}

function readConfig(value: unknown): ImageConfig {
  const config = field(value, 'config');
  return {
    platform: platformOf(value),
    created: string(field(value, 'created')),
    user: string(field(config, 'User')),
    workdir: string(field(config, 'WorkingDir')),
    entrypoint: strings(field(config, 'Entrypoint')),
    cmd: strings(field(config, 'Cmd')),
    env: strings(field(config, 'Env')),
    ports: Object.keys(field(config, 'ExposedPorts') ?? {}),
    layerIds: strings(field(field(value, 'rootfs'), 'diff_ids')),
    history: array(field(value, 'history')).map((entry) => ({
      createdBy: string(field(entry, 'created_by')),
      empty: field(entry, 'empty_layer') === true,
    })),
  };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const string = (value: unknown): string => (typeof value === 'string' ? value : '');
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const strings = (value: unknown): readonly string[] => array(value).filter((each) => typeof each === 'string');

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

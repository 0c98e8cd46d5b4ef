import path from 'node:path';

/** A layer with the instruction that made it, as the image's history tells it (empty when it tells nothing). */
interface LayerSize {
  readonly size: number;
  readonly createdBy: string;
}

/** Sizes of a saved image in bytes; see `ImageSize`. */
export interface SavedImage {
  readonly unpacked: number;
  readonly compressed: number | undefined;
  readonly layers: readonly LayerSize[];
}

/** What was read from an archive, by the names in it. */
export interface SavedParts {
  readonly layers: Map<string, { readonly unpacked: number; readonly compressed: number | undefined }>;
  /** Old archives store a layer that occurs twice once, and link to it. */
  readonly links: Map<string, string>;
  readonly json: Map<string, string>;
}

/** Puts the parts together in the order of the image's layers. Throws a sentence when one is missing. */
export function fromManifest(parts: SavedParts): SavedImage {
  const manifest = firstManifest(parts.json.get('manifest.json'));
  const created = createdBy(parts.json.get(manifest.config));
  const sizes = manifest.layers.map((name) => {
    const size = parts.layers.get(target(path.posix.normalize(name), parts.links));
    if (!size) throw new Error(`the saved image is incomplete: layer ${name} is missing`);
    return size;
  });
  const packed = sizes.map(({ compressed }) => compressed);
  return {
    unpacked: sizes.reduce((sum, { unpacked }) => sum + unpacked, 0),
    compressed: packed.every((size) => size !== undefined) ? packed.reduce((sum, size) => sum + size, 0) : undefined,
    layers: sizes.map(({ unpacked }, index) => ({
      size: unpacked,
      createdBy: created.length === sizes.length ? (created[index] ?? '') : '',
    })),
  };
}

function target(name: string, links: ReadonlyMap<string, string>): string {
  let at = name;
  // A chain longer than the links is a circle.
  for (let left = links.size; left > 0; left--) at = links.get(at) ?? at;
  return at;
}

function firstManifest(text: string | undefined): { readonly config: string; readonly layers: readonly string[] } {
  if (text === undefined) throw new Error('the saved image has no manifest.json');
  const list = parsed(text);
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const layers = field(first, 'Layers');
  if (!Array.isArray(layers) && layers !== null)
    throw new Error('the manifest.json of the saved image names no layers');
  const config = field(first, 'Config');
  return {
    config: typeof config === 'string' ? path.posix.normalize(config) : '',
    layers: (layers ?? []).filter((layer) => typeof layer === 'string'),
  };
}

function createdBy(config: string | undefined): readonly string[] {
  const history = config === undefined ? undefined : field(parsed(config), 'history');
  if (!Array.isArray(history)) return [];
  return history
    .filter((entry) => field(entry, 'empty_layer') !== true)
    .map((entry) => String(field(entry, 'created_by') ?? ''));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

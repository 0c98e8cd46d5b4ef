import type { BuildOptions, BuildSecret } from '../protocol.ts';

/** Options of unknown origin; what is not understood is left out. */
export function readBuildOptions(value: unknown): BuildOptions {
  const known = {
    target: text(field(value, 'target')),
    platform: text(field(value, 'platform')),
    buildArgs: texts(field(value, 'buildArgs')),
    secrets: list(field(value, 'secrets')).flatMap(secretOf),
    ssh: words(field(value, 'ssh')),
    contexts: texts(field(value, 'contexts')),
    network: networkOf(field(value, 'network')),
    gitTags: text(field(value, 'gitTags')),
    answered: words(field(value, 'answered')),
  };
  return Object.fromEntries(Object.entries(known).filter(([, one]) => !isNothing(one)));
}

const isNothing = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const words = (value: unknown): readonly string[] => list(value).filter((one) => typeof one === 'string');

const texts = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'string'))
    : {};

const networkOf = (value: unknown): 'none' | 'host' | undefined =>
  value === 'none' || value === 'host' ? value : undefined;

function secretOf(value: unknown): readonly BuildSecret[] {
  const [id, file, env] = [text(field(value, 'id')), text(field(value, 'file')), text(field(value, 'env'))];
  if (id === undefined || (file === undefined && env === undefined)) return [];
  return [{ id, ...(file === undefined ? {} : { file }), ...(env === undefined ? {} : { env }) }];
}

import type { ImageRef } from './model.ts';

const pattern =
  /^((?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*)(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$/;

const isRegistry = (part: string): boolean => /[.:]/.test(part) || part === 'localhost' || part !== part.toLowerCase();

/** Splits a reference as Docker does; undefined for what Docker refuses (capitals in the name, an empty tag). */
export const parseImageRef = (text: string): ImageRef | undefined => {
  const slash = text.indexOf('/');
  const first = slash > 0 ? text.slice(0, slash) : '';
  const hasRegistry = first !== '' && isRegistry(first);
  const match = pattern.exec(hasRegistry ? text.slice(slash + 1) : text);
  const name = match?.[1];
  if (!match || name === undefined) return undefined;
  const registry = hasRegistry && !/^(index|registry-1)\.docker\.io$/.test(first) ? first : 'docker.io';
  const repository = registry === 'docker.io' ? name.replace(/^library\//, '') : name;
  return { raw: text, registry, repository, tag: match[2], digest: match[3] };
};

const mirrors: readonly string[] = ['public.ecr.aws/docker/library/', 'mirror.gcr.io/library/', 'mirror.gcr.io/'];

/** The name of a Docker official image (`golang`, `alpine`), also by a mirror that carries the same images; else undefined. */
export const officialName = ({ registry, repository }: ImageRef): string | undefined => {
  if (registry === 'docker.io') return repository.includes('/') ? undefined : repository;
  const full = `${registry}/${repository}`;
  const mirror = mirrors.find((prefix) => full.startsWith(prefix));
  const name = mirror && full.slice(mirror.length);
  return name && !name.includes('/') ? name : undefined;
};

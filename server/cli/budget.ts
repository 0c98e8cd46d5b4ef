import type { Dockerfile } from '../analysis/dockerfile/model.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gib: 1024 ** 3,
};

/** Bytes of `20MB`, `1.5 GiB` or `5000000`; undefined for what is no size. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = match && units[(match[2] ?? '').toLowerCase()];
  return match && unit !== undefined && unit !== null ? Math.round(Number(match[1]) * unit) : undefined;
}

/** The budget that a comment `# go-dockerfile budget=20MB` sets, in bytes. */
export function budgetIn({ comments }: Dockerfile): number | undefined {
  for (const { text } of comments) {
    const size = /^go-dockerfile\s+budget=(\S+)/.exec(text)?.[1];
    if (size !== undefined) return parseSize(size);
  }
  return undefined;
}

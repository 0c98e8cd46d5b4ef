import type { Dockerfile } from './dockerfile/model.ts';

const factors: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  ki: 1024,
  mi: 1024 ** 2,
  gi: 1024 ** 3,
};

/** Bytes that `20MB`, `1.5 GB`, `300 MiB` or `5000` mean; undefined for anything else. */
export const parseSize = (text: string): number | undefined => {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kmg]?i?)b?\s*$/i.exec(text) ?? [];
  const factor = factors[unit.toLowerCase()];
  return number === '' || factor === undefined ? undefined : Number(number) * factor;
};

/** The bytes that `# go-dockerfile budget=20MB` in a file allows; the first such comment counts. */
export const budgetIn = ({ comments }: Dockerfile): number | undefined => {
  for (const { text } of comments) {
    const size = /^go-dockerfile\s+budget=(\S+)/.exec(text)?.[1];
    if (size !== undefined) return parseSize(size);
  }
  return undefined;
};

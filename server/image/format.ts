import type { BuildOutcome, ImageForPlatform } from '../protocol.ts';

const units = ['kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in SI units as the engines print them: `312 B`, `6.7 MB`, `1.2 GB`; negative values with a real minus sign. */
export function formatBytes(bytes: number): string {
  if (bytes < 0) return `−${formatBytes(-bytes)}`;
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  let value = bytes / 1000;
  let unit = 0;
  while (Number(value.toFixed(1)) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Milliseconds as `0.4 s`, `12 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Change of size with its sign, such as `−352 MB`, `+1.0 kB` or `±0 B`. */
export function formatDelta(bytes: number): string {
  if (bytes === 0) return '±0 B';
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/**
 * What the code lens shows after a build: `7.3 MB · 2.9 MB to pull · −1.1 MB · 12 s`, and for several platforms
 * `linux/amd64 7.3 MB · 2.9 MB to pull · linux/arm64 7.1 MB · 12 s`.
 */
export function lensTitle(outcome: BuildOutcome): string {
  switch (outcome.kind) {
    case 'built': {
      const { size, pullSize, previousSize, milliseconds, budget, platform, others = [] } = outcome;
      const parts = [
        [platform, formatBytes(size)].filter(Boolean).join(' '),
        ...(pullSize === undefined ? [] : [`${formatBytes(pullSize)} to pull`]),
        ...(previousSize === undefined ? [] : [formatDelta(size - previousSize)]),
        ...others.map((other) => `${other.platform} ${formatBytes(other.size)}`),
        formatDuration(milliseconds),
        ...(isOver(size, budget) ? [`over ${formatBytes(budget)}`] : []),
      ];
      return parts.join(' · ');
    }
    case 'failed':
      return outcome.line === undefined ? 'Build failed' : `Build failed at line ${outcome.line + 1}`;
    case 'cancelled':
      return 'Build cancelled';
    case 'choose-context':
      return 'Choose the build context';
    case 'choose-options':
      return 'Choose the build options';
  }
}

/** Whether a size is above a budget. */
const isOver = (size: number, budget: number | undefined): budget is number => budget !== undefined && size > budget;

/** The lens's tooltip: which size this is, in which engine; the reason of a failure. */
export function lensTooltip(outcome: BuildOutcome): string {
  if (outcome.kind === 'failed') return outcome.reason;
  if (outcome.kind !== 'built') return lensTitle(outcome);
  const { platform, others = [], image, tags = [], engine } = outcome;
  const names = [image, ...tags].join(', ');
  const itself = `${sizesOf(outcome)} Image ${names}, built with ${engine}.`;
  const theirs = others.map((other) => `${other.platform}: ${sizesOf(other)} Image ${other.image}.`);
  return [platform === undefined ? itself : `${platform}: ${itself}`, ...theirs].join(' ');
}

function sizesOf({ size, pullSize }: Pick<ImageForPlatform, 'size' | 'pullSize'>): string {
  const pull =
    pullSize === undefined
      ? ''
      : `; about ${pullSize.toLocaleString('en-US')} bytes compressed, as a registry keeps them`;
  return `${size.toLocaleString('en-US')} bytes in the files of all layers, unpacked${pull}.`;
}

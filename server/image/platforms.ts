import type { BuildOptions } from '../protocol.ts';
import { hostPlatform } from './measure.ts';

/**
 * One set of options for each platform of a choice such as `linux/amd64,linux/arm64`. This machine's comes first: its image is
 * the one that can be started here, and that the tags from Git name.
 */
export function optionsByPlatform(options: BuildOptions = {}): readonly [BuildOptions, ...BuildOptions[]] {
  const { gitTags: _, ...others } = options;
  const chosen = new Set((options.platform ?? '').split(',').map((word) => word.trim()));
  const own = hostPlatform();
  const [first, ...rest] = [...chosen].filter(Boolean).sort((one, two) => Number(two === own) - Number(one === own));
  if (first === undefined) return [options];
  return [{ ...options, platform: first }, ...rest.map((platform) => ({ ...others, platform }))];
}

/** Whether an image for `found` is what was asked for; also where one of them is not said. Variants are not looked at. */
export function isFor(asked: string | undefined, found: string): boolean {
  const named = (platform: string): string => platform.split('/').slice(0, 2).join('/');
  return !asked?.includes('/') || !found.includes('/') || named(asked) === named(found);
}

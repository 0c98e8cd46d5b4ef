import type { WindowKind } from '../window-kind.ts';
import { activationFlow } from './activation.ts';

/** Which flows run in which window, in this order. Each registers its mocha tests. */
export const flowsOf: Readonly<Record<WindowKind, readonly (() => void)[]>> = {
  trusted: [activationFlow],
  restricted: [],
  'two-folders': [],
};

import type { WindowKind } from '../window-kind.ts';
import { activationFlow } from './activation.ts';
import { buildFlow } from './build.ts';
import { diagnosticsFlow } from './diagnostics.ts';
import { generateFlow } from './generate.ts';
import { reportFlow } from './report.ts';
import { restrictedFlow } from './restricted.ts';
import { snippetFlow } from './snippet.ts';
import { twoFoldersFlow } from './two-folders.ts';

/** Which flows run in which window, in this order. Each registers its mocha tests. */
export const flowsOf: Readonly<Record<WindowKind, readonly (() => void)[]>> = {
  trusted: [activationFlow, diagnosticsFlow, buildFlow, reportFlow, generateFlow, snippetFlow],
  restricted: [restrictedFlow],
  'two-folders': [twoFoldersFlow],
};

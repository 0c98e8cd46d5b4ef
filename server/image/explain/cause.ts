import type { ImageCause } from './base-image.ts';
import type { kernelTable, shellTable } from './commands.ts';
import type { dockerfileTable, sourceTable } from './dockerfile.ts';
import type { goBuildTable } from './go-build.ts';
import type { moduleTable } from './go-modules.ts';

/** The name of what made a build fail. `engine`: it cannot be reached or went away; `other`: nothing we know. */
export type Cause =
  | (typeof moduleTable)[number]['cause']
  | (typeof goBuildTable)[number]['cause']
  | (typeof kernelTable)[number]['cause']
  | (typeof shellTable)[number]['cause']
  | (typeof dockerfileTable)[number]['cause']
  | (typeof sourceTable)[number]['cause']
  | ImageCause
  | 'no-heredoc'
  | 'engine'
  | 'other';

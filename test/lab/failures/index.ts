import { buildFailures } from './build-cases.ts';
import type { FailureCase } from './case.ts';
import { dockerfileFailures } from './dockerfile-cases.ts';
import { moduleFailures } from './go-cases.ts';
import { imageFailures } from './image-cases.ts';
import { layoutFailures } from './layout-cases.ts';
import { runFailures } from './run-cases.ts';

/** Every failure that the lab can make. */
export const failures: readonly FailureCase[] = [
  ...moduleFailures,
  ...layoutFailures,
  ...buildFailures,
  ...runFailures,
  ...dockerfileFailures,
  ...imageFailures,
];

import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../scripts/bundle.ts';

/** README.md's pictures and the screenshots they are, both without `.png`. */
const pictures = {
  diagnostics: 'diagnostics',
  'quick-fix': 'lightbulb-static',
  lens: 'lens-done',
  failed: 'build-failed',
  report: 'report-light',
  generate: 'wizard',
  review: 'review',
  improve: 'improve',
} as const;
const limit = 200_000;

/** Copies the README's pictures to docs/images/. Throws when one is missing or too large. */
export function copyPictures(screenshots: string): void {
  const folder = path.join(projectRoot, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  for (const [picture, name] of Object.entries(pictures)) {
    const file = path.join(screenshots, `${name}.png`);
    if (!existsSync(file)) throw new Error(`the run made no ${name}.png`);
    if (statSync(file).size > limit) throw new Error(`${name}.png is over ${limit} bytes`);
    copyFileSync(file, path.join(folder, `${picture}.png`));
  }
}

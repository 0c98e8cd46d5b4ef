import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type RuleCases, runFails, works } from '../case.ts';
import { listedRules } from './seeds/lines.ts';

const folder = '../../../examples/hello-web';

/** The example that `npm start` opens: what is said of it, and what it does, before and after its fixes. */
export const examples: RuleCases = {
  rule: 'require-static-binary',
  cases: [
    {
      name: 'examples/hello-web as it is opened, and after all safe fixes',
      project: folder,
      dockerfile: readFileSync(resolve(import.meta.dirname, '../projects', folder, 'Dockerfile'), 'utf8'),
      reported: ['no-root-user', 'no-shell-without-shell', 'pin-base-image', 'require-static-binary'],
      among: listedRules,
      really: runFails(127, /exec: "\/bin\/sh"/),
      fixed: { really: works(/listening on :8080/) },
    },
  ],
};

import { snippetCases } from '../../../scripts/snippets.ts';
import { type RuleCases, worksLocked } from '../case.ts';

/** A program of `projects/` that a snippet fits, and what it says. */
const programs: Readonly<Record<string, readonly [project: string, says: RegExp]>> = {
  'Go on scratch': ['certificates', /certificates found/],
  'Go on distroless': ['zone', /zone 08:00/],
  'Go on Alpine': ['module', /module cfbff0d1/],
  'Go with C on Debian': ['cgo', /cgo 42/],
  'Go from vendor': ['vendored', /hello vendored/],
  'Go for several platforms': ['web', /web uid=65532/],
};

/** Every snippet as it is inserted, with the defaults of its tab stops. */
export const snippets: RuleCases = {
  rule: 'snippets',
  cases: snippetCases.map(({ name, dockerfile }) => {
    const program = programs[name];
    if (!program) throw new Error(`no program of the lab is named for the snippet ${name}`);
    const [project, says] = program;
    return { name, project, dockerfile, reported: [], really: worksLocked(says) };
  }),
};

import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import type { Rule } from '../../server/analysis/rule.ts';
import { rules } from '../../server/analysis/rules/index.ts';
import type { LabCase } from '../lab/case.ts';
import { table } from '../lab/cases/index.ts';
import { onDataDay } from '../support/day.ts';
import { projectOf } from '../support/project.ts';

/** What the lab has no case of, and why: `reported` and what happens then, `fixed` and what happens then, `silent` and that it works. */
const exempt: Readonly<Record<string, { readonly forms: readonly string[]; readonly why: string }>> = {
  'no-unused-ignore': { forms: ['reported', 'fixed', 'silent'], why: 'it speaks of comments, which no build reads' },
  'no-eol-base-image': {
    forms: ['reported', 'fixed', 'silent'],
    why: 'support ends on a day, and the servers of archived releases are not in the reach of a container of the lab',
  },
  'no-build-platform-in-final-stage': { forms: ['fixed'], why: 'the lab has no base image for another processor' },
};

const hasFix = ({ id, example: { bad, files } }: Rule): boolean =>
  analyze(bad, projectOf(files), onDataDay).findings.some(({ rule, fixes }) => rule === id && fixes.length > 0);

const isReported = ({ reported }: LabCase, id: string): boolean =>
  typeof reported === 'boolean' ? reported : reported.includes(id);

const lacking = (rule: Rule): readonly string[] => {
  const cases = table.filter((each) => each.rule === rule.id).flatMap((each) => each.cases);
  return [
    ...(cases.some((each) => isReported(each, rule.id)) ? [] : ['reported']),
    ...(cases.some(({ fixed }) => fixed) || !hasFix(rule) ? [] : ['fixed']),
    ...(cases.some((each) => !isReported(each, rule.id)) ? [] : ['silent']),
  ];
};

describe('the lab', () => {
  for (const rule of rules) {
    const known = exempt[rule.id];
    it(`has ${rule.id} reported, fixed and silent${known ? `, but ${known.forms.join(', ')}: ${known.why}` : ''}`, () => {
      assert.deepEqual(lacking(rule), known?.forms ?? []);
    });
  }
});

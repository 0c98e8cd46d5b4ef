import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Range } from 'vscode-languageserver-types';
import { expandWord, variablesIn } from '../../../server/analysis/dockerfile/expand.ts';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { certain } from '../../../server/analysis/known.ts';
import { instructionsOf } from './parsed.ts';
import { texts } from './texts.ts';

const rangesIn = (value: unknown): readonly Range[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'start' in value && 'end' in value ? [value as Range] : [];
  return [...own, ...Object.values(value).flatMap(rangesIn)];
};

const positionExists = (content: string, { line, character }: Range['start']): boolean => {
  const text = content.split(/\r\n|\r|\n/)[line];
  // An end may stand between the line end's own characters, never behind them.
  return text !== undefined && character >= 0 && character <= text.length + 1;
};

describe('any text as a Dockerfile', () => {
  it('is read without throwing, with every range in the document', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { source, stages, globalArgs, comments } = parseDockerfile(text);
        for (const { start, end } of rangesIn({ stages, globalArgs, comments })) {
          if (typeof start !== 'object') continue;
          assert.ok(positionExists(text, start) && positionExists(text, end), JSON.stringify({ text, start, end }));
          assert.ok(source.offset(start) <= source.offset(end));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('has keyword ranges that cover the keyword', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const dockerfile = parseDockerfile(text);
        for (const { keyword, keywordRange } of instructionsOf(dockerfile)) {
          const written = dockerfile.source.slice(keywordRange).toUpperCase();
          if (keyword !== 'OTHER' && !written.includes('\n')) assert.equal(written, keyword);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('has scripts as long as the text they stand for', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const dockerfile = parseDockerfile(text);
        for (const instruction of instructionsOf(dockerfile)) {
          if (!('form' in instruction) || instruction.form?.kind !== 'shell') continue;
          const { script, range } = instruction.form;
          const { source } = dockerfile;
          assert.equal(script.text.length, source.offset(range.end) - source.offset(range.start));
          assert.deepEqual(script.start, range.start);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('takes at most some seconds of this process for 10,000 lines of the worst kinds, which what is not linear does not', () => {
    const lines = 10_000;
    for (const line of [
      'RUN go build\n',
      'x \\\n',
      '# c\n',
      'RUN a <<E\n',
      'COPY <<A <<B c\n',
      'ENV a="b" c\n',
      '\\\n',
      '"\n',
      'FROM a\n# c\n',
    ]) {
      const before = process.cpuUsage();
      parseDockerfile(`FROM a\nRUN x \\\n${line.repeat(lines)}`);
      const { user } = process.cpuUsage(before);
      assert.ok(user < 4_000_000, `${JSON.stringify(line)}: ${user / 1000} ms`);
    }
  });
});

describe('any text as a word', () => {
  it('expands without throwing, and names variables where they stand', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expandWord(text, (name) => (name.length > 1 ? certain(name) : undefined), '\\');
        for (const { name, start, end } of variablesIn(text, '`')) {
          assert.match(text.slice(start, end), /^\$/);
          assert.ok(text.slice(start, end).includes(name));
        }
      }),
    );
  });

  it('survives deep nesting', () => {
    assert.deepEqual(
      expandWord('${a:-'.repeat(100_000), () => undefined, '\\'),
      { known: false },
    );
  });
});

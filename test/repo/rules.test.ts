import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { analyze } from '../../server/analysis/analyze.ts';
import { documentationUrl } from '../../server/analysis/documentation.ts';
import { render } from '../../server/analysis/known.ts';
import { rules } from '../../server/analysis/rules/index.ts';
import { onDataDay } from '../support/day.ts';
import { type Files, projectOf } from '../support/project.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const ids = rules.map(({ id }) => id);

describe('rules', () => {
  it('are all in the list, in alphabetical order', () => {
    const files = readdirSync(resolve(root, 'server/analysis/rules'))
      .map((name) => name.replace(/\.ts$/, ''))
      .filter((name) => name !== 'index');
    assert.deepEqual(ids, files.sort());
  });

  it('are documented at an address derived from package.json', () => {
    const { repository } = JSON.parse(read('package.json')) as { repository: { url: string } };
    assert.equal(documentationUrl('x'), `${repository.url.replace(/\.git$/, '')}/blob/main/docs/rules/x.md`);
  });

  it('are named in the README only when they exist', () => {
    const named = [...read('README.md').matchAll(/docs\/rules\/([a-z][\w-]+)\.md/g)].map(([, id]) => id);
    assert.deepEqual(
      named.filter((id) => !ids.includes(id ?? '')),
      [],
    );
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      it('has a test and a page', () => {
        assert.ok(existsSync(resolve(root, `test/rules/${rule.id}.test.ts`)));
        assert.ok(existsSync(resolve(root, `docs/rules/${rule.id}.md`)));
      });

      it('reports its bad example and nothing in its good one', () => {
        const { files, goodFiles, bad, good } = rule.example;
        const found = (code: string, beside: Files | undefined) =>
          analyze(code, projectOf(beside), onDataDay).findings.filter((finding) => finding.rule === rule.id);
        assert.equal(found(bad, files).length, 1);
        assert.deepEqual(
          found(good, goodFiles ? { ...files, ...goodFiles } : files).map(({ message }) => render(message)),
          [],
        );
      });

      it('speaks in sentences', () => {
        const project = projectOf(rule.example.files);
        for (const { message, fixes } of analyze(rule.example.bad, project, onDataDay).findings) {
          assert.match(render(message), /^[^{}]*\.$/, 'a message is a sentence without open holes');
          for (const { title } of fixes)
            assert.match(title, /^[A-Z].*[^.]$/, 'a title is imperative, without a period');
        }
        assert.doesNotMatch(rule.title, /\.$/);
        if (rule.severity === 'hint') {
          assert.ok(analyze(rule.example.bad, project, onDataDay).findings.some(({ fixes }) => fixes.length > 0));
        }
      });
    });
  }
});

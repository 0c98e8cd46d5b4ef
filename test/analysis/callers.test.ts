import assert from 'node:assert/strict';
import { analyze, fixAll } from '../../server/analysis/analyze.ts';
import type { Caller } from '../../server/analysis/caller.ts';
import { type Runs, withCallers } from '../../server/analysis/callers.ts';
import { render } from '../../server/analysis/known.ts';
import type { Fix } from '../../server/analysis/rule.ts';
import type { RuledFinding } from '../../server/analysis/ruled-finding.ts';
import { onDataDay } from '../support/day.ts';
import { programs } from '../support/programs.ts';
import { type Files, projectOf } from '../support/project.ts';

const range = { start: { line: 3, character: 2 }, end: { line: 3, character: 5 } };

const caller = (args: Readonly<Record<string, string | undefined>>, name = 'service web of compose.yaml'): Caller => ({
  path: 'compose.yaml',
  range,
  name,
  args: new Map(Object.entries(args)),
  target: undefined,
  platforms: [],
});

const projectWith = (callers: readonly Caller[], files: Files = programs.hello) => ({ ...projectOf(files), callers });

const image = (head: string, from = 'golang:${GO_VERSION}'): string => `${head}
FROM ${from} AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

/** Others may find something as well. */
const looked = new Set(['match-go-version', 'no-eol-go', 'require-static-binary']);

const found = (code: string, callers: readonly Caller[], files?: Files) =>
  analyze(code, projectWith(callers, files), onDataDay)
    .findings.filter(({ rule }) => looked.has(rule))
    .map(({ rule, message, related, fixes }) => ({
      rule,
      message: render(message),
      related: related.map((step) => `${step.file ?? ''}: ${render(step.message)}`),
      fixes: fixes.map(({ title }) => title),
    }));

describe('callers', () => {
  const head = 'ARG GO_VERSION=1.26';

  it('that pass the default, or nothing that is declared, change nothing', () => {
    const calls = [
      caller({}),
      caller({ GO_VERSION: '1.26' }),
      caller({ OTHER: '1' }),
      caller({ GO_VERSION: undefined }),
    ];
    assert.deepEqual(found(image(head), calls), []);
  });

  it('that pass another value get the findings that are true for them, with their place', () => {
    const [first, ...others] = found(image(head), [caller({ GO_VERSION: '1.25' })]);
    assert.deepEqual([first?.rule, others.map(({ rule }) => rule)], ['match-go-version', ['no-eol-go']]);
    assert.equal(first?.message, 'go.mod requires Go 1.26, and this image has Go 1.25: the build stops.');
    const step = 'compose.yaml: The service web of compose.yaml passes GO_VERSION=1.25.';
    assert.ok(first?.related.includes(step));
    assert.deepEqual(others[0]?.related.at(-1), step);
    assert.deepEqual(first?.fixes, ['Let the go command download the version it needs']);
  });

  it('make known what has no default', () => {
    assert.deepEqual(found(image('ARG GO_VERSION'), []), []);
    const rules = found(image('ARG GO_VERSION'), [caller({ GO_VERSION: '1.25' })]).map(({ rule }) => rule);
    assert.deepEqual(rules, ['match-go-version', 'no-eol-go']);
  });

  it('say it once, and not what is true without them', () => {
    const old = [caller({ GO_VERSION: '1.25' }), caller({ GO_VERSION: '1.24' }), caller({ GO_VERSION: '1.25' }, 'x')];
    assert.equal(found(image(head), old).length, 2);
    const [only, ...more] = found(image('ARG GO_VERSION=1.25'), [caller({ GO_VERSION: '1.24' })]);
    assert.deepEqual([only?.related.some((step) => step.startsWith('compose')), more.length], [false, 1]);
  });

  it('reach arguments of a stage, after ENV of the same name nothing', () => {
    const staged = (line: string): string =>
      image('', 'golang:1.26').replace('RUN CGO_ENABLED=0', `${line}\nRUN`).replace('go build', 'go build');
    const files = programs.web;
    const cgo = [caller({ CGO_ENABLED: '1' })];
    assert.deepEqual(found(staged('ARG CGO_ENABLED=0'), [], files), []);
    const [finding] = found(staged('ARG CGO_ENABLED=0'), cgo, files);
    assert.equal(finding?.rule, 'require-static-binary');
    assert.ok(
      finding?.related.some((step) => step === 'compose.yaml: The service web of compose.yaml passes CGO_ENABLED=1.'),
    );
    assert.deepEqual(found(staged('ENV CGO_ENABLED=0\nARG CGO_ENABLED'), cgo, files), []);
  });

  it('keep a fix away that would make their build worse', () => {
    const at = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const fix: Fix = { title: 'x', safe: true, edits: [{ range: at, newText: 'y' }] };
    const finding = (rule: string, fixes: readonly Fix[]): RuledFinding => ({
      rule,
      range: at,
      severity: 'error',
      message: { template: rule, values: {} },
      related: [],
      fixes,
    });
    const here = finding('one', [fix]);
    const runs = (findings: readonly RuledFinding[]): Runs => ({
      base: [here],
      callers: [{ caller: caller({}), findings }],
    });
    const fixesAfter = (before: Runs, after: Runs) => withCallers(before, () => after).map(({ fixes }) => fixes.length);
    assert.deepEqual(fixesAfter(runs([]), runs([])), [1]);
    assert.deepEqual(fixesAfter(runs([]), runs([finding('two', [])])), [0]);
    assert.deepEqual(
      fixesAfter(runs([finding('one', [fix])]), runs([finding('two', [])])),
      [1],
      'it is theirs as well',
    );
  });

  it('are mended by fix-all only where nobody is the worse for it', () => {
    const calls = [caller({ GO_VERSION: '1.25' })];
    const fixed = fixAll(image(head), projectWith(calls), onDataDay);
    assert.equal(fixed.text, image(head));
  });

  it('are at most eight', () => {
    const many = Array.from({ length: 30 }, (_, at) => caller({ GO_VERSION: `1.${at}` }));
    assert.ok(found(image(head), many).length > 0);
  });
});

describe('build contexts that callers name', () => {
  const named = (contexts: Readonly<Record<string, string | undefined>>): Caller => ({
    ...caller({}),
    contexts: new Map(Object.entries(contexts)),
  });
  const all = (code: string, callers: readonly Caller[]) =>
    analyze(code, projectWith(callers), onDataDay).findings.map(({ rule, message, fixes, related }) => ({
      rule,
      message: render(message),
      fixes: fixes.map(({ title }) => title),
      places: related.flatMap(({ file }) => file ?? []),
    }));

  it('are followed where they are an image, and no fix edits their name', () => {
    const found = all(image('', 'base'), [named({ base: 'docker-image://golang:1.25' })]);
    const [version] = found.filter(({ rule }) => rule === 'match-go-version');
    assert.equal(version?.message, 'go.mod requires Go 1.26, and this image has Go 1.25: the build stops.');
    assert.ok(found.every(({ fixes }) => fixes.every((title) => !title.startsWith('Use golang'))));
  });

  it('are unknown otherwise, under every spelling of the name', () => {
    for (const value of ['../lib', 'target:base', 'service:base', 'oci-layout://x', undefined]) {
      const code = image('', 'docker.io/library/golang');
      assert.deepEqual(all(code, [named({ golang: value })]), [], value);
      assert.ok(all(code, []).some(({ rule }) => rule === 'pin-base-image'));
    }
    const both = [named({ golang: 'docker-image://golang:1.25' }), named({ golang: 'docker-image://golang:1.24' })];
    assert.deepEqual(all(image('', 'golang'), both), []);
  });

  it('do not take the place of a stage of the file', () => {
    const code = image('FROM golang:1.25 AS base', 'base');
    const found = all(code, [named({ base: '../base' })]).map(({ rule }) => rule);
    assert.ok(found.includes('match-go-version'), 'the build without callers has the stage');
    const args = image('ARG GO_VERSION=1.26\nFROM scratch AS base');
    const passing = { ...named({ base: '../base' }), args: new Map([['GO_VERSION', '1.25']]) };
    assert.deepEqual(all(args, [passing]), all(args, []));
  });
});

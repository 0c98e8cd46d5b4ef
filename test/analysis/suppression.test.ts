import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { parseDockerfile } from '../../server/analysis/dockerfile/parse.ts';
import { applyEdits } from '../../server/analysis/edits.ts';
import { foreignTargets } from '../../server/analysis/foreign-rules.ts';
import { rules } from '../../server/analysis/rules/index.ts';
import { ignoreEdit } from '../../server/analysis/suppression.ts';
import { projectOf } from '../support/project.ts';

const build = 'FROM golang:1.26 AS b\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n';
const start = 'COPY --from=b /app /app\nENTRYPOINT ["/app"]\n';
const watched = ['no-root-user', 'pin-base-image'];

/** The findings of the two rules that other tools have too. */
const found = (text: string): readonly string[] =>
  analyze(text, projectOf(undefined))
    .findings.map(({ rule }) => rule)
    .filter((rule) => watched.includes(rule));

const above = (comment: string): string => `${build}${comment}\nFROM alpine\n${start}`;
const belowFrom = (comment: string): string =>
  `${build}FROM alpine\nCOPY --from=b /app /app\n${comment}\nENTRYPOINT ["/app"]\n`;
const atHead = (comment: string): string => `${comment}\n${build}FROM alpine\n${start}`;

const root = ['no-root-user'];
const pin = ['pin-base-image'];
const both = ['no-root-user', 'pin-base-image'];

/** Comment, Dockerfile around it, what is left. */
const cases: readonly (readonly [string, (comment: string) => string, readonly string[]])[] = [
  ['# nothing', above, both],
  ['# go-dockerfile ignore=pin-base-image', above, root],
  ['# go-dockerfile ignore=pin-base-image, no-root-user -- ours', above, []],
  ['# go-dockerfile ignore=pin-base-image no-root-user', above, root],
  ['# go-dockerfile ignore=pin-base-image\n# and a comment\n', above, root],
  ['# go-dockerfile ignore=pin-base-image', atHead, both],
  ['# go-dockerfile ignore=pin-base-image\n', atHead, root],
  ['# syntax=docker/dockerfile:1\n# go-dockerfile ignore=pin-base-image -- ours\n# more\n\n# text', atHead, root],
  ['# hadolint ignore=DL3006', above, root],
  ['# hadolint ignore=DL3007, DL3002', above, []],
  ['# hadolint ignore=DL3006', belowFrom, both],
  ['# hadolint ignore=DL3006', atHead, both],
  ['# hadolint global ignore=DL3006', atHead, root],
  ['# hadolint ignore=DL3008', above, both],
  ['# tally ignore=hadolint/DL3006;reason=ours', above, root],
  ['# tally global ignore=DL3006,hadolint/DL3002', belowFrom, []],
  ['# check=skip=UndefinedVar', atHead, both],
  ['# trivy:ignore:AVD-DS-0002', above, pin],
  ['#trivy:ignore:DS002', belowFrom, pin],
  ['# trivy:ignore:DS-0001 trivy:ignore:DS-0002', above, []],
  ['# trivy:ignore:DS-0002\n', atHead, pin],
  ['# trivy:ignore:docker-least-privilege-user', above, pin],
  ['# trivy:ignore:use-specific-tags', above, root],
  ['# checkov:skip=CKV_DOCKER_3:it needs root', belowFrom, pin],
  ['# checkov:skip=CKV_DOCKER_8', atHead, pin],
  ['# checkov:skip=CKV_DOCKER_7: moving on purpose', above, root],
  ['# nosemgrep', above, []],
  ['# nosemgrep: dockerfile.security.missing-user-entrypoint.missing-user-entrypoint', belowFrom, pin],
  ['# nosemgrep: missing-image-version', above, root],
  ['# nosemgrep: some-other-rule', above, both],
  ['# nosemgrep is a word of this sentence', above, both],
];

describe('comments that ignore a rule', () => {
  for (const [comment, around, left] of cases) {
    it(`${comment.replaceAll('\n', '⏎')} ${around.name}: leaves ${left.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(found(around(comment)), left);
    });
  }

  it('of a build check, in the head, silence the rule of the same meaning', () => {
    const text = (head: string) =>
      `${head}ARG VERSION\nFROM golang:1.26\nRUN go build -ldflags="-X main.v=$VERSION" -o /app .\n`;
    const ids = (head: string) => analyze(text(head), projectOf(undefined)).findings.map(({ rule }) => rule);
    assert.ok(ids('').includes('declare-build-arg'));
    assert.ok(ids('# check=skip=JSONArgsRecommended\n').includes('declare-build-arg'));
    assert.ok(!ids('# check=error=true;skip=JSONArgsRecommended,UndefinedVar\n').includes('declare-build-arg'));
    const local = (name: string) => `ARG VERSION\nFROM golang:1.26\n# check=skip=${name} // ours\n`;
    const go = 'RUN go build -ldflags="-X main.v=$VERSION" -o /app .\n';
    const count = (code: string) =>
      analyze(code, projectOf(undefined)).findings.filter(({ rule }) => rule === 'declare-build-arg').length;
    assert.equal(count(`${local('UndefinedVar')}${go}${go}`), 1);
    assert.equal(count(`${local('Other')}${go}${go}`), 2);
  });

  it('of other tools stand for rules that exist', () => {
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(
      [...foreignTargets].filter((id) => !ids.includes(id)),
      [],
    );
  });
});

describe('ignoring here', () => {
  const ignored = (text: string, line: number): string => {
    const dockerfile = parseDockerfile(text);
    const range = { start: { line, character: 5 }, end: { line, character: 6 } };
    return applyEdits(dockerfile.source, [ignoreEdit(dockerfile, range, 'pin-base-image')]);
  };
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['adds a comment', 'FROM a\nRUN b\n', 1, 'FROM a\n# go-dockerfile ignore=pin-base-image\nRUN b\n'],
    [
      'adds it above all lines of an instruction',
      'FROM a\nRUN b \\\n  c\n',
      2,
      'FROM a\n# go-dockerfile ignore=pin-base-image\nRUN b \\\n  c\n',
    ],
    [
      'adds an id to the comment there is, before its reason',
      '# go-dockerfile ignore=x, y -- why\nFROM a\n',
      1,
      '# go-dockerfile ignore=x, y,pin-base-image -- why\nFROM a\n',
    ],
    [
      'leaves the comment for all of the file alone',
      '# go-dockerfile ignore=x\n\nFROM a\n',
      2,
      '# go-dockerfile ignore=x\n\n# go-dockerfile ignore=pin-base-image\nFROM a\n',
    ],
  ];
  for (const [name, text, line, expected] of cases) {
    it(name, () => assert.equal(ignored(text, line), expected));
  }
});

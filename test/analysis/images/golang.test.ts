import assert from 'node:assert/strict';
import { baseImage } from '../../../server/analysis/images/base-image.ts';
import { defaultAlpine, defaultDebian, splitGoTag } from '../../../server/analysis/images/go-tag.ts';
import { golangTagVerdict, withGoVariant, withGoVersion } from '../../../server/analysis/images/golang.ts';
import { suggestPinned } from '../../../server/analysis/images/pinned.ts';
import { parseImageRef } from '../../../server/analysis/images/ref.ts';
import { tagsWithGo } from '../../../server/analysis/images/tags-with-go.ts';

const ref = (text: string) => {
  const parsed = parseImageRef(text);
  assert(parsed, text);
  return parsed;
};

const verdictOf = (reference: string): string => {
  const { verdict, suggestions } = golangTagVerdict(ref(reference));
  return [verdict, ...suggestions].join(' ');
};

describe('tags of the golang image', () => {
  const rows: Readonly<Record<string, string>> = {
    golang: 'exists',
    'golang:latest': 'exists',
    'golang:1': 'exists',
    'golang:alpine': 'exists',
    'golang:1.22': 'exists',
    'golang:1.22-alpine': 'exists',
    'golang:1.22.5-bookworm': 'exists',
    'golang:1.26-alpine3.24': 'exists',
    'golang:1.27-alpine3.25': 'unknown',
    'golang:1.26.3-alpine3.30': 'unknown',
    'golang:1.25-alpine3.25': 'missing 1.25-alpine',
    'golang:1.26.11': 'exists',
    'golang:1.27rc1': 'unknown',
    'golang:1.99': 'unknown',
    'golang:1.27.9-trixie': 'unknown',
    'golang:1.5': 'unknown',
    'golang:tip': 'unknown',
    'golang:1.26-windowsservercore-ltsc2025': 'unknown',
    'registry.corp/golang:1.22-slim': 'unknown',
    'acme/golang:1.22-slim': 'unknown',
    'golang:1.22-slim': 'missing 1.22-bookworm 1.22-alpine',
    'golang:1.26-slim-bookworm': 'missing 1.26-trixie 1.26-alpine',
    'golang:slim': 'missing trixie alpine',
    'public.ecr.aws/docker/library/golang:1.22-slim': 'missing 1.22-bookworm 1.22-alpine',
    'mirror.gcr.io/library/golang:v1.22': 'missing 1.22',
    'golang:v1.22': 'missing 1.22',
    'golang:go1.24': 'missing 1.24',
    'golang:1.26alpine': 'missing 1.26-alpine',
    'golang:1.22slim': 'missing 1.22-bookworm 1.22-alpine',
    'golang:22': 'missing 1.22',
    'golang:1.22.13': 'missing 1.22.12',
    'golang:1.22.13-alpine': 'missing 1.22.12-alpine',
    'golang:1.24.14-bullseye': 'missing 1.24.13-trixie',
    'golang:1.20.0': 'exists',
    'golang:1.21.0': 'exists',
    'golang:1.25-alpine3.17': 'missing 1.25-alpine',
    'golang:1.25-bullseye': 'missing 1.25-trixie',
    'golang:1.22-buster': 'missing 1.22-bookworm',
    'golang:1.24.6-alpine3.21': 'exists',
    'golang:1.24.2-alpine3.22': 'unknown',
    'golang:1.24.0-alpine3.22': 'missing 1.24.0-alpine',
    'golang:1.24-jammy': 'unknown',
  };
  for (const [reference, expected] of Object.entries(rows)) {
    it(reference, () => assert.equal(verdictOf(reference), expected));
  }

  it('suggests only tags that exist', () => {
    for (const reference of Object.keys(rows)) {
      for (const tag of golangTagVerdict(ref(reference)).suggestions)
        assert.equal(verdictOf(`golang:${tag}`), 'exists');
    }
  });
});

describe('another tag of the golang image', () => {
  const versions: readonly [string, string, string | undefined][] = [
    ['golang:1.22-alpine', '1.26', '1.26-alpine'],
    ['golang:1.22-alpine', '1.26.3', '1.26-alpine'],
    ['golang:1.22.3-alpine', '1.26.3', '1.26.3-alpine'],
    ['golang:1.22-bookworm', '1.26.0', '1.26-bookworm'],
    ['golang:1.22-bullseye', '1.26', '1.26'],
    ['golang:1.22-alpine3.18', '1.26', '1.26-alpine'],
    ['golang:1.22', '1.24rc1', '1.24rc1'],
    ['golang', '1.26.0', '1.26'],
    ['golang:1.22', 'soon', undefined],
    ['acme/golang:1.22', '1.26', undefined],
  ];
  for (const [image, line, tag] of versions) {
    it(`${image} for go ${line}`, () => assert.equal(withGoVersion(ref(image), line), tag));
  }

  it('all tags of a Go version, that of the same variant first', () => {
    const tags = (image: string, line: string): string => tagsWithGo(ref(image), line).join(' ');
    assert.equal(tags('golang:1.21-bullseye', '1.24.11'), '1.24 1.24-trixie 1.24-bookworm');
    assert.equal(tags('golang:1.21-bullseye', '1.24.3'), '1.24-bullseye 1.24 1.24-trixie 1.24-bookworm');
    assert.equal(tags('golang:1.21.3-bullseye', '1.24.3'), '1.24.3-bullseye 1.24.3-bookworm');
    assert.equal(tags('golang:1.22-alpine3.18', '1.27'), '1.27-alpine 1.27-alpine3.24 1.27-alpine3.23');
    assert.equal(tags('golang:1.22', '1.99'), '1.99');
    assert.equal(tags('acme/golang:1.22', '1.26'), '');
  });

  it('another variant, where it exists', () => {
    assert.equal(withGoVariant(ref('golang:1.22-bookworm'), 'alpine'), '1.22-alpine');
    assert.equal(withGoVariant(ref('golang'), 'alpine'), 'alpine');
    assert.equal(withGoVariant(ref('golang:1.22'), 'trixie'), undefined);
  });

  it('a pinned one: what go.mod asks for, if it is supported', () => {
    const pinned = (image: string, line?: string) => {
      const known = baseImage(image);
      assert(known);
      return suggestPinned(known, line);
    };
    assert.deepEqual(pinned('golang:latest', '1.27.0'), { tag: '1.27', sameToday: true });
    assert.deepEqual(pinned('golang', '1.19'), { tag: '1.26', sameToday: false });
    assert.equal(pinned('golang:alpine', '1.27')?.tag, '1.27-alpine');
    assert.equal(pinned('alpine')?.tag, '3.24');
    assert.equal(pinned('gcr.io/distroless/static-debian13'), undefined);
  });
});

describe('release below a golang tag', () => {
  const rows: readonly [string, string | undefined, string | undefined][] = [
    ['1.19.8', 'bullseye', '3.17'],
    ['1.20.4', 'bullseye', '3.18'],
    ['1.20.5', 'bookworm', '3.18'],
    ['1.23.11', 'bookworm', '3.22'],
    ['1.23', 'trixie', '3.22'],
    ['1.24.5', 'bookworm', '3.22'],
    ['1.25.0', 'trixie', '3.22'],
    ['1.26', 'trixie', '3.24'],
    ['1.28', undefined, undefined],
  ];
  for (const [tag, debian, alpine] of rows) {
    it(tag, () => {
      const { version } = splitGoTag(tag);
      assert.deepEqual([version && defaultDebian(version), version && defaultAlpine(version)], [debian, alpine]);
    });
  }
});

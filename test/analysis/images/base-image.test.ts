import assert from 'node:assert/strict';
import { baseImage } from '../../../server/analysis/images/base-image.ts';
import { debianRelease } from '../../../server/analysis/images/end-of-life.ts';
import { officialName, parseImageRef } from '../../../server/analysis/images/ref.ts';

describe('image reference', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const rows: readonly [string, readonly (string | undefined)[] | undefined][] = [
    ['golang', ['docker.io', 'golang', undefined, undefined]],
    ['docker.io/library/golang:1.26', ['docker.io', 'golang', '1.26', undefined]],
    ['index.docker.io/library/golang', ['docker.io', 'golang', undefined, undefined]],
    ['localhost:5000/a/b:x', ['localhost:5000', 'a/b', 'x', undefined]],
    [`golang:1.26@${digest}`, ['docker.io', 'golang', '1.26', digest]],
    ['acme/golang', ['docker.io', 'acme/golang', undefined, undefined]],
    ['Golang', undefined],
    ['golang:', undefined],
    ['', undefined],
    ['${BASE}', undefined],
  ];
  for (const [text, expected] of rows) {
    it(text || '(empty)', () => {
      const ref = parseImageRef(text);
      assert.deepEqual(ref && [ref.registry, ref.repository, ref.tag, ref.digest], expected);
    });
  }

  it('knows the mirrors of official images', () => {
    const names = [
      'golang',
      'public.ecr.aws/docker/library/golang',
      'mirror.gcr.io/library/alpine',
      'quay.io/golang',
      'a/golang',
    ];
    assert.deepEqual(
      names.map((text) => {
        const ref = parseImageRef(text);
        return ref && officialName(ref);
      }),
      ['golang', 'golang', 'alpine', undefined, undefined],
    );
  });
});

describe('base image', () => {
  const rows: Readonly<Record<string, string | undefined>> = {
    scratch: 'scratch none shell=no cc=no user=0',
    golang: 'golang glibc shell=yes cc=yes user=root',
    'golang:1.26-alpine': 'golang musl shell=yes cc=no user=root',
    'golang:alpine3.24': 'golang musl shell=yes cc=no user=root',
    'golang:1.26-acme': 'golang unknown shell=unknown cc=unknown user=-',
    [`golang@sha256:${'0'.repeat(64)}`]: 'golang unknown shell=unknown cc=unknown user=-',
    'golang:1.26-windowsservercore': undefined,
    'golang:nanoserver': undefined,
    'alpine:3.24': 'alpine musl shell=yes cc=no user=root',
    'debian:trixie-slim': 'debian glibc shell=yes cc=no user=root',
    'ubuntu:24.04': 'ubuntu glibc shell=yes cc=no user=root',
    'busybox:musl': 'busybox musl shell=yes cc=no user=root',
    busybox: 'busybox unknown shell=yes cc=no user=root',
    'gcr.io/distroless/static': 'distroless-static none shell=no cc=no user=0',
    'gcr.io/distroless/static-debian13:nonroot': 'distroless-static none shell=no cc=no user=65532',
    'gcr.io/distroless/base-nossl-debian13:debug': 'distroless-base glibc shell=yes cc=no user=0',
    'gcr.io/distroless/cc-debian13:debug-nonroot-arm64': 'distroless-cc glibc shell=yes cc=no user=65532',
    [`gcr.io/distroless/static@sha256:${'0'.repeat(64)}`]: 'distroless-static none shell=unknown cc=no user=-',
    'gcr.io/distroless/python3': undefined,
    'cgr.dev/chainguard/static': 'chainguard-static none shell=no cc=unknown user=65532',
    'cgr.dev/chainguard/go': 'chainguard-go unknown shell=unknown cc=unknown user=-',
    'mcr.microsoft.com/oss/go/microsoft/golang:1.26': 'other-go unknown shell=unknown cc=unknown user=-',
    'node:22': undefined,
    'acme/base': undefined,
  };
  for (const [reference, expected] of Object.entries(rows)) {
    it(reference, () => {
      const image = baseImage(reference);
      const found =
        image && `${image.family} ${image.libc} shell=${image.shell} cc=${image.cCompiler} user=${image.user ?? '-'}`;
      assert.equal(found, expected);
    });
  }

  it('golang has the environment of its own', () => {
    assert.equal(baseImage('golang:1.26')?.env?.GOTOOLCHAIN, 'local');
    assert.equal(baseImage('golang:1.20')?.env?.GOTOOLCHAIN, undefined);
    assert.deepEqual(baseImage('golang:1.24.5')?.go, {
      version: { major: 1, minor: 24, patch: 5, pre: undefined },
      variant: '',
      os: 'bookworm',
      stopped: false,
    });
  });

  it('a tag that names a release alone stays at the last Go of that release', () => {
    const rows: Readonly<Record<string, string>> = {
      alpine: 'undefined moves',
      'alpine3.24': 'undefined moves',
      'alpine3.25': 'undefined moves',
      bookworm: 'undefined moves',
      '1-trixie': 'undefined moves',
      '1-alpine3.13': '17 stopped',
      'alpine3.13': '17 stopped',
      'alpine3.22': '26 stopped',
      bullseye: '24 stopped',
      stretch: '18 stopped',
      'alpine3.9': 'undefined stopped',
      jessie: 'undefined stopped',
      '1.17-alpine3.13': '17 moves',
    };
    for (const [tag, expected] of Object.entries(rows)) {
      const go = baseImage(`golang:${tag}`)?.go;
      assert.equal(`${go?.version?.minor} ${go?.stopped ? 'stopped' : 'moves'}`, expected, tag);
    }
  });

  it('Debian releases by name and number', () => {
    assert.equal(debianRelease('buster')?.archived, true);
    assert.equal(debianRelease('bullseye')?.archived, false);
    assert.equal(debianRelease('12.5')?.codename, 'bookworm');
    assert.equal(debianRelease('sid'), undefined);
  });
});

import assert from 'node:assert/strict';
import { expandWord } from '../../../server/analysis/dockerfile/expand.ts';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { certain, knownValue } from '../../../server/analysis/known.ts';
import { keywords, only, shellText } from './parsed.ts';

const escapeChar = '\\';

const expanded = (raw: string | undefined, values: Readonly<Record<string, string>>): string | undefined =>
  knownValue(expandWord(raw ?? '', (name) => (name in values ? certain(values[name] ?? '') : undefined), escapeChar));

const imageOf = (text: string): string | undefined => parseDockerfile(text).stages.at(-1)?.from.image?.raw;

describe('shapes: where bases come from', () => {
  it('1: a registry with its slash in an ARG, a quoted base', () => {
    const text = 'ARG REGISTRY=mirror.example/\nFROM ${REGISTRY}golang:1.26\nFROM "$BASE" AS deps\n';
    const { globalArgs, stages } = parseDockerfile(text);
    const value = globalArgs[0]?.assignments[0]?.value?.raw ?? '';
    assert.equal(expanded(stages[0]?.from.image?.raw, { REGISTRY: value }), 'mirror.example/golang:1.26');
    assert.equal(expanded(stages[1]?.from.image?.raw, { BASE: 'alpine' }), 'alpine');
    assert.equal(stages[1]?.name, 'deps');
  });

  it('2: ARGs with a placeholder and without a default', () => {
    const { globalArgs } = parseDockerfile('ARG BASE=none\nARG GO\nFROM $BASE\n');
    const all = globalArgs.flatMap(({ assignments }) => assignments);
    assert.deepEqual(
      all.map(({ name, value }) => [name, value?.raw]),
      [
        ['BASE', 'none'],
        ['GO', undefined],
      ],
    );
  });

  it('3: a stage picked by concatenation', () => {
    const raw = imageOf('FROM build-$TARGETOS${DEBUG:+-debug} AS build\n');
    assert.equal(expanded(raw, { TARGETOS: 'linux' }), 'build-linux');
    assert.equal(expanded(raw, { TARGETOS: 'linux', DEBUG: '1' }), 'build-linux-debug');
  });

  it('4: substitutions with patterns, a platform with a default', () => {
    const { instruction } = only('FROM a\nARG P=${TARGETPLATFORM/\\//-}\n', 'ARG');
    assert.equal(expanded(instruction.assignments[0]?.value?.raw, { TARGETPLATFORM: 'linux/amd64' }), 'linux-amd64');
    assert.equal(expanded('${V%%@*}', { V: 'v1@x@y' }), 'v1');
    assert.equal(expanded('${V#v}', { V: 'v1' }), '1');
    const [stage] = parseDockerfile('FROM --platform=${BUILDPLATFORM:-linux/amd64} a\n').stages;
    assert.equal(expanded(stage?.from.flags[0]?.value?.raw, {}), 'linux/amd64');
  });

  it('5: --from with any name, before or behind other flags', () => {
    for (const name of ['tools', '0', '$STAGE']) {
      for (const flags of [`--from=${name} --chown=1:1`, `--link --from=${name}`]) {
        assert.equal(only(`FROM a\nCOPY ${flags} /x /y\n`, 'COPY').instruction.from?.raw, name);
      }
    }
  });

  it('6: a mount with short keys and without a type', () => {
    const { instruction } = only('FROM a\nRUN --mount=from=stage,src=/x,target=/y,ro go build\n', 'RUN');
    const [mount] = instruction.mounts;
    assert.equal(mount?.type, 'bind');
    assert.deepEqual([mount?.from?.raw, mount?.source?.raw, mount?.target?.raw], ['stage', '/x', '/y']);
    assert.equal(mount?.writable, false);
  });

  it('7: an empty stage', () => {
    const { stages } = parseDockerfile('FROM scratch AS artifacts\nFROM alpine\nRUN x\n');
    assert.deepEqual(
      stages.map(({ name, instructions }) => [name, instructions.length]),
      [
        ['artifacts', 0],
        [undefined, 1],
      ],
    );
  });

  it('8 and 9: any image is taken as written', () => {
    assert.equal(imageOf('FROM ghcr.io/acme/go-toolchain:1\n'), 'ghcr.io/acme/go-toolchain:1');
    assert.equal(imageOf('FROM golang:1.26alpine\n'), 'golang:1.26alpine');
  });

  it('10: a late syntax line is a comment, an escape directive is not', () => {
    const late = parseDockerfile('# Licence\n# syntax=docker/dockerfile:1\nFROM a\n');
    assert.equal(late.syntax, undefined);
    const windows = parseDockerfile('# Syntax=docker/dockerfile:1\n# ESCAPE=`\nFROM a\nRUN x `\n  y\\\nRUN z\n');
    assert.equal(windows.syntax, 'docker/dockerfile:1');
    assert.equal(windows.escape, '`');
    assert.deepEqual(
      windows.stages[0]?.instructions.map(({ keyword }) => keyword),
      ['RUN', 'RUN'],
    );
  });
});

describe('shapes: how Go gets built, as far as the text goes', () => {
  it('17: a source above the context', () => {
    assert.deepEqual(
      only('FROM a\nCOPY ../../go.mod go.mod\n', 'COPY').instruction.sources.map(({ raw }) => raw),
      ['../../go.mod'],
    );
  });

  it('19 and 24: CMD before the COPY, a build in CMD', () => {
    assert.deepEqual(keywords('FROM a\nENTRYPOINT ["/app"]\nCMD go build -o /x .\nCOPY app /app\n'), [
      'FROM',
      'ENTRYPOINT',
      'CMD',
      'COPY',
    ]);
    assert.equal(only('FROM a\nCMD go build -o /x .\n', 'CMD').instruction.form.kind, 'shell');
  });

  for (const [number, command] of [
    ['20', 'export CGO_ENABLED=0 && go env -w GOOS=linux && go build'],
    ['21', 'xx-go --wrap && go -C cmd build && go run ./build/ci.go install'],
    ['22', 'make build || mage build; ./build.sh'],
    ['23', 'go build $(if [ -n "$TAGS" ]; then echo "-tags $TAGS"; fi) -ldflags="$(./ldflags.sh)" -o `pwd`/x'],
    ['25', 'go build.sh all'],
    ['27', "set sed -i 's/a/b/' x"],
  ] as const) {
    it(`${number}: ${command} is one script`, () => {
      assert.equal(shellText(`FROM a\nRUN ${command}\n`), command);
    });
  }

  it('26: a source picked by the platform', () => {
    const { sources } = only('FROM a\nCOPY --from=b /out/app-${TARGETARCH} /app\n', 'COPY').instruction;
    assert.equal(expanded(sources[0]?.raw, { TARGETARCH: 'arm64' }), '/out/app-arm64');
  });

  it('28: a shell as the entry', () => {
    const { form } = only(
      'FROM a\nENTRYPOINT ["tini", "--", "sh", "-c", "./start && sleep infinity"]\n',
      'ENTRYPOINT',
    ).instruction;
    assert.deepEqual(form.kind === 'exec' && form.words.map(({ raw }) => raw), [
      'tini',
      '--',
      'sh',
      '-c',
      './start && sleep infinity',
    ]);
  });

  it('29 and 30: stages keep their own instructions', () => {
    const text =
      'FROM golang:1.19 AS tool\nRUN go install x\nFROM golang:1.26 AS glibc\nRUN tar c x\nFROM golang:1.26-alpine AS musl\nRUN go build\nFROM alpine\nCOPY --from=musl /x /x\n';
    assert.deepEqual(
      parseDockerfile(text).stages.map(({ index, name, instructions }) => [index, name, instructions.length]),
      [
        [0, 'tool', 1],
        [1, 'glibc', 1],
        [2, 'musl', 1],
        [3, undefined, 1],
      ],
    );
  });
});

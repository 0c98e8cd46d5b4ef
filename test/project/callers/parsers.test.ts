import { deepEqual, equal } from 'node:assert/strict';
import { parseBakeHcl, parseBakeJson } from '../../../server/project/callers/bake.ts';
import type { BuildCall } from '../../../server/project/callers/build-call.ts';
import { parseCompose } from '../../../server/project/callers/compose.ts';
import { parseEnvFile } from '../../../server/project/callers/env-file.ts';
import { parseWorkflow } from '../../../server/project/callers/workflow.ts';

const composeCalls = (text: string, env = ''): readonly BuildCall[] => parseCompose(text)(parseEnvFile(env));

/** A call without its place, its arguments as an object. */
const plain = ({ range, args, ...call }: BuildCall) => ({
  ...call,
  line: range.start.line,
  args: Object.fromEntries(args),
});

const nothing = { dockerfile: undefined, target: undefined, platforms: [], args: {} };

describe('env files', () => {
  it('are read as compose reads them', () => {
    const text = `# comment
A=1 # comment
export B = "two\\n#2" # comment
C='$3'
D: four#4
E=\${A}
F="two
X=lines"
G=
H=# no comment
I=a\t# none either
=broken
A=last
J="open
`;
    deepEqual(Object.fromEntries(parseEnvFile(text)), {
      A: 'last',
      B: 'two\n#2',
      C: '$3',
      D: 'four#4',
      E: undefined,
      F: 'two\nX=lines',
      G: '',
      H: '# no comment',
      I: 'a\t# none either',
      J: undefined,
    });
  });
});

describe('compose files', () => {
  it('take variables from the env file, and their defaults where it has none', () => {
    const values = [
      '$GO',
      '${GO}x',
      '${GO:-1}',
      '${NO:-1}',
      '${NO-2}',
      '${EMPTY:-3}',
      '${EMPTY-4}',
      '${GO:?no}',
      '${GO:-${NO}}',
      '${NO:-${GO}}',
      'v${NO:-${NO:-$GO}.1}',
      '${NO:-$$5}',
    ];
    const unknown = ['${NO}', '${NO:?no}', '${NO:-${NO}}', '${NO:-a${GO:-1', '${GO:+yes}', '${OPEN:-1}'];
    const args = [...values, ...unknown].map((value, at) => `      - A${at}=${value}\n`).join('');
    const text = `services:\n  web:\n    build:\n     context: .\n     args:\n${args}      - GO\n`;
    const [call] = composeCalls(text, 'GO=1.25\nEMPTY=\nOPEN=$X\n');
    deepEqual(
      [...(call?.args.values() ?? [])],
      [
        '1.25',
        '1.25x',
        '1.25',
        '1',
        '2',
        '3',
        '',
        '1.25',
        '1.25',
        '1.25',
        'v1.25.1',
        '$5',
        ...unknown.map(() => undefined),
        '1.25',
      ],
    );
  });

  it('name further contexts', () => {
    const text = `services:
  web:
    build:
      context: .
      additional_contexts: { base: "docker-image://golang:\${GO:-1.26}", lib: ../lib }
  list:
    build: { context: ., additional_contexts: ["base=service:web"] }
`;
    deepEqual(
      composeCalls(text).map(({ contexts }) => Object.fromEntries(contexts ?? [])),
      [{ base: 'docker-image://golang:1.26', lib: '../lib' }, { base: 'service:web' }],
    );
  });

  it('tell what is mounted and set when the image runs', () => {
    const text = `services:
  web:
    build: .
    tmpfs: /tmp
    volumes: [./config:/etc/app:ro, data:/data, /cache, { type: bind, source: ., target: /src }]
    environment: [TZ=Europe/Paris, TOKEN]
  job:
    build: .
    environment: { ZONEINFO: /z.zip }
`;
    deepEqual(
      composeCalls(text).map(({ mounts, environment }) => [mounts, environment]),
      [
        [
          ['/etc/app', '/data', '/cache', '/src', '/tmp'],
          ['TZ', 'TOKEN'],
        ],
        [undefined, ['ZONEINFO']],
      ],
    );
  });

  it('tell how much memory it may use, unless the program or its environment is another', () => {
    const limited = (lines: string): string => `services: { web: { build: ., ${lines} } }`;
    const memories = [
      'mem_limit: 1073741824',
      'mem_limit: 1.5gb',
      'deploy: { resources: { limits: { memory: 64M } } }',
      'mem_limit: $LIMIT',
      'mem_limit: 0',
      'mem_limit: 64m, command: [other]',
      'mem_limit: 64m, env_file: .env',
    ].map((lines) => composeCalls(limited(lines))[0]?.memory?.bytes);
    deepEqual(memories, [2 ** 30, 1.5 * 2 ** 30, 2 ** 26, undefined, undefined, undefined, undefined]);
  });

  it('name the build of each service', () => {
    const text = `x-args: &args
  GO_VERSION: 1.20
  COMMIT: \${COMMIT}
services:
  web:
    build: .
  api:
    platform: linux/arm64
    build:
      context: \${DIR:-../api}
      dockerfile: build/Dockerfile
      target: production
      args:
        <<: *args
        TAGS: netgo$$
        TOKEN:
  list:
    build: { context: x, args: [A=b=c, "D=\${E}", F], platforms: [linux/amd64, linux/arm64] }
  image:
    image: redis
  inline:
    build: { context: ., dockerfile_inline: FROM scratch }
  more:
    build: { args: { A: 1 } }
`;
    deepEqual(composeCalls(text).map(plain), [
      { ...nothing, name: 'service web', line: 4, context: '.' },
      {
        name: 'service api',
        line: 6,
        context: '../api',
        dockerfile: 'build/Dockerfile',
        target: 'production',
        platforms: ['linux/arm64'],
        args: { GO_VERSION: '1.2', COMMIT: undefined, TAGS: 'netgo$', TOKEN: undefined },
      },
      {
        ...nothing,
        name: 'service list',
        line: 16,
        context: 'x',
        args: { A: 'b=c', D: undefined, F: undefined },
        platforms: ['linux/amd64', 'linux/arm64'],
      },
    ]);
  });

  it('may be anything', () => {
    for (const text of [
      '',
      'build',
      'services: build',
      'services: [build]',
      'a: &a [*a, build]\nservices: *a',
      '\u0000build: {',
    ])
      equal(composeCalls(text).length, 0, text);
  });

  it('that repeat themselves without end are read in time', () => {
    const line = (at: number): string =>
      `l${at}: &l${at} [${Array(9)
        .fill(`*l${at - 1}`)
        .join(', ')}]\n`;
    const bomb = `l0: &l0 [build]\n${Array.from({ length: 12 }, (_, at) => line(at + 1)).join('')}services: {a: *l12}\n`;
    equal(composeCalls(bomb).length, 0);
  });
});

const hcl = `# what is built
variable "TAG" { default = "dev" }
group "default" { targets = ["app", "tool"] }
target "_common" {
  args = { GO_VERSION = "1.25", BASE = "alpine" }
  platforms = ["linux/amd64", "linux/arm64"]
}
target "app" {
  inherits = ["_common"]
  context = ".."
  dockerfile = "build/Dockerfile"
  target = "production"
  args = {
    "GO_VERSION" = "1.26"
    VERSION = "v-\${TAG}"
    OTHER = TAG
    TAGS = join(",", ["a"])
    DEBUG = true
    BASE = null
  }
}
target "tool" { dockerfile = "tool.Dockerfile" }
target "test" {
  inherits = ["app"]
  context = notdir("x")
}
`;

const expected = (lines: readonly [number, number, number]) => [
  {
    name: 'target app',
    line: lines[0],
    context: '..',
    dockerfile: 'build/Dockerfile',
    target: 'production',
    platforms: ['linux/amd64', 'linux/arm64'],
    args: { GO_VERSION: '1.26', VERSION: undefined, OTHER: undefined, TAGS: undefined, DEBUG: 'true' },
  },
  { ...nothing, name: 'target tool', line: lines[1], context: '.', dockerfile: 'tool.Dockerfile' },
];

describe('Bake files', () => {
  it('in HCL name targets with what they inherit', () => {
    const [app, tool, test] = parseBakeHcl(hcl).map(plain);
    deepEqual([app, tool], expected([7, 21, 22]));
    deepEqual([test?.name, test?.context, test?.args.GO_VERSION], ['target test', undefined, '1.26']);
  });

  it('in JSON say the same', () => {
    const text = JSON.stringify({
      target: {
        app: {
          context: '..',
          dockerfile: 'build/Dockerfile',
          target: 'production',
          platforms: ['linux/amd64', 'linux/arm64'],
          args: { GO_VERSION: '1.26', VERSION: 'v-${TAG}', DEBUG: true },
        },
        tool: { dockerfile: 'tool.Dockerfile' },
      },
    });
    const [app, tool] = parseBakeJson(text).map(plain);
    const [wanted, other] = expected([0, 0, 0]);
    deepEqual([app, tool], [{ ...wanted, args: { GO_VERSION: '1.26', VERSION: undefined, DEBUG: 'true' } }, other]);
  });

  it('may be anything', () => {
    for (const text of ['', 'target', 'target "a" {', 'target = 1', 'target "a" { inherits = ["a"] }', '}{"\u0000'])
      equal(parseBakeHcl(text).filter(({ args }) => args.size > 0).length, 0, text);
    for (const text of ['', '[]', '{"target": 1}', '{"target": {"a": {"args": []}}}'])
      equal(parseBakeJson(text).filter(({ args }) => args.size > 0).length, 0, text);
  });
});

describe('workflows', () => {
  it('name the steps that build', () => {
    const text = `jobs:
  image:
    steps:
      - uses: actions/checkout@v4
      - name: Build
        uses: docker/build-push-action@v6
        with:
          context: .
          file: build/Dockerfile
          target: production
          platforms: linux/amd64,linux/arm64
          build-args: |
            GO_VERSION=1.26
            COMMIT=\${{ github.sha }}
      - uses: docker/build-push-action@0123456789
        with:
          file: \${{ matrix.file }}
          platforms: |
            linux/amd64
            \${{ matrix.platform }}
`;
    deepEqual(parseWorkflow(text).map(plain), [
      {
        name: 'step Build',
        line: 5,
        context: '.',
        dockerfile: 'build/Dockerfile',
        target: 'production',
        platforms: ['linux/amd64', 'linux/arm64'],
        args: { GO_VERSION: '1.26', COMMIT: undefined },
      },
      { ...nothing, name: 'step of image', line: 14, context: '.', dockerfile: 'unknown', platforms: ['linux/amd64'] },
    ]);
  });

  it('may be anything', () => {
    for (const text of [
      '',
      'docker/build-push-action@',
      'jobs: docker/build-push-action@v1',
      '- docker/build-push-action@',
    ])
      equal(parseWorkflow(text).length, 0, text);
  });
});

describe('further contexts', () => {
  it('of Bake are inherited', () => {
    const text = `target "_base" { contexts = { base = "docker-image://golang:1.26", lib = "../lib" } }
target "app" {
  inherits = ["_base"]
  contexts = { lib = "target:lib" }
}
`;
    deepEqual(
      parseBakeHcl(text).map(({ contexts }) => Object.fromEntries(contexts ?? [])),
      [{ base: 'docker-image://golang:1.26', lib: 'target:lib' }],
    );
  });

  it('of a workflow are lines', () => {
    const text = `jobs:
  image:
    steps:
      - uses: docker/build-push-action@v6
        with:
          build-contexts: |
            alpine=docker-image://alpine:3.24
            my-lib=\${{ matrix.lib }}
`;
    deepEqual(
      parseWorkflow(text).map(({ contexts }) => Object.fromEntries(contexts ?? [])),
      [{ alpine: 'docker-image://alpine:3.24', 'my-lib': undefined }],
    );
  });
});

import { preferMemoryLimit } from '../../server/analysis/rules/prefer-memory-limit.ts';
import type { Files } from '../support/project.ts';
import { testRule } from '../support/test-rule.ts';

const image = (command = '«ENTRYPOINT ["/app"]»', env = '', golang = 'golang:1.26'): string => `FROM ${golang} AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch AS final
COPY --from=build /app /app
USER 65532:65532
${env}${command}
`;

const silent = 'ENTRYPOINT ["/app"]';

const project = (service: string, main = 'func main() {}', mod = '', first = ''): Files => ({
  'go.mod': `module example.com/app\n\ngo 1.18\n${mod}`,
  'main.go': `package main\n\n${main}\n`,
  'compose.yaml': `services:\n  web:\n${first}    build: .\n${service}`,
});

const compose = (target: string, limit = 'mem_limit: 512m'): string =>
  `services: { web: { build: { context: ., target: ${target} }, ${limit} } }\n`;

const inCompose = 'Set GOMEMLIMIT in compose.yaml, to nine tenths of the limit';

const changed = (service: string, first = ''): Files => ({
  'compose.yaml': project(service, undefined, undefined, first)['compose.yaml'] ?? '',
});

const limited = '    mem_limit: 512m\n';
const more = '  small:\n    build: .\n    mem_limit: 64m\n';

const said = (memory: string): string =>
  `The service web of compose.yaml may use ${memory} of memory, and the garbage collector of /app is not told: GOMEMLIMIT is not set.`;

testRule(preferMemoryLimit, {
  valid: [
    { name: 'no limit', code: image(silent), files: project('') },
    { name: 'no size', code: image(silent), files: project('    mem_limit: much\n') },
    { name: 'a variable that nobody knows', code: image(silent), files: project('    mem_limit: $LIMIT\n') },
    { name: 'too little to speak of', code: image(silent), files: project('    mem_limit: 8m\n') },
    { name: 'the image sets it', code: image(silent, 'ENV GOMEMLIMIT=400MiB\n'), files: project(limited) },
    { name: 'the image tunes the collector', code: image(silent, 'ENV GOGC=50\n'), files: project(limited) },
    {
      name: 'the service sets it',
      code: image(silent),
      files: project(`${limited}    environment: [GOMEMLIMIT=400MiB]\n`),
    },
    { name: 'another file may set it', code: image(silent), files: project(`${limited}    env_file: web.env\n`) },
    { name: 'another command', code: image(silent), files: project(`${limited}    command: [/other]\n`) },
    {
      name: 'the program sets it',
      code: image(silent),
      files: project(limited, 'import "runtime/debug"\n\nfunc main() { debug.SetMemoryLimit(400 << 20) }'),
    },
    {
      name: 'a module reads the limit of the container',
      code: image(silent),
      files: project(limited, 'func main() {}', '\nrequire github.com/KimMachineGun/automemlimit v0.7.5\n'),
    },
    {
      name: 'another image is limited',
      code: image(silent),
      files: { ...project(''), 'compose.yaml': compose('build') },
    },
    { name: 'Go 1.18 has no such limit', code: image(silent, '', 'golang:1.18'), files: project(limited) },
    { name: 'a script starts it', code: image('ENTRYPOINT ["/start.sh"]'), files: project(limited) },
  ],
  invalid: [
    {
      name: 'mem_limit',
      code: image(),
      files: project(limited),
      messages: [said('512 MiB')],
      elsewhere: 'compose.yaml:4 The garbage collector of /app is not told of this limit: GOMEMLIMIT is not set.',
      fixes: [inCompose, 'Set GOMEMLIMIT to 460MiB in the image'],
      fixed: image(silent),
      fixedFiles: changed(limited, '    environment:\n      GOMEMLIMIT: 460MiB\n'),
      severity: 'hint',
    },
    {
      name: 'in brackets, and a comment over the command',
      code: image(undefined, '# Starts it\n'),
      files: {
        ...project(''),
        'compose.yaml': compose('final', 'deploy: { resources: { limits: { memory: 1.5GB } } }'),
      },
      messages: [said('1536 MiB')],
      fixed: image(silent, 'ENV GOMEMLIMIT=1382MiB\n# Starts it\n'),
    },
    {
      name: 'several limits: the image has no right one',
      code: image(),
      files: project(limited + more),
      messages: [said('512 MiB')],
      fixes: [inCompose],
      fixed: image(silent),
      fixedFiles: {
        'compose.yaml': `services:
  web:
    environment:
      GOMEMLIMIT: 460MiB
    build: .
    mem_limit: 512m
  small:
    environment:
      GOMEMLIMIT: 57MiB
    build: .
    mem_limit: 64m
`,
      },
    },
    {
      name: 'an environment as a map',
      code: image(),
      files: project(`${limited}    environment:\n      TZ: UTC\n`),
      messages: [said('512 MiB')],
      fixed: image(silent),
      fixedFiles: changed(`${limited}    environment:\n      GOMEMLIMIT: 460MiB\n      TZ: UTC\n`),
    },
    {
      name: 'an environment as a list',
      code: image(),
      files: project(`${limited}    environment:\n    # Everywhere\n    -   TZ=UTC\n`),
      messages: [said('512 MiB')],
      fixed: image(silent),
      fixedFiles: changed(`${limited}    environment:\n    # Everywhere\n    - GOMEMLIMIT=460MiB\n    -   TZ=UTC\n`),
    },
    {
      name: 'an environment that other services have, too',
      code: image(),
      files: {
        ...project(''),
        'compose.yaml': `x-base: &base\n  environment: { TZ: UTC }\nservices:\n  web:\n    <<: *base\n    build: .\n${limited}`,
      },
      messages: [said('512 MiB')],
      fixed: image(silent, 'ENV GOMEMLIMIT=460MiB\n'),
    },
  ],
});

import { requireDockerignore } from '../../server/analysis/rules/require-dockerignore.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (...lines: readonly string[]): string => `FROM golang:1.26\nWORKDIR /src\n${lines.join('\n')}\n`;
const plain = stage('COPY . .', 'RUN go build -o /app .');
const marked = plain.replace('. .', '«.» .');
const secret = { ...programs.hello, '.env': 'TOKEN=x\n' };
const cloned = { ...programs.hello, '.git/HEAD': 'ref: refs/heads/main\n' };
const copies = (names: string): string => `There is no .dockerignore: this copies ${names} too.`;
const head = '# Not part of the build: secrets stay out of it, and their changes do not repeat it.\n';
const most = `${head}.git
.github
.vscode
.idea
**/.env
**/.env.*
Dockerfile*
.dockerignore
compose*.y*ml
docker-compose*.y*ml
**/node_modules
bin
dist
coverage.*
**/*.test
`;

testRule(requireDockerignore, {
  valid: [
    { name: 'nothing unwanted is there', files: programs.hello, code: plain },
    { name: 'there is one', files: { ...secret, '.dockerignore': '.env\n' }, code: plain },
    { name: 'one beside the Dockerfile', files: { ...secret, 'Dockerfile.dockerignore': '.env\n' }, code: plain },
    { name: 'folders by name', files: cloned, code: stage('COPY main.go go.mod ./', 'RUN go build -o /app .') },
    { name: 'a bind mount', files: cloned, code: stage('RUN --mount=target=. go build -o /app .') },
    { name: 'another stage', files: cloned, code: `FROM alpine AS a\n\n${stage('COPY --from=a / /x')}` },
    {
      name: 'an image for a test',
      files: cloned,
      path: 'test/images/all/Dockerfile',
      code: 'FROM scratch\nCOPY . .\n',
    },
    { name: '--exclude', files: cloned, code: stage('COPY --exclude=.git . .', 'RUN go build -o /app .') },
    {
      name: 'git reads .git',
      files: cloned,
      code: stage('COPY . .', 'RUN go build -ldflags "-X main.v=$(git describe)" .'),
    },
    { name: 'make may read .git', files: cloned, code: stage('COPY . .', 'RUN make build') },
    { name: 'a script may read .git', files: cloned, code: stage('COPY . .', 'RUN ./build.sh') },
    {
      name: 'a script that a container starts may read .git',
      files: { ...cloned, 'pack.sh': '#!/bin/sh\n' },
      code: stage('COPY . .', 'CMD ["/src/pack.sh"]'),
    },
    { name: '-buildvcs asks for it', files: cloned, code: stage('COPY . .', 'RUN go build -buildvcs=true .') },
    { name: 'the project is not known', code: plain },
  ],
  invalid: [
    {
      name: '.git and .env',
      files: { ...secret, ...cloned },
      code: marked,
      messages: [copies('.git, .env')],
      severity: 'warning',
      fixes: ['Create a .dockerignore'],
      fixed: plain,
      fixedFiles: { '.dockerignore': most },
    },
    {
      name: 'ADD, and a slash behind the dot, once',
      files: cloned,
      code: stage('ADD «./» .', 'COPY . /again', 'RUN go build -o /app .'),
      messages: [copies('.git')],
      fixed: stage('ADD ./ .', 'COPY . /again', 'RUN go build -o /app .'),
      fixedFiles: { '.dockerignore': most },
    },
    {
      name: 'nothing is stamped, so that nobody reads .git',
      files: cloned,
      code: stage('COPY «.» .', 'RUN go build -buildvcs=false -o /app .'),
      messages: [copies('.git')],
      fixed: stage('COPY . .', 'RUN go build -buildvcs=false -o /app .'),
      fixedFiles: { '.dockerignore': most },
    },
    {
      name: 'make keeps .git',
      files: { ...secret, ...cloned },
      code: stage('COPY «.» .', 'RUN make build'),
      messages: [copies('.env')],
      fixed: stage('COPY . .', 'RUN make build'),
      fixedFiles: { '.dockerignore': most.replace('\n.git\n', '\n') },
    },
    {
      name: 'what is embedded, named or perhaps a script is not hidden',
      files: {
        ...secret,
        'bin/build.sh': '',
        'compose.yaml': '',
        'main.go':
          'package main\n\nimport _ "embed"\n\n//go:embed dist/index.html\nvar page string\n\nfunc main() {}\n',
        'dist/index.html': '',
      },
      code: stage('COPY «.» .', 'COPY compose.yaml /', 'RUN go build -o /app .'),
      messages: [copies('.env')],
      fixed: stage('COPY . .', 'COPY compose.yaml /', 'RUN go build -o /app .'),
      fixedFiles: { '.dockerignore': most.replace('compose*.y*ml\ndocker', 'docker').replace('bin\ndist\n', '') },
    },
    {
      name: 'an unknown source may be one that it hides',
      files: secret,
      code: stage('ARG EXTRA', 'COPY «.» .', 'COPY $EXTRA /', 'RUN go build -o /app .'),
      messages: [copies('.env')],
    },
  ],
});

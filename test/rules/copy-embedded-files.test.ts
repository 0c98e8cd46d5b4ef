import { copyEmbeddedFiles } from '../../server/analysis/rules/copy-embedded-files.ts';
import { testRule } from '../support/test-rule.ts';

const goMod = 'module example.com/app\n\ngo 1.26\n';
const embedding = (pattern: string, more: Readonly<Record<string, string>> = {}) => ({
  'go.mod': goMod,
  'main.go': `package main\n\nimport "embed"\n\n//go:embed ${pattern}\nvar files embed.FS\n\nfunc main() {}\n`,
  'static/index.html': '',
  'static/css/app.css': '',
  ...more,
});
const stage = (...lines: readonly string[]): string => `FROM golang:1.26\nWORKDIR /src\n${lines.join('\n')}\n`;
const build = 'RUN go build -o /app .';
const found = 'RUN «go build» -o /app .';
const source = 'COPY go.mod *.go ./';
const hidden = (pattern: string): string =>
  `main.go embeds ${pattern}, which .dockerignore hides: go build stops here.`;
const missing = (pattern: string): string => `main.go embeds ${pattern}, which no COPY brings: go build stops here.`;

testRule(copyEmbeddedFiles, {
  valid: [
    { name: 'nothing is known', code: stage(source, build) },
    ...['static', 'static/*', 'all:static', 'static/index.html', 'static/css/*.css', 'st?tic'].map((pattern) => ({
      name: `${pattern}, all is copied`,
      files: embedding(pattern),
      code: stage('COPY . .', build),
    })),
    { name: 'the folder is copied', files: embedding('static'), code: stage(source, 'COPY static ./static', build) },
    {
      name: 'a part is copied',
      files: embedding('static'),
      code: stage(source, 'COPY static/css ./static/css', build),
    },
    {
      name: 'a bind mount',
      files: embedding('static'),
      code: stage('RUN --mount=type=bind,target=. go build -o /app .'),
    },
    { name: 'made before the build', files: embedding('dist/*'), code: stage(source, build) },
    {
      name: 'made by another stage',
      files: embedding('static'),
      code: `FROM node:24 AS web\nRUN npm run build\n\n${stage(source, 'COPY --from=web /static ./static', build)}`,
    },
    { name: 'made by a command', files: embedding('static'), code: stage(source, 'RUN npm run build', build) },
    {
      name: 'a part is hidden',
      files: embedding('static', { '.dockerignore': 'static/css\n' }),
      code: stage('COPY . .', build),
    },
    {
      name: 'an exception',
      files: embedding('static', { '.dockerignore': 'static\n!static/index.html\n' }),
      code: stage('COPY . .', build),
    },
    {
      name: 'hidden files do not count without all:',
      files: embedding('static', {
        'static/index.html': '',
        'static/css/app.css': '',
        '.dockerignore': 'static/.keep\n',
      }),
      code: stage('COPY . .', build),
    },
    {
      name: 'a package that is not imported',
      files: {
        ...embedding('static'),
        'main.go': 'package main\n\nfunc main() {}\n',
        'web/web.go': embedding('x')['main.go'],
        'web/x': '',
      },
      code: stage(source, build),
    },
    {
      name: 'behind a tag',
      files: {
        ...embedding('static'),
        'main.go': `//go:build web\n\n${embedding('static')['main.go']}`,
        'x.go': 'package main\n\nfunc main() {}\n',
      },
      code: stage(source, build),
    },
    {
      name: 'in a comment',
      files: {
        ...embedding('static'),
        'main.go': 'package main\n\nimport _ "embed"\n\n/*\n//go:embed static\n*/\nfunc main() {}\n',
      },
      code: stage(source, build),
    },
    { name: 'its source is not there', files: embedding('static'), code: stage('COPY go.mod ./', build) },
    { name: 'may fail', files: embedding('static'), code: stage(source, 'RUN go build -o /app . || true') },
    { name: 'brackets', files: embedding('[st]tatic'), code: stage(source, build) },
  ],
  invalid: [
    {
      name: 'a folder that is not copied',
      files: embedding('static'),
      code: stage(source, found),
      messages: [missing('static')],
      fixed: stage(source, 'COPY static ./static', build),
      severity: 'error',
      related: ['This COPY brings the program without static.'],
    },
    {
      name: 'a pattern',
      files: embedding('static/css/*.css'),
      code: stage(source, found),
      messages: [missing('static/css/*.css')],
      fixed: stage(source, 'COPY static/css ./static/css', build),
    },
    {
      name: 'in a package of its own',
      files: {
        ...embedding('x'),
        'main.go': 'package main\n\nimport _ "example.com/app/web"\n\nfunc main() {}\n',
        'web/web.go': embedding('all:dist')['main.go'].replace('main', 'web'),
        'web/dist/_app.js': '',
      },
      code: stage(source, 'COPY web/*.go ./web/', found),
      messages: ['web/web.go embeds all:dist, which no COPY brings: go build stops here.'],
      fixed: stage(source, 'COPY web/*.go ./web/', 'COPY web/dist ./web/dist', build),
    },
    {
      name: 'a folder that is hidden',
      files: embedding('static', { '.dockerignore': 'static\n' }),
      code: stage('COPY . .', found),
      messages: [hidden('static')],
      fixedFiles: { '.dockerignore': '' },
      fixed: stage('COPY . .', build),
    },
    {
      name: 'a file that a pattern hides',
      files: embedding('README.md', { 'README.md': '', '.dockerignore': '.git\n*.md\n' }),
      code: stage('COPY . .', found),
      messages: [hidden('README.md')],
      fixedFiles: { '.dockerignore': '.git\n*.md\n!README.md\n' },
      fixed: stage('COPY . .', build),
    },
    {
      name: 'files that a pattern hides',
      files: embedding('static/*.html', { 'static/b.html': '', '.dockerignore': '**/*.html\n' }),
      code: stage('COPY . .', found),
      messages: [hidden('static/*.html')],
    },
  ],
});

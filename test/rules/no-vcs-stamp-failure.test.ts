import { noVcsStampFailure } from '../../server/analysis/rules/no-vcs-stamp-failure.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const git = { ...programs.hello, '.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/ab/cd': '' };
const partial = { ...git, '.dockerignore': '.git/objects\n' };

const built = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /tmp/app /app
ENTRYPOINT ["/app"]
`;
const build = 'RUN go build -o /tmp/app .';
const hides = '.dockerignore hides .git/objects, and go asks git for the commit: go build stops.';
const owner = (sources: string, user: string, verb = 'build'): string =>
  `The sources belong to ${sources} and go runs as ${user}: git does not tell the commit, and go ${verb} stops.`;

testRule(noVcsStampFailure, {
  valid: [
    { name: 'all of .git', files: git, code: built('COPY . .', build) },
    {
      name: 'nothing of it',
      files: { ...git, '.dockerignore': '.git\n' },
      code: built('COPY . .', 'USER 65532', build),
    },
    {
      name: 'its parts one by one',
      files: { ...git, '.dockerignore': '.git/*\n' },
      code: built('COPY . .', 'USER 65532', build),
    },
    {
      name: 'what git can do without',
      files: { ...git, '.dockerignore': '.git/logs\n.git/hooks\n.git/index\n' },
      code: built('COPY . .', build),
    },
    { name: 'not in the context', files: programs.hello, code: built('COPY . .', 'USER 65532', build) },
    {
      name: 'a file, of a submodule',
      files: { ...programs.hello, '.git': 'gitdir: ../.git/modules/x\n' },
      code: built('COPY . .', 'USER 65532', build),
    },
    { name: 'not copied', files: partial, code: built('COPY go.mod main.go ./', 'USER 65532', build) },
    { name: 'switched off', files: partial, code: built('COPY . .', 'RUN go build -buildvcs=false -o /tmp/app .') },
    { name: 'in GOFLAGS', files: partial, code: built('ENV GOFLAGS=-buildvcs=false', 'COPY . .', build) },
    { name: 'no git', files: partial, code: built('COPY . .', build).replace('1.26', '1.26-alpine') },
    { name: 'an old Go', files: partial, code: built('COPY . .', build).replace('1.26', '1.17') },
    {
      name: 'trusted',
      files: git,
      code: built('COPY . .', 'USER 65532', 'RUN git config --global --add safe.directory /src', build),
    },
    { name: 'handed over', files: git, code: built('COPY . .', 'RUN chown -R 65532 /src', 'USER 65532', build) },
    { name: 'removed', files: partial, code: built('COPY . .', `RUN rm -rf .git && ${build.slice(4)}`) },
    { name: 'the same user', files: git, code: built('COPY --chown=65532:65532 . .', 'USER 65532', build) },
    {
      name: 'the same user by name',
      files: git,
      code: built('RUN useradd -u 1000 app', 'COPY --chown=1000 . .', 'USER app', build),
    },
    { name: 'a user by a variable', files: git, code: built('ARG USER=app', 'COPY --chown=$USER . .', build) },
    { name: 'a user nobody knows', files: git, code: built('COPY . .', 'USER app', build) },
    {
      name: 'a bind mount',
      files: git,
      code: built('USER 65532', 'RUN --mount=type=bind,target=. go build -o /tmp/app .'),
    },
    { name: 'tests', files: partial, code: built('COPY . .', 'RUN go test ./... && go vet ./... && go run .') },
    { name: 'a tool', files: partial, code: built('COPY . .', 'RUN go install example.com/tool@v1.0.0') },
    {
      name: 'a library',
      files: { ...partial, 'main.go': 'package lib\n' },
      code: built('COPY . .', 'RUN go build ./...'),
    },
    {
      name: 'it may fail',
      files: partial,
      code: built('COPY . .', `${build} || go build -buildvcs=false -o /tmp/app .`),
    },
    { name: 'in a trigger', files: partial, code: built('COPY . .', `ONBUILD ${build}`) },
    { name: 'nothing is known', code: built('COPY . .', 'USER 65532', build) },
  ],
  invalid: [
    {
      name: 'objects are hidden',
      files: partial,
      code: built('COPY . .', build.replace('go build', '«go build»')),
      messages: [hides],
      severity: 'error',
      related: ['This brings .git with the sources.'],
      elsewhere: '.dockerignore:1 .git/objects hides .git/objects, which the build needs.',
      fixed: built('COPY . .', 'RUN go build -buildvcs=false -o /tmp/app .'),
    },
    {
      name: 'all but HEAD and refs, in a chain over lines',
      files: { ...git, '.dockerignore': '.git/*\n!.git/HEAD\n!.git/refs\n' },
      code: built(
        'COPY . .',
        'RUN --mount=type=cache,target=/go/pkg/mod \\',
        '    go vet ./... && \\',
        '    CGO_ENABLED=0 «go build» -o /tmp/app .',
      ),
      messages: [hides],
      fixed: built(
        'COPY . .',
        'RUN --mount=type=cache,target=/go/pkg/mod \\',
        '    go vet ./... && \\',
        '    CGO_ENABLED=0 go build -buildvcs=false -o /tmp/app .',
      ),
    },
    {
      name: 'another user builds',
      files: git,
      code: built('COPY . .', 'ENV HOME=/tmp', 'USER 65532:65532', 'RUN «go build» -o /tmp/app .'),
      messages: [owner('root', '65532:65532')],
      severity: 'error',
      fixed: built('COPY . .', 'ENV HOME=/tmp', 'USER 65532:65532', 'RUN go build -buildvcs=false -o /tmp/app .'),
    },
    {
      name: "the files are somebody else's, in a heredoc",
      files: git,
      code: built('COPY --chown=1000:1000 . .', '', 'FROM build AS compile', 'RUN <<EOF', '«go install» .', 'EOF'),
      messages: [owner('1000', 'root', 'install')],
      fixed: built(
        'COPY --chown=1000:1000 . .',
        '',
        'FROM build AS compile',
        'RUN <<EOF',
        'go install -buildvcs=false .',
        'EOF',
      ),
    },
  ],
});

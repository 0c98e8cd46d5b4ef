import { buildFails, type RuleCases, works } from '../case.ts';
import { privateModule, privateServer } from './supply-chain.ts';

const onto = (builder: string, ...lines: readonly string[]): string => `FROM ${builder} AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /tmp/app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

const alpine = 'golang:1.26-alpine';
const build = 'RUN CGO_ENABLED=0 go build -o /tmp/app .';
const noGit = /executable file not found in \$PATH/;

export const requireGit: RuleCases = {
  rule: 'require-git',
  cases: [
    {
      name: 'a module that GOPRIVATE names',
      project: 'module',
      dockerfile: onto(alpine, 'ENV GOPRIVATE=github.com/google', 'COPY . .', 'RUN go mod download', build),
      reported: true,
      really: buildFails(noGit),
    },
    {
      name: 'a module of a server of its own',
      project: 'hello',
      files: { ...privateModule, gitconfig: '[url "file:///srv/"]\n\tinsteadOf = https://github.com/\n' },
      dockerfile:
        privateServer +
        onto(
          'golang:1.26-alpine3.23',
          'COPY --from=server /srv /srv',
          'COPY gitconfig /root/.gitconfig',
          'COPY . .',
          'ENV GOPRIVATE=github.com/acme',
          'RUN go mod download',
          build,
        ),
      reported: true,
      really: buildFails(noGit),
      fixed: { title: /git/, really: works(/module private/) },
    },
    {
      name: 'GOPROXY=direct, at the build',
      project: 'module',
      dockerfile: onto(alpine, 'COPY . .', build.replace('go build', 'GOPROXY=direct go build')),
      reported: true,
      really: buildFails(noGit),
    },
    {
      name: 'a command',
      project: 'hello',
      dockerfile: onto(alpine, 'COPY . .', 'RUN git version', build),
      reported: true,
      really: buildFails(/git: not found/),
    },
    {
      name: 'a version that is empty',
      project: 'version',
      dockerfile: onto(
        alpine,
        'COPY . .',
        'RUN CGO_ENABLED=0 go build -ldflags "-X main.version=$(git describe --always)" -o /tmp/app .',
      ),
      reported: true,
      really: works(/^version *$/m),
    },
    {
      name: 'the proxy needs none',
      project: 'module',
      dockerfile: onto(alpine, 'ENV GOPRIVATE=github.com/acme', 'COPY . .', 'RUN go mod download', build),
      reported: false,
      really: works(/module/),
    },
    {
      name: 'Debian has it',
      project: 'module',
      dockerfile: onto('golang:1.26', 'COPY . .', 'RUN git version', build),
      reported: false,
      really: works(/module/),
    },
  ],
};

/** A repository without a commit: git knows it as one by these. */
const git = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
  '.git/objects/info/keep': '',
  '.git/refs/heads/.keep': '',
};
const status = /error obtaining VCS status: exit status 128/;

export const noVcsStampFailure: RuleCases = {
  rule: 'no-vcs-stamp-failure',
  cases: [
    {
      name: '.dockerignore hides the objects',
      project: 'hello',
      files: { ...git, '.dockerignore': '.git/objects\n' },
      dockerfile: onto('golang:1.26', 'COPY . .', build),
      reported: true,
      really: buildFails(status),
      fixed: { really: works(/hello/) },
    },
    {
      name: 'another user builds',
      project: 'hello',
      files: git,
      dockerfile: onto('golang:1.26', 'COPY . .', 'ENV HOME=/tmp', 'USER 65532:65532', build),
      reported: true,
      really: buildFails(status),
      fixed: { really: works(/hello/) },
    },
    {
      name: 'the files belong to another user',
      project: 'hello',
      files: git,
      dockerfile: onto('golang:1.26', 'COPY --chown=65532:65532 . .', build),
      reported: true,
      really: buildFails(status),
      fixed: { really: works(/hello/) },
    },
    {
      name: 'all of .git',
      project: 'hello',
      files: git,
      dockerfile: onto('golang:1.26', 'COPY . .', build),
      reported: false,
      really: works(/hello/),
    },
    {
      name: 'nothing of .git',
      project: 'hello',
      files: { ...git, '.dockerignore': '.git\n' },
      dockerfile: onto('golang:1.26', 'COPY . .', 'ENV HOME=/tmp', 'USER 65532:65532', build),
      reported: false,
      really: works(/hello/),
    },
    {
      name: 'an image without git',
      project: 'hello',
      files: { ...git, '.dockerignore': '.git/objects\n' },
      dockerfile: onto(alpine, 'COPY . .', build),
      reported: false,
      really: works(/hello/),
    },
  ],
};

const asked = {
  'main.go': `package main

import (
	"fmt"
	"runtime/debug"
)

var version string

func main() {
	info, _ := debug.ReadBuildInfo()
	fmt.Println("version", version, info.Main.Version)
}
`,
};

export const keepVersionInfo: RuleCases = {
  rule: 'keep-version-info',
  cases: [
    {
      name: '.dockerignore hides .git',
      project: 'version',
      files: { ...asked, '.dockerignore': '.git\n' },
      tagged: 'v2.3.4',
      dockerfile: onto('golang:1.26', 'COPY . .', build),
      reported: true,
      really: works(/^version {2}\(devel\)$/m),
      fixed: [
        { title: /^Keep \.git/, really: works(/^version {2}v2\.3\.4/m) },
        { title: /^Set version/, really: works(/^version {2}\(devel\)$/m) },
      ],
    },
    {
      name: 'Alpine has no git',
      project: 'version',
      files: asked,
      tagged: 'v2.3.4',
      dockerfile: onto('golang:1.26-alpine3.23', 'COPY . .', build),
      reported: true,
      really: works(/^version {2}\(devel\)$/m),
      fixed: { title: /^Install git/, really: works(/^version {2}v2\.3\.4/m) },
    },
    {
      name: 'git and .git',
      project: 'version',
      files: asked,
      tagged: 'v2.3.4',
      dockerfile: onto('golang:1.26', 'COPY . .', build),
      reported: false,
      really: works(/^version {2}v2\.3\.4/m),
    },
    {
      name: 'the linker sets it',
      project: 'version',
      files: { ...asked, '.dockerignore': '.git\n' },
      tagged: 'v2.3.4',
      dockerfile: onto(
        'golang:1.26',
        'COPY . .',
        build.replace('go build', 'go build -ldflags "-X main.version=1.2.3"'),
      ),
      reported: false,
      really: works(/^version 1\.2\.3 \(devel\)$/m),
    },
  ],
};

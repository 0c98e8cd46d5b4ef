import type { Entry } from './entry.ts';

/** What go says of go.mod, go.sum, go.work and the modules they name. */
export const moduleTable = [
  {
    cause: 'go-too-old',
    says: /(?<what>\S+)(?: listed in go\.work file)? requires go >= (?<need>[\w.]+) \(running go (?<have>[\w.]+)/,
    reason: ({ what = '', need, have }) => {
      // A module that needs more than go.mod says makes go ask for a newer line there, once it can read it.
      const own = /^go\.(?:mod|work)$/.test(what) ? '' : ', and run go mod tidy with it';
      return `${what} requires Go ${need} and this image has Go ${have}: take golang:${need} or later${own}.`;
    },
  },
  {
    cause: 'go-too-old',
    says: /go\.(?:mod|work):\d+: invalid go version '(?<need>1\.\d+)[\w.]*': must match format/,
    reason: "go.mod asks for Go {need}, which this image's Go is too old to read: take golang:{need} or later.",
  },
  {
    cause: 'go-too-old',
    says: /go\.(?:mod|work):\d+: unknown directive: (?<directive>toolchain|tool|godebug|ignore)\b/,
    reason: "go.mod has a {directive} line, which this image's Go is too old to read: take a later golang image.",
  },
  {
    cause: 'go-mod-syntax',
    says: /(?<place>go\.(?:mod|work|sum):\d+(?::\d+)?): (?<problem>.+)/,
    reason: '{place} cannot be read: {problem}',
  },
  {
    cause: 'toolchain-download',
    says: /download go(?<need>[\w.]+) for \S+: (?<problem>.+)/,
    reason: 'Go {need} cannot be downloaded ({problem}): take golang:{need} or later.',
  },
  {
    cause: 'checksum',
    says: /verifying (?<module>\S+?)(?:\/go\.mod)?: checksum mismatch/,
    reason:
      '{module} is not what go.sum says (checksum mismatch): compare go.sum with the repository before you change it.',
  },
  {
    cause: 'go-sum-entry',
    says: /missing go\.sum entry for (?:module providing package (?<package>\S+)|go\.mod file)|(?<module>[^\s:]+@[^\s:]+): missing go\.sum entry/,
    reason: ({ package: name, module }) =>
      `go.sum has no entry for ${name ?? module ?? 'a module'}: run go mod tidy, commit go.sum, and copy it.`,
  },
  {
    cause: 'local-module',
    says: /(?<module>\S+?)(?:@\S+)? \(replaced by (?<folder>[./]\S*)\): reading (?<file>\S+): open .*no such file or directory/,
    reason: '{module} is replaced by {folder}, which is not in the image yet: copy it first.',
  },
  {
    cause: 'local-module',
    says: /(?<module>[^\s@]+)(?:@\S+)?: replacement directory (?<folder>\S+) does not exist/,
    reason: '{module} is replaced by {folder}, which is not in the image yet: copy it first.',
  },
  {
    cause: 'local-module',
    says: /module (?<folder>\S+) listed in go\.work file: open .*no such file or directory/,
    reason: 'go.work lists {folder}, which is not in the image yet: copy it first.',
  },
  {
    cause: 'vendor-inconsistent',
    says: /inconsistent vendoring/,
    reason: 'vendor/modules.txt does not fit go.mod: run go mod vendor and build again.',
  },
  {
    cause: 'vendor-incomplete',
    says: /cannot find (?:module providing package|package)\s+"?(?<package>[^\s":]+)"?[^\n]*(?:-mod=vendor|vendor)/,
    reason: '{package} is not in the vendor folder: run go mod vendor and build again.',
  },
  {
    cause: 'go-mod-outdated',
    says: /updates to go\.mod needed|go\.mod file indicates replacement|ambiguous import/,
    reason: 'go.mod is out of date: run go mod tidy and build again.',
  },
  {
    cause: 'module-not-required',
    says: /no required module provides package (?<package>[^\s;]+)/,
    reason:
      'No module that go.mod requires has {package}: run go mod tidy, and check that COPY brings all of a local module.',
  },
  {
    cause: 'no-go-mod',
    says: /go\.mod file not found in current directory|go: no modules specified|cannot find main module/,
    reason: 'There is no go.mod where go runs: set WORKDIR to the folder that COPY brings go.mod to.',
  },
  {
    cause: 'git-missing',
    says: /exec: "git": executable file not found|missing Git command/,
    reason: 'Go needs git to fetch a module, and this image has none: install it before.',
  },
  {
    cause: 'module-private',
    says: /could not read Username for '(?<host>[^']+)'|Permission denied \(publickey\)|Host key verification failed/,
    reason: ({ host }) =>
      `${host ?? 'The Git server'} asks for a login: hand credentials in with RUN --mount=type=secret or --mount=type=ssh, and set GOPRIVATE.`,
  },
  {
    cause: 'module-network',
    says: /(?<module>\S+@\S+): Get "?https?:\/\/(?<host>[^/"\s]+)[^"\s]*"?: (?:dial tcp|proxyconnect|net\/http|read tcp|EOF|x509|tls)/,
    reason:
      '{host} cannot be reached from inside the build, so {module} is not downloaded: check the network, a proxy, or GOPROXY.',
  },
  {
    cause: 'module-not-found',
    says: /(?<module>\S+@v\S+): (?:reading .*: (?:404|410)|reading .*no such file|invalid version|unrecognized import path|unknown revision)/,
    reason: '{module} was not found: check the name and version in go.mod, and GOPRIVATE when it is private.',
  },
] as const satisfies readonly Entry[];

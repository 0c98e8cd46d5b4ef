import type { Entry } from './entry.ts';

/** What go build, go install and go test say. */
export const goBuildTable = [
  {
    cause: 'vcs-stamping',
    says: /error obtaining VCS status/,
    reason: 'Go cannot read the .git folder in the image: pass -buildvcs=false, or name .git in .dockerignore.',
  },
  {
    cause: 'no-c-compiler',
    says: /C compiler "(?<compiler>[^"]+)" not found/,
    reason:
      'CGO_ENABLED=1 needs a C compiler, and {compiler} is not in this image: install it, or build with CGO_ENABLED=0.',
  },
  {
    cause: 'c-header',
    says: /fatal error: (?<header>\S+\.h(?:pp)?): No such file or directory/,
    reason: 'The C header {header} is not in this image: install the -dev package that has it.',
  },
  {
    cause: 'c-library',
    says: /cannot find -l(?<library>[\w.+-]+?)(?::|$|\s)/m,
    reason: 'The C library {library} is not in this image: install the -dev package that has it.',
  },
  {
    cause: 'no-files-for-build',
    says: /build constraints exclude all Go files in (?<folder>\S+)/,
    reason: 'None of the Go files in {folder} is built with these settings: check CGO_ENABLED, GOOS, GOARCH and -tags.',
  },
  {
    cause: 'package-not-in-std',
    says: /package (?<package>\S+) is not in (?:std|GOROOT)/,
    reason: 'Go looks for {package} in its standard library: write ./{package}.',
  },
  {
    cause: 'package-not-found',
    says: /(?:stat (?<folder>\S+): directory not found|directory (?<outside>\S+) outside (?:available|main) module|cannot find package "?(?<package>[^\s":]+))/,
    reason: ({ folder, outside, package: name }) =>
      `There is no package ${folder ?? outside ?? name}: check the path and what COPY brings.`,
  },
  {
    cause: 'no-go-files',
    says: /no Go files in (?<folder>\S+)/,
    reason: 'There are no Go files in {folder}: name the package of the program, and check what COPY brings.',
  },
  {
    cause: 'multiple-packages',
    says: /cannot write multiple packages to non-directory (?<path>\S+)/,
    reason: 'Several packages cannot be written to {path}: name one of them, or end the path with a slash.',
  },
  {
    cause: 'output-directory',
    says: /build output "(?<path>[^"]+)" already exists and is a directory/,
    reason: 'go build would write {path}, which is a folder: give the output another name with -o.',
  },
  {
    cause: 'no-main-package',
    says: /no main packages to build|package (?<package>\S+) is not a main package/,
    reason: 'None of the packages is a program (package main): name the folder of the one that is.',
  },
  {
    cause: 'embed-missing',
    says: /pattern (?<pattern>\S+): no matching files found/,
    reason: '//go:embed finds no file for {pattern}: check COPY and .dockerignore.',
  },
  {
    cause: 'build-cache-permission',
    says: /(?:failed to initialize build cache at|could not create module cache:?|build cache is required, but could not be located:?)[^\n]*?(?<path>\/\S+?)?:? .*(?:permission denied|\$HOME)/,
    reason:
      'The user of this step may not write its build cache: set GOCACHE to a folder that it owns, or build as root.',
  },
  {
    cause: 'cross-install',
    says: /cannot install cross-compiled binaries when GOBIN is set/,
    reason: 'go install does not cross-compile into GOBIN: use go build -o.',
  },
  {
    cause: 'unknown-flag',
    says: /flag provided but not defined: (?<flag>-\S+)/,
    reason: 'The go command has no flag {flag}: check its spelling.',
  },
  {
    cause: 'test-failed',
    says: /--- FAIL: (?<test>\S+)/,
    reason: '{test} failed: its output is in the build log.',
  },
  {
    cause: 'compile-error',
    says: /^(?<place>\S+\.(?:go|s)(?::\d+)+): (?<problem>.+)/m,
    reason: 'The program does not compile: {place}: {problem}',
  },
] as const satisfies readonly Entry[];

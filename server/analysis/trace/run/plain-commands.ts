/** Commands that neither make, move nor remove a file a Dockerfile would copy or run. */
const harmless = new Set([
  ':',
  '[',
  '[[',
  'addgroup',
  'adduser',
  'alias',
  'arch',
  'awk',
  'basename',
  'break',
  'cat',
  'chgrp',
  'chmod',
  'chown',
  'command',
  'continue',
  'cut',
  'date',
  'declare',
  'df',
  'diff',
  'dirname',
  'du',
  'echo',
  'env',
  'eval',
  'exit',
  'export',
  'expr',
  'false',
  'file',
  'find',
  'getent',
  'grep',
  'egrep',
  'groupadd',
  'groupmod',
  'head',
  'hostname',
  'id',
  'ldconfig',
  'ldd',
  'let',
  'local',
  'ls',
  'md5sum',
  'nm',
  'nproc',
  'objdump',
  'printenv',
  'printf',
  'pwd',
  'read',
  'readelf',
  'readlink',
  'readonly',
  'realpath',
  'return',
  'seq',
  'set',
  'setcap',
  'sha256sum',
  'sha512sum',
  'shift',
  'sleep',
  'sort',
  'stat',
  'strip',
  'sync',
  'tail',
  'test',
  'time',
  'tr',
  'trap',
  'tree',
  'true',
  'type',
  'ulimit',
  'umask',
  'uname',
  'uniq',
  'unset',
  'upx',
  'useradd',
  'userdel',
  'usermod',
  'wait',
  'wc',
  'which',
  'whoami',
  'xargs',
  'xx-info',
  'xx-verify',
]);

/** Programs that run a build or a script of their own: they may write anywhere. */
const scripts =
  /^(make|gmake|mage|task|just|goreleaser|bazel|bazelisk|buck2?|cmake|ninja|npm|npx|yarn|pnpm|node|python3?|perl|ruby|sh|bash|ash|dash|zsh|busybox|source|\.|ko|earthly|nix|nix-build|docker|buildah|su|sudo|gosu|su-exec|exec|nohup|mvn|gradle|cargo|wails|fyne|gox|packr2?|statik|go-bindata|dlv|air)$/;

/** `find … -delete` and `find … -exec` change files after all; so do `xargs rm` and `awk -i`. */
const changesAfterAll = (program: string, words: readonly string[]): boolean =>
  (program === 'find' && words.some((word) => /^-(delete|exec|execdir|fprint)/.test(word))) ||
  (program === 'xargs' && words.length > 1) ||
  (program === 'awk' && words.includes('-i')) ||
  (program === 'env' && words.some((word, at) => at > 0 && !word.startsWith('-') && !word.includes('='))) ||
  program === 'eval' ||
  (program === 'command' && !words.includes('-v') && !words.includes('-V')) ||
  (program === 'time' && words.length > 1);

/** Programs that download, generate or pack: they make files, and leave go.mod and the sources as they are. */
const makers =
  /^(curl|wget|protoc|buf|swag|templ|sqlc|mockgen|mockery|wire|gqlgen|oapi-codegen|controller-gen|tailwindcss|gofmt|goimports|gofumpt|golangci-lint|staticcheck|govulncheck|gosec|gzip|zip|xz|openssl|ssh-keyscan|gpg)$/;

/** Commands of git that change no file but its own settings. */
const gitReads =
  /^(config|describe|rev-parse|rev-list|log|show|status|version|--version|ls-files|ls-remote|diff|var|blame|shortlog)$/;

const reachOfGit = ([, ...words]: readonly string[]): Reach => {
  const verb = words[0] === '--version' ? words[0] : words.find((word) => !word.startsWith('-'));
  if (gitReads.test(verb ?? '')) return 'nothing';
  return verb === 'clone' ? 'adds' : 'named';
};

/** `adds`: new files in its working directory and at what it names. `named`: it may have changed those. */
export type Reach = 'nothing' | 'adds' | 'named' | 'everything';

/** How far a command that nobody models may reach. */
export const reachOf = (program: string, words: readonly string[]): Reach => {
  if (scripts.test(program) || program.includes('/')) return 'everything';
  if (makers.test(program)) return 'adds';
  if (program === 'git') return reachOfGit(words);
  if (!harmless.has(program)) return 'named';
  if (!changesAfterAll(program, words)) return 'nothing';
  return program === 'find' || program === 'awk' ? 'named' : 'everything';
};

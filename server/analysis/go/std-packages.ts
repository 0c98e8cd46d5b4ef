/**
 * Whether an import path belongs to the standard library: its first element has no dot. A module of one's own may have
 * such a path too (`module app`), so own modules are looked up first.
 */
export const isStdPath = (importPath: string): boolean => !(importPath.split('/')[0] ?? '').includes('.');

/**
 * Standard packages that reach `net` with cgo on, from `CGO_ENABLED=1 go list -deps std` of Go 1.26.8 (2026-11-21); Go
 * 1.19 to 1.27 link the same way. database/sql, net/url, net/netip, html/template and log/slog do not.
 */
const reachNet: ReadonlySet<string> = new Set([
  'crypto/tls',
  'crypto/x509',
  'expvar',
  'log/syslog',
  'mime/multipart',
  'net',
  'net/http',
  'net/mail',
  'net/rpc',
  'net/rpc/jsonrpc',
  'net/smtp',
  'net/textproto',
]);

/** Whether a standard package reaches net. */
export const stdReachesNet = (importPath: string): boolean =>
  reachNet.has(importPath) || importPath.startsWith('net/http/');

/** Whether a standard package reaches os/user. */
export const stdReachesUser = (importPath: string): boolean => importPath === 'os/user' || importPath === 'archive/tar';

/** Whether a standard package needs C code by itself. */
export const stdReachesCgo = (importPath: string): boolean => importPath === 'plugin' || importPath === 'runtime/cgo';

const stdRoots: ReadonlySet<string> = new Set(
  'archive arena bufio builtin bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime simd slices sort strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak'.split(
    ' ',
  ),
);

const commands: ReadonlySet<string> = new Set(
  'addr2line api asm buildid cgo compile covdata cover dist distpack doc fix go gofmt internal link nm objdump pack pprof preprofile relnote test2json tools trace vendor vet'.split(
    ' ',
  ),
);

/** Whether an import path without a dot may name a package of the standard library or one of go's own commands (`cmd/vet`). */
export const mayBeStd = (importPath: string): boolean => {
  const [first = '', second = ''] = importPath.split('/');
  return first === 'cmd' ? commands.has(second) || second === '' : stdRoots.has(first);
};

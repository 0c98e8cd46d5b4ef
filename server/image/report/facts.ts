import type { ImageConfig } from '../archive/manifest.ts';
import { eachNode, type FileSystem, find, type Node } from '../filesystem/tree.ts';
import { type LoaderPaths, textAt } from './libraries.ts';
import type { FileSize, ImageFacts, SecretFile } from './model.ts';
import { reportProgram } from './program.ts';
import { rootUser } from './users.ts';

/** What the image has and what it lacks. `goTools`: binaries of Go toolchains. */
export function imageFacts(
  files: FileSystem,
  config: ImageConfig,
  paths: LoaderPaths,
  goTools: readonly string[],
): ImageFacts {
  const { root } = files;
  const { user, workdir, entrypoint, cmd, ports } = config;
  return {
    user,
    root: rootUser(root, user),
    workdir,
    entrypoint,
    cmd,
    ports,
    program: reportProgram(root, config, paths),
    shell: firstProgram(root, ['/bin/sh', '/bin/bash', '/bin/ash', '/busybox/sh']),
    certificates: certificatesOf(root),
    zones: zonesOf(root, config.env),
    system: systemOf(root),
    libc: libcOf(root),
    setuid: setuidFiles(root),
    secrets: secretFiles(files),
    packageManagers: packageManagers.filter((name) => isInstalled(root, name)),
    toolchains: toolchainsOf(root, goTools),
  };
}

function firstProgram(root: Node, paths: readonly string[]): string | undefined {
  return paths.find((path) => {
    const node = find(root, path)?.node;
    return node?.type === 'file' && (node.mode & 0o111) !== 0;
  });
}

/** Where Go looks, in its order: files, then folders. */
function certificatesOf(root: Node): string | undefined {
  const files = [
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/pki/tls/cacert.pem',
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    '/etc/ssl/cert.pem',
  ];
  const file = files.find((path) => (find(root, path)?.node.content?.size ?? 0) > 0);
  if (file !== undefined) return file;
  return ['/etc/ssl/certs', '/etc/pki/tls/certs'].find((path) =>
    [...(find(root, path)?.node.children?.keys() ?? [])].some((name) => /\.(pem|crt|0)$/.test(name)),
  );
}

function zonesOf(root: Node, env: readonly string[]): string | undefined {
  const named = env.find((one) => one.startsWith('ZONEINFO='))?.slice('ZONEINFO='.length);
  const places = ['/usr/share/zoneinfo', '/usr/share/lib/zoneinfo', '/usr/lib/locale/TZ', '/etc/zoneinfo'];
  return [...(named ? [named] : []), ...places].find((path) => {
    const node = find(root, path)?.node;
    return node?.type === 'file' || node?.children?.has('Europe') || node?.children?.has('UTC');
  });
}

function systemOf(root: Node): string | undefined {
  const text = textAt(root, '/etc/os-release') ?? textAt(root, '/usr/lib/os-release') ?? '';
  return /^PRETTY_NAME=(["']?)(.*)\1$/m.exec(text)?.[2];
}

/** Both when one was installed beside the other: then the system's own counts, which is in /lib. */
function libcOf(root: Node): ImageFacts['libc'] {
  const names = ['/lib', '/lib64'].flatMap((folder) => [...(find(root, folder)?.node.children?.keys() ?? [])]);
  if (names.some((name) => /^ld-musl-.*\.so\.1$/.test(name))) return 'musl';
  return names.some((name) => /^ld-linux.*\.so\.\d$|^ld64\.so\.\d$/.test(name)) ? 'glibc' : undefined;
}

function setuidFiles(root: Node): readonly string[] {
  const found: string[] = [];
  eachNode(root, (path, node) => {
    if (node.type === 'file' && (node.mode & 0o6000) !== 0 && (node.mode & 0o111) !== 0) found.push(path);
  });
  return found.sort();
}

const secretNames =
  /(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|\.netrc|_netrc|\.git-credentials|\.npmrc|\.pypirc|\.pgpass|\.vault-token|\.env|\.dockercfg|\.docker\/config\.json|\.aws\/credentials|\.kube\/config|application_default_credentials\.json)$/;
/** What other people published is nobody's secret. */
const published = /\/(testdata|node_modules)\/|\/pkg\/mod\/|^\/usr\/(share|lib|local\/go)\//;

function secretFiles({ contents }: FileSystem): readonly SecretFile[] {
  return contents
    .filter(({ path, size }) => size > 0 && secretNames.test(path) && !published.test(path))
    .map(({ path, layer, hidden }) => ({ path, layer, deleted: hidden !== undefined }));
}

const binFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const packageManagers = ['apk', 'apt-get', 'dpkg', 'dnf', 'microdnf', 'yum', 'rpm', 'zypper', 'pacman', 'pip', 'npm'];

/** Busybox answers to the names of some, and manages nothing. */
function isInstalled(root: Node, name: string): boolean {
  return binFolders.some((folder) => {
    const found = find(root, `${folder}/${name}`);
    return found?.node.type === 'file' && (found.node.mode & 0o111) !== 0 && !found.path.endsWith('/busybox');
  });
}

/** Roots of Go toolchains by their tools, and the folder of a C compiler. */
function toolchainsOf(root: Node, goTools: readonly string[]): readonly FileSize[] {
  const roots = new Set<string>();
  for (const tool of goTools) {
    const home = /^(.*)\/(?:bin\/go|pkg\/tool\/[^/]+\/compile)$/.exec(tool)?.[1];
    if (home !== undefined) roots.add(home);
  }
  const compilers = ['/usr/lib/gcc', '/usr/libexec/gcc'].filter((path) => find(root, path)?.node.children);
  return [...roots, ...compilers].map((path) => ({ path, size: folderSize(root, path) }));
}

/** Bytes below a path, hard links once. */
export function folderSize(root: Node, path: string): number {
  const found = find(root, path)?.node;
  if (!found) return 0;
  const seen = new Set<unknown>();
  let total = found.content?.size ?? 0;
  eachNode(found, (_, { content }) => {
    if (!content || seen.has(content)) return;
    seen.add(content);
    total += content.size;
  });
  return total;
}

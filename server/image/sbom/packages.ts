import type { ReadImage } from '../archive/read-archive.ts';
import { find, type Node } from '../filesystem/tree.ts';
import type { BinaryReport, GoModuleRef } from '../report/binary-model.ts';
import { textAt } from '../report/libraries.ts';
import type { ImageReport } from '../report/model.ts';

/** One package of an image. */
export interface Package {
  /** Its package URL: what makes it the one it is. */
  readonly purl: string;
  readonly name: string;
  readonly version: string;
  /** As the system's database has it; undefined when it does not say. */
  readonly license?: string;
}

/** A Go program with what is linked into it. */
export interface Program {
  readonly path: string;
  readonly sha256: string | undefined;
  readonly main: Package | undefined;
  /** Package URLs. */
  readonly uses: readonly string[];
}

/** What a bill of materials is written from, sorted: the same image gives the same. */
export interface Materials {
  readonly name: string;
  /** As the configuration has it, seconds precision; the epoch when it does not say. */
  readonly created: string;
  readonly programs: readonly Program[];
  /** Each once, by package URL. */
  readonly packages: readonly Package[];
}

/** Modules of the Go programs, and the packages in the databases of apk and dpkg. */
export function materialsOf(image: ReadImage, report: ImageReport): Materials {
  const { root } = image.files;
  const programs = report.binaries.map(programOf);
  const all = [...programs.flatMap(({ packages }) => packages), ...apkPackages(root), ...dpkgPackages(root)];
  const byPurl = new Map(all.map((one) => [one.purl, one]));
  return {
    name: report.name,
    created: secondsOf(image.config.created),
    programs: programs.map(({ program }) => program),
    packages: [...byPurl.values()].sort((a, b) => (a.purl < b.purl ? -1 : a.purl > b.purl ? 1 : 0)),
  };
}

function secondsOf(created: string): string {
  const time = new Date(created);
  return `${(Number.isNaN(time.getTime()) ? new Date(0) : time).toISOString().slice(0, 19)}Z`;
}

function programOf({ path, sha256, go }: BinaryReport): {
  readonly program: Program;
  readonly packages: readonly Package[];
} {
  if (!go) return { program: { path, sha256, main: undefined, uses: [] }, packages: [] };
  const main = go.main && goPackage(go.main);
  const std: Package = {
    ...goPackage({ path: 'stdlib', version: go.version.replace(/^go/, '').split(' ', 1).join(''), sum: '' }),
  };
  const used = [...go.modules.map(goPackage), std];
  return {
    program: { path, sha256, main, uses: used.map(({ purl }) => purl) },
    packages: main ? [main, ...used] : used,
  };
}

/** What was really linked: the replacement, unless it is a folder. */
function goPackage(module: GoModuleRef): Package {
  const replacement = module.replacedBy;
  const { path, version: named } =
    replacement && !/^(\.{0,2}\/|[A-Za-z]:|\.{1,2}$)/.test(replacement.path) ? replacement : module;
  // What go build writes for a main module of which it knows no version.
  const version = named === '(devel)' ? '' : named;
  const purl = `pkg:golang/${path.split('/').map(encoded).join('/')}${version === '' ? '' : `@${encoded(version)}`}`;
  return { purl, name: path, version };
}

/** Package URLs keep some letters that encodeURIComponent does not. */
const encoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%3A', ':')
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

interface System {
  readonly id: string;
  readonly version: string;
}

function systemOf(root: Node, usual: string): System {
  const text = textAt(root, '/etc/os-release') ?? textAt(root, '/usr/lib/os-release') ?? '';
  const value = (key: string): string => new RegExp(`^${key}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID') || usual, version: value('VERSION_ID') };
}

function systemPackage(
  type: string,
  system: System,
  fields: { name: string; version: string; arch: string; license: string },
): Package {
  const { name, version, arch, license } = fields;
  const distro = system.version === '' ? [] : [`distro=${encoded(`${system.id}-${system.version}`)}`];
  const qualifiers = [...(arch === '' ? [] : [`arch=${encoded(arch)}`]), ...distro].join('&');
  const purl = `pkg:${type}/${encoded(system.id)}/${encoded(name)}@${encoded(version)}${qualifiers ? `?${qualifiers}` : ''}`;
  return { purl, name, version, ...(license === '' ? {} : { license }) };
}

function apkPackages(root: Node): readonly Package[] {
  const text = textAt(root, '/lib/apk/db/installed') ?? textAt(root, '/usr/lib/apk/db/installed') ?? '';
  const system = systemOf(root, 'alpine');
  return text.split(/\n\n+/).flatMap((block) => {
    const value = (key: string): string => new RegExp(`^${key}:(.*)$`, 'm').exec(block)?.[1]?.trim() ?? '';
    const [name, version] = [value('P'), value('V')];
    return name && version
      ? [systemPackage('apk', system, { name, version, arch: value('A'), license: value('L') })]
      : [];
  });
}

/** One database, or one file for each package as in distroless images. */
function dpkgPackages(root: Node): readonly Package[] {
  const names = [...(find(root, '/var/lib/dpkg/status.d')?.node.children?.keys() ?? [])].sort();
  const texts = [
    textAt(root, '/var/lib/dpkg/status') ?? '',
    ...names
      .filter((name) => !name.endsWith('.md5sums'))
      .map((name) => textAt(root, `/var/lib/dpkg/status.d/${name}`) ?? ''),
  ];
  const system = systemOf(root, 'debian');
  return texts
    .join('\n\n')
    .split(/\n\n+/)
    .flatMap((block) => {
      const value = (key: string): string => new RegExp(`^${key}: (.*)$`, 'm').exec(block)?.[1]?.trim() ?? '';
      const [name, version, status] = [value('Package'), value('Version'), value('Status')];
      const installed = status === '' || / installed$/.test(status);
      return name && version && installed
        ? [systemPackage('deb', system, { name, version, arch: value('Architecture'), license: '' })]
        : [];
    });
}

import type { BaseImage } from '../images/model.ts';
import type { Bottom } from './file-tree.ts';
import type { FileState } from './model.ts';
import { below } from './paths.ts';

const present: FileState = { state: 'present', origin: { kind: 'base' }, because: [] };
const folder: FileState = { state: 'folder' };
const absent: FileState = { state: 'absent' };
const unknownFile: FileState = { state: 'unknown' };

/** What lies in the folders of a Linux image in which a base image may hold anything. */
const inSystem = /^\/(?:bin|sbin|lib|lib64|usr|etc|var|opt|run|dev|proc|sys)(?:\/|$)/;

const ordinary = ['/tmp', '/root', '/home', '/srv', '/mnt', '/media', '/boot', '/lost+found'];

/** Folders that every image with a Linux distribution in it has. */
const standard: ReadonlySet<string> = new Set(
  '/bin /sbin /lib /usr /usr/bin /usr/sbin /usr/lib /usr/local /usr/local/bin /usr/share /etc /var /var/lib /opt /run /dev /proc /sys /tmp /root /home /srv /mnt /media'.split(
    ' ',
  ),
);

const distributions: ReadonlySet<BaseImage['family']> = new Set(['alpine', 'debian', 'ubuntu']);

/** The golang image is one of them but for its Windows variants, of which nothing is known. */
const isDistribution = ({ family, libc }: BaseImage): boolean =>
  distributions.has(family) || (family === 'golang' && libc !== 'unknown');

/** The debug images of distroless have the commands of busybox in a folder of their own. */
const inDebugShell = ({ env }: BaseImage, path: string): boolean =>
  below('/busybox', path) !== undefined && (env?.PATH ?? '').split(':').includes('/busybox');

const inFamily = (image: BaseImage, path: string): FileState => {
  if (image.family === 'scratch') return path === '/' ? folder : absent;
  if (path === '/') return folder;
  if (image.paths.includes(path)) return present;
  if (standard.has(path) && isDistribution(image)) return folder;
  // Sources of users: the folder is there and empty.
  if (path.startsWith('/usr/src/') && isDistribution(image)) return absent;
  if (inSystem.test(path) || path.includes('/.') || inDebugShell(image, path)) return unknownFile;
  if (ordinary.includes(path)) return unknownFile;
  if (image.go && (path === '/go' || path === '/go/bin' || path === '/go/src')) return folder;
  // What is left are folders that belong to the user, and programs nobody ships: `/app`, `/src`, `/main`, `/root/app`.
  return absent;
};

/** The files of a base image; of one nobody described, nothing is known. */
export const baseFiles =
  (image: BaseImage | undefined): Bottom =>
  (path) =>
    image ? inFamily(image, path) : unknownFile;

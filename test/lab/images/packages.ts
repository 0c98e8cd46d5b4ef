import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { mustRun } from '../process.ts';
import { layerImage, workshop } from './store.ts';

/** Packages of Debian that cases install, each with all that it depends on. */
const names = ['ca-certificates', 'golang-go', 'libpcap0.8t64', 'upx-ucl'];

const depends =
  'apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances';

/** Fills a folder of Debian's root with packages and the list of them that apt reads. */
const fill = `set -eu
rm -rf /var/repository && mkdir /var/repository && cd /var/repository
apt-get update -qq
apt-get download -qq $(${depends} ${names.join(' ')} | grep '^[a-z0-9]' | sort -u)
for file in *.deb; do
  dpkg-deb --field "$file"
  printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$file" "$(stat -c %s "$file")" "$(sha256sum "$file" | cut -d ' ' -f 1)"
done > Packages`;

/** Debian whose apt installs real packages from a folder of the image, because containers of the lab have no network. */
export const makeDebianWithPackages = async (
  engine: Engine,
  base: string,
  debianRoot: () => Promise<void>,
): Promise<string> => {
  const folder = resolve(workshop, 'packages');
  const lines = [
    `FROM ${base}`,
    'COPY repository /repository',
    "RUN rm -rf /etc/apt/sources.list* && mkdir -p /etc/apt/sources.list.d && echo 'deb [trusted=yes] file:/repository ./' > /etc/apt/sources.list.d/lab.list",
  ];
  const dockerfile = async (): Promise<string> => {
    await debianRoot();
    await mustRun('chroot', [resolve(workshop, 'trixie'), 'sh', '-c', fill], { timeout: 600_000 });
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await mustRun('mv', [resolve(workshop, 'trixie/var/repository'), resolve(folder, 'repository')]);
    await writeFile(resolve(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    return resolve(folder, 'Dockerfile');
  };
  const image = await layerImage(engine, 'trixie-packages', folder, dockerfile, [fill, ...lines]);
  await rm(folder, { recursive: true, force: true });
  return image;
};

/** The git of Debian with the libraries it needs, as a package that the apk of the lab installs. */
export const makeGolangWithGit = async (engine: Engine, golang: string, debian: string): Promise<string> => {
  const name = `${golang.split('/').at(-1)?.split(':')[0]}-git`;
  const folder = resolve(workshop, name);
  const lines = [
    `FROM ${debian} AS debian`,
    'RUN mkdir -p /git/usr/bin /git/usr/lib/git-core && cp /usr/bin/git /git/usr/bin/ && \\',
    '    ln -s ../../bin/git /git/usr/lib/git-core/git-upload-pack && \\',
    '    for file in $(ldd /usr/bin/git | grep -o \'/[^ ]*\'); do mkdir -p "/git$(dirname $file)" && cp -L $file /git$file; done',
    `FROM ${golang}`,
    'COPY --from=debian /git /var/lib/lab-apk/packages/git',
  ];
  const dockerfile = async (): Promise<string> => {
    await mkdir(folder, { recursive: true });
    await writeFile(resolve(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    return resolve(folder, 'Dockerfile');
  };
  const image = await layerImage(engine, name, folder, dockerfile, lines);
  await rm(folder, { recursive: true, force: true });
  return image;
};

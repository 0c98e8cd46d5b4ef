import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { makeGolang, parseGolangTag } from './golang.ts';
import { makeNode } from './node.ts';
import { makeDebianWithPackages, makeGolangWithGit } from './packages.ts';
import { makeImage, nameImage, runScript, workshop } from './store.ts';

type Suite = 'bullseye' | 'bookworm' | 'trixie';

const path = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The scripts that have run in this process, and the images that it has provided. */
export type Made = Map<string, Promise<unknown>>;

/** What failed is tried again by the next one who asks: a mirror may have been away. */
const once = <T>(made: Made, key: string, work: () => Promise<T>): Promise<T> => {
  const known = made.get(key) as Promise<T> | undefined;
  if (known) return known;
  const running = work();
  made.set(key, running);
  running.catch(() => made.delete(key));
  return running;
};

const debianRoot = (made: Made, suite: Suite): Promise<void> => once(made, suite, () => runScript('debian.sh', suite));

const tarOf = (made: Made, suite: Suite, script: string | undefined, file: string) => async (): Promise<string> => {
  await debianRoot(made, suite);
  if (script) await once(made, `${script} ${suite}`, () => runScript(script, suite));
  const tar = resolve(workshop, file);
  if (!existsSync(tar)) throw new Error(`${script ?? 'debian.sh'} did not make ${file}`);
  return tar;
};

const debian = async (engine: Engine, made: Made, suite: Suite, kind: 'slim' | 'scm'): Promise<string> => {
  const tar = `${suite}-${kind}.tar`;
  const image = await makeImage(engine, {
    name: `${suite}-${kind}`,
    tar: tarOf(made, suite, undefined, tar),
    changes: [path, 'CMD ["bash"]'],
  });
  // No other image is made of it, and it is large.
  if (kind === 'scm') await rm(resolve(workshop, tar), { force: true });
  return image;
};

const alpine = (engine: Engine, made: Made, kind: 'alpine' | 'alpine-go'): Promise<string> =>
  makeImage(engine, {
    name: kind,
    tar: tarOf(made, 'trixie', 'alpine.sh', `${kind}.tar`),
    changes: [path, 'CMD ["/bin/sh"]'],
  });

const distroless = (engine: Engine, made: Made, image: string, suite: Suite, nonroot: boolean): Promise<string> =>
  makeImage(engine, {
    name: `${suite}-${image}${nonroot ? '-nonroot' : ''}`,
    tar: tarOf(made, suite, 'distroless.sh', `${suite}-${image}.tar`),
    changes: [
      path,
      'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
      ...(nonroot ? ['USER 65532', 'WORKDIR /home/nonroot'] : ['USER 0', 'WORKDIR /']),
    ],
  });

const distrolessGrammar =
  /^gcr\.io\/distroless\/(?<image>static|base|base-nossl|cc)(?:-debian(?<release>12|13))?(?::(?<tag>latest|nonroot))?$/;
const debianGrammar = /^debian:(?<suite>bullseye|bookworm|trixie|stable|latest|11|12|13)(?:-slim)?$/;
/** A day's image, whose apt has a few packages. */
const packagesGrammar = /^debian:trixie-20\d{6}-slim$/;
/** A glibc with a shell and apt is what matters of it: a Debian stands for it. */
const ubuntuGrammar = /^ubuntu:(?:22|24)\.04$/;
const alpineGrammar = /^alpine(?::(?:latest|3|3\.(?:1[89]|2[0-4])))?$/;
const golangGrammar = /^golang(?::(?<tag>[\w.-]+))?$/;

const suiteOf = (release: string | undefined): Suite => {
  if (release === 'bullseye' || release === '11') return 'bullseye';
  return release === 'bookworm' || release === '12' ? 'bookworm' : 'trixie';
};

const makeGolangTag = async (engine: Engine, made: Made, tag: string): Promise<string | undefined> => {
  const parsed = parseGolangTag(tag);
  if (!parsed) return undefined;
  const { variant } = parsed;
  const base =
    variant === 'alpine' ? await alpine(engine, made, 'alpine-go') : await debian(engine, made, variant, 'scm');
  const image = await makeGolang(engine, parsed, base);
  // The Alpine of this branch has git among its packages.
  if (!tag.endsWith('-alpine3.23')) return image;
  return makeGolangWithGit(engine, image, await debian(engine, made, 'trixie', 'scm'));
};

/** Makes what stands behind a reference; undefined for one the lab has no image for. */
const make = async (engine: Engine, made: Made, reference: string): Promise<string | undefined> => {
  const golang = golangGrammar.exec(reference);
  if (golang) return makeGolangTag(engine, made, golang.groups?.tag ?? 'latest');
  if (alpineGrammar.test(reference)) return alpine(engine, made, 'alpine');
  if (ubuntuGrammar.test(reference)) return debian(engine, made, 'trixie', 'slim');
  if (packagesGrammar.test(reference)) {
    const base = await debian(engine, made, 'trixie', 'slim');
    return makeDebianWithPackages(engine, base, () => debianRoot(made, 'trixie'));
  }
  const release = debianGrammar.exec(reference)?.groups?.suite;
  if (release) return debian(engine, made, suiteOf(release), 'slim');
  if (/^node:\d+-alpine$/.test(reference)) return makeNode(engine, await debian(engine, made, 'trixie', 'scm'));
  // Certificates, zones, a user that is not root, no libc: what Chainguard says of it is true of Google's.
  if (reference === 'cgr.dev/chainguard/static:latest') return distroless(engine, made, 'static', 'trixie', true);
  const groups = distrolessGrammar.exec(reference)?.groups;
  if (!groups?.image) return undefined;
  return distroless(engine, made, groups.image, suiteOf(groups.release), groups.tag === 'nonroot');
};

type Provided = 'lab' | 'real' | 'unknown';

const provideFirst = async (engine: Engine, made: Made, reference: string): Promise<Provided> => {
  const tag = await make(engine, made, reference);
  if (!tag) return 'unknown';
  return (await nameImage(engine, tag, reference)) === 'real' ? 'real' : 'lab';
};

/** Makes the image behind a reference and names it so. Nothing happens for a reference the lab does not know. */
export const provide = (engine: Engine, made: Made, reference: string): Promise<Provided> =>
  once(made, `image ${reference}`, () => provideFirst(engine, made, reference));

/** Lets a reference name another image, until it is provided again. */
export const moveTag = async (engine: Engine, made: Made, reference: string, to: string): Promise<void> => {
  if ((await provide(engine, made, to)) === 'unknown') throw new Error(`the lab has no image for ${to}`);
  await nameImage(engine, to, reference);
  made.delete(`image ${reference}`);
};

const withDefaults = (text: string, defaults: ReadonlyMap<string, string>): string =>
  text.replaceAll(/\$\{?(\w+)(?:[:-]+[^}]*)?\}?/g, (written, name: string) => defaults.get(name) ?? written);

/** The images that the FROM, `--from` and `from=` of a Dockerfile name; stages and scratch left out. */
export const referencesOf = (dockerfile: string): readonly string[] => {
  const defaults = new Map<string, string>();
  for (const [, name = '', value = ''] of dockerfile.matchAll(/^ARG\s+(\w+)=["']?([^\s"']*)/gim))
    defaults.set(name, value);
  const stages = new Set(
    [...dockerfile.matchAll(/^FROM\s.*\sAS\s+(\S+)/gim)].map(([, name = '']) => name.toLowerCase()),
  );
  const named = [
    ...dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gim),
    ...dockerfile.matchAll(/^COPY\s+(?:--\S+\s+)*--from=(\S+)/gim),
    ...dockerfile.matchAll(/--mount=\S*\bfrom=([^,\s]+)/gi),
  ].map(([, reference = '']) => withDefaults(reference, defaults));
  const isImage = (reference: string): boolean =>
    reference !== 'scratch' && !/^\d+$/.test(reference) && !stages.has(reference.toLowerCase());
  return [...new Set(named.filter(isImage).map((reference) => reference.split('@')[0] ?? reference))];
};

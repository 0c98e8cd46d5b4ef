import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { layerImage, workshop } from '../images/store.ts';
import { run } from '../process.ts';

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** A golang image of the lab that downloads from the proxy which the machine has, trusting what the machine trusts. */
const withProxy = async (engine: Engine, reference: string): Promise<string> => {
  const name = `try-${reference.replaceAll(/[^a-z0-9.]+/g, '-')}`;
  const folder = resolve(workshop, name);
  const proxy = (await run('go', ['env', 'GOPROXY'])).stdout.trim() || 'https://proxy.golang.org';
  const text = [
    `FROM ${reference}`,
    'COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt',
    `RUN printf 'GOPROXY=${proxy}\\nGOSUMDB=off\\nGOTOOLCHAIN=local\\n' >/usr/local/go/go.env`,
  ].join('\n');
  const dockerfile = async (): Promise<string> => {
    await mkdir(folder, { recursive: true });
    await copyFile(certificates, resolve(folder, 'ca-certificates.crt'));
    await writeFile(resolve(folder, 'Dockerfile'), `${text}\n`);
    return resolve(folder, 'Dockerfile');
  };
  const image = await run(engine.program, ['image', 'inspect', '--format', '{{.Id}}', reference]);
  return layerImage(engine, name, folder, dockerfile, [text, image.stdout.trim()]);
};

/** The Dockerfile with images of the lab in the place of golang's; the others are made under their own names. */
export const ownImages = async (engine: Engine, made: Made, dockerfile: string): Promise<string> => {
  let text = dockerfile;
  for (const reference of referencesOf(dockerfile)) {
    if ((await provide(engine, made, reference)) === 'unknown')
      throw new Error(`the lab has no image for ${reference}`);
    if (!reference.startsWith('golang:')) continue;
    const own = await withProxy(engine, reference);
    text = text.replaceAll(` ${reference} `, ` ${own} `);
  }
  return text;
};

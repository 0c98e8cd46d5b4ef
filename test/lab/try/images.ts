import { copyFile, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Addition } from '../images/derived.ts';
import { mustRun, run } from '../process.ts';

const certificates = '/etc/ssl/certs/ca-certificates.crt';

const trust = (folder: string): Promise<void> => copyFile(certificates, resolve(folder, 'ca-certificates.crt'));

/** Downloads from the proxy that the machine has, trusting what the machine trusts. */
export const proxyOfMachine = async (): Promise<Addition> => {
  const proxy = (await run('go', ['env', 'GOPROXY'])).stdout.trim() || 'https://proxy.golang.org';
  return {
    name: 'try',
    lines: [
      `COPY ca-certificates.crt ${certificates}`,
      `RUN printf 'GOPROXY=${proxy}\\nGOSUMDB=off\\nGOTOOLCHAIN=local\\n' >/usr/local/go/go.env`,
    ],
    fill: trust,
  };
};

/** Node with the corepack of the machine, which the real image has too; undefined without one. */
export const corepackOfMachine = async (): Promise<Addition | undefined> => {
  const found = await run('which', ['corepack']);
  if (found.code !== 0) return undefined;
  // …/corepack/dist/corepack.js
  const corepack = resolve(dirname(await realpath(found.stdout.trim())), '..');
  return {
    name: 'try',
    to: /^node:/,
    lines: [
      `COPY ca-certificates.crt ${certificates}`,
      `ENV NODE_EXTRA_CA_CERTS=${certificates} COREPACK_NPM_REGISTRY=https://registry.npmjs.org COREPACK_ENABLE_DOWNLOAD_PROMPT=0 COREPACK_INTEGRITY_KEYS=0 COREPACK_INTEGRITY_CHECK=0`,
      'COPY corepack /usr/local/lib/node_modules/corepack',
      'RUN ln -s ../lib/node_modules/corepack/dist/corepack.js /usr/local/bin/corepack',
    ],
    fill: async (folder) => {
      await trust(folder);
      await mustRun('cp', ['--recursive', corepack, resolve(folder, 'corepack')]);
    },
  };
};

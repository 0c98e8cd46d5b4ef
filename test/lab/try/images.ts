import { copyFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Addition } from '../images/derived.ts';
import { run } from '../process.ts';

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** Downloads from the proxy that the machine has, trusting what the machine trusts. */
export const proxyOfMachine = async (): Promise<Addition> => {
  const proxy = (await run('go', ['env', 'GOPROXY'])).stdout.trim() || 'https://proxy.golang.org';
  return {
    name: 'try',
    lines: [
      `COPY ca-certificates.crt ${certificates}`,
      `RUN printf 'GOPROXY=${proxy}\\nGOSUMDB=off\\nGOTOOLCHAIN=local\\n' >/usr/local/go/go.env`,
    ],
    fill: (folder) => copyFile(certificates, resolve(folder, 'ca-certificates.crt')),
  };
};

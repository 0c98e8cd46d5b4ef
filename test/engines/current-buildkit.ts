import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addBuilder, buildxConfig, tools } from './buildx.ts';
import { startBuildkitd, unmountBelow } from './daemons.ts';

/** A current BuildKit behind buildx, for the lab: a builder and the configuration of docker's client that knows it. */
export interface CurrentBuildKit {
  readonly builder: string;
  readonly environment: Readonly<Record<string, string>>;
}

let running: Promise<CurrentBuildKit> | undefined;

/** Starts it once per process; it ends with the process. Undefined where install.sh has not built it. */
export function currentBuildKit(): Promise<CurrentBuildKit> | undefined {
  if (!existsSync(path.join(tools, 'buildkitd'))) return undefined;
  running ??= startOne();
  return running;
}

async function startOne(): Promise<CurrentBuildKit> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-current-'));
  const daemon = await startBuildkitd(path.join(tools, 'buildkitd'), undefined);
  process.once('exit', () => {
    daemon.killNow();
    unmountBelow(daemon.folder);
    rmSync(folder, { recursive: true, force: true });
    rmSync(daemon.folder, { recursive: true, force: true });
  });
  const config = buildxConfig(folder);
  addBuilder(config, 'go-dockerfile-current', daemon.address);
  return { builder: 'go-dockerfile-current', environment: { DOCKER_CONFIG: config } };
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import type { VsCodeServer } from './install.ts';

/** How VS Code's server is to run. Folders are absolute. */
export interface ServerOptions {
  /** Where it keeps everything it writes. */
  readonly data: string;
  readonly extensions?: string | undefined;
  /** Windows start in Restricted Mode until the user trusts the folder. */
  readonly workspaceTrust: boolean;
  /** Required of every connection; undefined: none. */
  readonly token: string | undefined;
  /** 0: any free one. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Gets everything the server prints. */
  readonly onOutput?: (text: string) => void;
}

/** A server that listens on loopback. */
export interface RunningServer {
  readonly port: number;
  readonly process: ChildProcess;
  /** Ends the server and everything it started. */
  readonly stop: () => Promise<void>;
}

const ready = /Extension host agent listening on (\d+)|Web UI available at http:\/\/[^:]+:(\d+)/;
const startLimit = 60_000;
const stopLimit = 3_000;

/** Resolves when the server listens; rejects with its output when it ends before, or after a minute. */
export async function startVsCodeServer(server: VsCodeServer, options: ServerOptions): Promise<RunningServer> {
  const words = [main(server), '--host', '127.0.0.1', '--port', String(options.port ?? 0), ...commonWords(options)];
  words.push('--accept-server-license-terms', '--telemetry-level', 'off');
  words.push(...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]));
  if (!options.workspaceTrust) words.push('--disable-workspace-trust');
  const env = { ...process.env, ...options.env };
  // A group of its own: an extension host outlives its server by hours, waiting for a reconnection.
  const child = spawn(server.node, words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env });
  const stop = (): Promise<void> => stopGroup(child);
  try {
    return { port: await portOf(child, options.onOutput), process: child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Installs a .vsix into the server's extensions. Rejects with the server's words. */
export async function installVsix(server: VsCodeServer, options: ServerOptions, vsix: string): Promise<void> {
  const words = [main(server), ...commonWords(options), '--install-extension', vsix, '--force'];
  await promisify(execFile)(server.node, words);
}

const main = (server: VsCodeServer): string => path.join(server.root, 'out', 'server-main.js');

const commonWords = ({ data, extensions }: ServerOptions): string[] => [
  '--server-data-dir',
  data,
  ...(extensions === undefined ? [] : ['--extensions-dir', extensions]),
];

function portOf(child: ChildProcess, onOutput: ServerOptions['onOutput']): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => reject(new Error(`VS Code's server ${why}\n${output}`));
    const limit = setTimeout(() => fail('did not start within a minute'), startLimit);
    const read = (chunk: Buffer): void => {
      const text = chunk.toString();
      output = `${output}${text}`.slice(-20_000);
      onOutput?.(text);
      const match = ready.exec(output);
      if (!match) return;
      clearTimeout(limit);
      resolve(Number(match[1] ?? match[2]));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), stopLimit);
    child.kill('SIGTERM');
    await once(child, 'exit', { signal: limit.signal }).catch(() => undefined);
    clearTimeout(timer);
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

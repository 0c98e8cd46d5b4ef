import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { processesNaming } from './processes.ts';
import { start } from './program.ts';

/** A daemon of our own, in a folder of our own, with a store of a given size. */
export interface Daemon {
  /** Such as `unix:///tmp/…/docker.sock`. */
  readonly address: string;
  readonly folder: string;
  /** Ends it in the middle of what it does, without a word. */
  readonly kill: () => Promise<void>;
  /** The same at once, for the end of this process. */
  readonly killNow: () => void;
  /** Ends it and removes everything that it made. */
  readonly remove: () => Promise<void>;
}

/** A file system in memory, so small that it gets full: removed with `unmount`. */
export function smallStore(folder: string, megabytes: number): () => void {
  mkdirSync(folder, { recursive: true });
  const mounted = start('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) throw new Error(`mount: ${mounted.stderr}`);
  return () => void start('umount', ['--lazy', folder]);
}

/** A daemon that is killed leaves the file systems of its containers mounted. */
export function unmountBelow(folder: string): void {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const below = mounts.flatMap((line) => line.split(' ')[1] ?? []).filter((place) => place.startsWith(`${folder}/`));
  for (const place of below.reverse()) start('umount', ['--lazy', place]);
}

const until = async (what: string, isSo: () => boolean, child: ChildProcess, log: string): Promise<void> => {
  const deadline = Date.now() + 60_000;
  while (!isSo()) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${what} did not start: ${readFileSync(log, 'utf8').split('\n').slice(-6).join('\n')}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

interface Command {
  readonly name: string;
  readonly socket: string;
  /** Of its store; undefined: as much as the disk has. */
  readonly megabytes: number | undefined;
  readonly words: (folder: string) => readonly string[];
  readonly answers: (address: string) => boolean;
}

async function startDaemon({ name, socket, megabytes, words, answers }: Command): Promise<Daemon> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `go-dockerfile-${name}-`));
  if (megabytes !== undefined) smallStore(path.join(folder, 'store'), megabytes);
  const log = path.join(folder, 'log');
  const [program = '', ...args] = words(folder);
  const output = openSync(log, 'a');
  const child = spawn(program, args, { stdio: ['ignore', output, output], detached: true });
  const address = `unix://${path.join(folder, socket)}`;
  const killNow = (): void => {
    // In a session of its own, with what it started; what left that session names its folder.
    if (child.pid !== undefined) start('pkill', ['-KILL', '--session', String(child.pid)]);
    for (const { pid } of processesNaming(folder)) start('kill', ['-KILL', String(pid)]);
  };
  const kill = async (): Promise<void> => {
    // From here on somebody waits for it.
    child.ref();
    killNow();
    await gone(child);
  };
  const remove = async (): Promise<void> => {
    await kill();
    unmountBelow(folder);
    // What was killed may write for a moment yet.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  };
  try {
    await until(name, () => existsSync(path.join(folder, socket)) && answers(address), child, log);
  } catch (error) {
    await remove();
    throw error;
  }
  // Whoever is done ends it; it keeps nobody waiting.
  child.unref();
  return { address, folder, kill, killNow, remove };
}

/** A dockerd of our own. In a network of its own: it would take the first one's bridge away. */
const dockerd = (program: string, megabytes: number | undefined, more: readonly string[]): Promise<Daemon> =>
  startDaemon({
    name: 'dockerd',
    socket: 'docker.sock',
    megabytes,
    words: (folder) => [
      ...['unshare', '--mount', '--net', program, ...more],
      ...['--data-root', path.join(folder, 'store', 'root'), '--exec-root', path.join(folder, 'exec')],
      ...['--pidfile', path.join(folder, 'pid'), '--host', `unix://${path.join(folder, 'docker.sock')}`],
    ],
    answers: (address) => start('docker', ['--host', address, 'version']).status === 0,
  });

const withoutNetwork = ['--bridge=none', '--iptables=false', '--ip-masq=false'] as const;

/** A second one of what is installed. */
export const startDockerd = (megabytes: number): Promise<Daemon> => dockerd('dockerd', megabytes, withoutNetwork);

/** Where docker keeps images: in containerd, or in a store of its own as before version 29. */
export type ImageStore = 'containerd' | 'overlay2';

/** A current docker engine, built by install.sh. */
export const startCurrentDockerd = (
  program: string,
  store: ImageStore,
  megabytes: number | undefined,
): Promise<Daemon> =>
  dockerd(program, megabytes, [...withoutNetwork, `--feature=containerd-snapshotter=${store === 'containerd'}`]);

/** What a BuildKit has besides its socket. */
interface BuildkitExtras {
  readonly tcpPort?: number;
  /** Socket of the containerd that builds and keeps the images; runc builds without. */
  readonly containerd?: string;
}

/** A BuildKit of its own, built by install.sh. */
export const startBuildkitd = (
  program: string,
  megabytes: number | undefined,
  { tcpPort, containerd }: BuildkitExtras = {},
): Promise<Daemon> =>
  startDaemon({
    name: 'buildkitd',
    socket: 'buildkitd.sock',
    megabytes,
    words: (folder) => {
      const config = path.join(folder, 'buildkitd.toml');
      writeFileSync(config, '[registry."localhost:5999"]\n  http = true\n');
      const addresses = [
        `unix://${path.join(folder, 'buildkitd.sock')}`,
        ...(tcpPort ? [`tcp://127.0.0.1:${tcpPort}`] : []),
      ];
      return [
        ...[program, '--config', config, '--root', path.join(folder, 'store', 'root')],
        ...addresses.flatMap((address) => ['--addr', address]),
        ...(containerd === undefined
          ? ['--oci-worker=true', '--containerd-worker=false', '--oci-worker-net=host']
          : ['--oci-worker=false', '--containerd-worker=true', '--containerd-worker-net=host']),
        ...(containerd === undefined ? [] : ['--containerd-worker-addr', containerd, ...inDefaultNamespace]),
      ];
    },
    answers: () => true,
  });

/** BuildKit keeps what is its own apart, unless it is told where nerdctl looks. */
const inDefaultNamespace = ['--containerd-worker-namespace', 'default'] as const;

/** A second containerd of what is installed. */
export const startContainerd = (megabytes: number | undefined): Promise<Daemon> =>
  startDaemon({
    name: 'containerd',
    socket: 'containerd.sock',
    megabytes,
    words: (folder) => {
      const config = path.join(folder, 'containerd.toml');
      const lines = [
        'version = 2',
        `root = "${folder}/store/root"`,
        `state = "${folder}/state"`,
        'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
        '[grpc]',
        `  address = "${folder}/containerd.sock"`,
        '[plugins."io.containerd.internal.v1.opt"]',
        `  path = "${folder}/store/opt"`,
      ];
      writeFileSync(config, `${lines.join('\n')}\n`);
      return ['containerd', '--config', config];
    },
    answers: () => true,
  });

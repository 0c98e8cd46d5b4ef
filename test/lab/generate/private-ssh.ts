import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Addition } from '../images/derived.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';
import { folder, reachOptions, trusting, withPrivateServer } from './private-server.ts';

const program = resolve(workshop, 'bin/ssh-server');

/** What golang has from buildpack-deps and the Debian of the lab lacks: fetched by a container, as the lab's images are made without a network. */
const downloadSsh = async (engine: string, target: string): Promise<void> => {
  const fetchAll =
    'mkdir -p /debs/partial && apt-get update -qq && apt-get install -y -qq --no-install-recommends --download-only -o Dir::Cache::archives=/debs openssh-client && rm -rf /debs/partial /debs/lock';
  const mount = ['--volume', `${resolve(target, 'debs')}:/debs`];
  await mustRun(engine, [
    'run',
    '--rm',
    '--network=host',
    ...mount,
    'go-dockerfile-lab/trixie-scm',
    'sh',
    '-c',
    fetchAll,
  ]);
};

/** A golang image with ssh that trusts the server. */
export const trustingWithSsh = (engine: string): Addition => ({
  name: 'private-ssh',
  lines: [...trusting.lines, 'COPY debs /debs', 'RUN dpkg --install /debs/*.deb && rm -rf /debs'],
  words: trusting.words ?? [],
  fill: async (target) => {
    await trusting.fill(target);
    await downloadSsh(engine, target);
  },
});

/** Fulfilled when the process has written, rejected when it ends before. */
const ready = async (child: ChildProcess, what: string): Promise<void> => {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${what} does not start: is its port taken?`)));
  await Promise.race([once(child.stdout ?? child, 'data'), ended]);
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
};

/** An agent with a key that is made for it, and a server on port 22 of loopback that knows the key, while `work` goes on. */
const withAgent = async <T>(work: (options: readonly string[]) => Promise<T>): Promise<T> => {
  // The path of a socket may have some hundred bytes: not below the workshop.
  const own = await mkdtemp(join(tmpdir(), 'lab-agent-'));
  const [key, socket] = [join(own, 'key'), join(own, 'agent')];
  await mustRun('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', key]);
  if (!existsSync(program)) {
    await mustRun('go', ['build', '-o', program, '.'], { cwd: resolve(import.meta.dirname, 'ssh-server') });
  }
  const server = spawn(program, ['127.0.0.1:22', folder, `${key}.pub`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await Promise.all([ready(server, 'the ssh server'), ready(agent, 'ssh-agent')]);
    await mustRun('ssh-add', ['-q', key], { env: { SSH_AUTH_SOCK: socket } });
    return await work([...reachOptions, `--ssh=default=${socket}`]);
  } finally {
    await stop(server);
    await stop(agent);
    await rm(own, { recursive: true, force: true });
  }
};

/** Serves the repository over ssh, and over HTTPS only where it lies, while `work` goes on with the options of docker build. */
export const withSshServer = <T>(work: (options: readonly string[]) => Promise<T>): Promise<T> =>
  withPrivateServer(() => withAgent(work), true);

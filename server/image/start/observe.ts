import { readFile } from 'node:fs/promises';
import type { Engine } from '../engine-model.ts';
import { programOutput } from '../process.ts';

/** A TCP port on which something in the container listens; undefined when nothing does, or it cannot be seen from here. */
export async function listeningPort(engine: Engine, name: string, signal: AbortSignal): Promise<number | undefined> {
  const args = ['inspect', '--format', '{{.State.Pid}}', name];
  const answer = await programOutput(engine.program, args, engine.environment, signal);
  const pid = Number(answer.stdout.trim());
  // An engine in a virtual machine gives a number that is another's here, or nobody's.
  if (answer.code !== 0 || !(pid > 1)) return undefined;
  const cgroup = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
  const own = await readFile('/proc/self/cgroup', 'utf8').catch(() => '');
  if (cgroup === '' || cgroup === own) return undefined;
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => '');
    const port = firstListening(text);
    if (port !== undefined) return port;
  }
  return undefined;
}

/** Of the kernel's table of sockets: state 0A is LISTEN. */
export function firstListening(table: string): number | undefined {
  for (const line of table.split('\n').slice(1)) {
    const [, local = '', , state] = line.trim().split(/\s+/);
    if (state === '0A') return Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16);
  }
  return undefined;
}

/** Bytes of memory that the container uses, as the engine counts. */
export async function containerMemory(engine: Engine, name: string, signal: AbortSignal): Promise<number | undefined> {
  const args = ['stats', '--no-stream', '--format', '{{.MemUsage}}', name];
  const answer = await programOutput(engine.program, args, engine.environment, signal);
  return answer.code === 0 ? parseMemory(answer.stdout) : undefined;
}

const units: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KiB: 1024,
  MB: 1e6,
  MiB: 1024 ** 2,
  GB: 1e9,
  GiB: 1024 ** 3,
};

/** `5.1MiB / 512MiB` of docker, `5.1MB / 512MB` of podman. */
export function parseMemory(text: string): number | undefined {
  const match = /^\s*([\d.]+)\s*([kKMG]?i?B)/.exec(text);
  const unit = match && units[match[2] ?? ''];
  return match && unit ? Math.round(Number(match[1]) * unit) : undefined;
}

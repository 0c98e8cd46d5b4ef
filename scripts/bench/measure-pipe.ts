import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A program, or several of which each reads what the one before writes. */
export type Pipe = readonly (readonly string[])[];

/** One run: milliseconds by the clock and of processors, all programs together; bytes of memory of the last one. */
export interface Measured {
  readonly milliseconds: number;
  readonly processor: number;
  readonly memory: number;
}

/** Runs a pipe; undefined when it fails. The output of the last program is thrown away. */
export async function measurePipe(
  pipe: Pipe,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Measured | undefined> {
  const start = performance.now();
  const children: ChildProcess[] = [];
  for (const [index, [program = '', ...args]] of pipe.entries()) {
    const before = children[index - 1]?.stdout ?? 'ignore';
    const output = index === pipe.length - 1 ? 'ignore' : 'pipe';
    const env = { ...process.env, ...environment };
    children.push(spawn(program, args, { stdio: [before, output, 'ignore'], cwd: folder, env }));
  }
  const last = children.at(-1);
  if (!last) return undefined;
  const seen = children.map((): Usage => ({ processor: 0, memory: 0 }));
  const look = setInterval(() => {
    for (const [index, { pid }] of children.entries()) seen[index] = usageOf(pid, seen[index]);
  }, 2);
  const [code] = await Promise.race([once(last, 'exit'), once(last, 'error')]);
  clearInterval(look);
  if (code !== 0) return undefined;
  const processor = seen.reduce((sum, usage) => sum + usage.processor, 0);
  return { milliseconds: performance.now() - start, processor, memory: seen.at(-1)?.memory ?? 0 };
}

interface Usage {
  readonly processor: number;
  readonly memory: number;
}

/** The kernel counts hundredths of a second. */
const tick = 10;

/** What a program has used so far, where the kernel tells: after its end what was last seen. */
function usageOf(pid: number | undefined, before: Usage = { processor: 0, memory: 0 }): Usage {
  try {
    const memory = Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const processor = (Number(fields[11]) + Number(fields[12])) * tick;
    return { processor: Math.max(processor, before.processor), memory: Math.max(memory, before.memory) };
  } catch {
    return before;
  }
}

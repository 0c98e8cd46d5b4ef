import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** A language server started over stdio, as an editor without pull diagnostics sees it. */
export interface LanguageServer {
  /** Milliseconds from the start of the process to the answer to `initialize`. */
  readonly start: number;
  /** Milliseconds from the start of the process to the first diagnostics. */
  readonly coldStart: number;
  /** Replaces one character's place by a text and resolves with the milliseconds until diagnostics for it came. */
  readonly type: (line: number, character: number, removed: number, text: string) => Promise<number>;
  /** Bytes of resident memory; undefined where the system does not tell. */
  readonly memory: () => number | undefined;
  readonly stop: () => Promise<void>;
}

/** Starts `node PROGRAM --stdio`, opens the text and waits for its diagnostics. */
export async function startLanguageServer(program: string, uri: string, text: string): Promise<LanguageServer> {
  const startedAt = performance.now();
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let published: () => void = () => undefined;
  connection.onNotification((method) => {
    if (method === 'textDocument/publishDiagnostics') published();
  });
  connection.onRequest(() => null);
  connection.listen();
  const diagnostics = (): Promise<void> =>
    new Promise((resolve) => {
      published = resolve;
    });
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  const start = performance.now() - startedAt;
  await connection.sendNotification('initialized', {});
  const first = diagnostics();
  const textDocument = { uri, languageId: 'dockerfile', version: 1, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  await first;
  const coldStart = performance.now() - startedAt;
  let version = 1;
  return {
    start,
    coldStart,
    type: async (line, character, removed, typed) => {
      version += 1;
      const range = { start: { line, character }, end: { line, character: character + removed } };
      const answered = diagnostics();
      const from = performance.now();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range, text: typed }],
      });
      await answered;
      return performance.now() - from;
    },
    memory: () => residentMemory(server),
    stop: async () => {
      const ended = once(server, 'exit');
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

function residentMemory({ pid }: ChildProcess): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

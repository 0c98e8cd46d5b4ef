import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { privateTag } from '../../server/image/build.ts';
import { findEngine } from '../../server/image/engine.ts';
import type { Engine } from '../../server/image/engine-model.ts';
import { type RunBuildRequest, runBuild } from '../../server/image/run-build.ts';

// Builds with the real engines of this machine; FROM scratch, so no network is needed.

const program = `package main
import ("fmt"; "os"; "time")
func main() {
	switch os.Args[1] {
	case "fail": fmt.Println("it broke: zwölf"); os.Exit(3)
	case "wait": fmt.Println("waiting"); time.Sleep(10 * time.Minute)
	}
}
`;

interface Case {
  readonly name: string;
  readonly run: (engine: Engine, folder: string) => Promise<void>;
}

const request = (engine: Engine, folder: string, lines: readonly string[]): RunBuildRequest => {
  const dockerfile = path.join(folder, 'Dockerfile ü');
  writeFileSync(dockerfile, `${lines.join('\n')}\n`);
  return {
    settings: { engine: engine.kind, enginePath: engine.program },
    environment: process.env,
    dockerfile,
    context: folder,
    instructions: lines.map((text, line) => ({ line, text })),
  };
};

const quiet = { onLog: () => {}, onStep: () => {} };
const never = new AbortController().signal;
const start = (command: string, args: readonly string[], more: object = {}) =>
  spawnSync(command, [...args], { encoding: 'utf8', ...more });

const cases: readonly Case[] = [
  { name: 'builds and measures; paths with blanks and letters beyond ASCII', run: success },
  { name: 'a rebuild replaces only our own image', run: rebuild },
  { name: 'names the line of a RUN that fails', run: failure },
  { name: 'names the line of a COPY without a source', run: missingSource },
  { name: 'cancel leaves no process and no temporary file', run: cancel },
];

async function success(engine: Engine, folder: string): Promise<void> {
  writeFileSync(path.join(folder, 'zwölf files.txt'), 'x'.repeat(1234));
  const lines = ['FROM scratch', 'COPY prog /prog', 'COPY ["zwölf files.txt", "/"]'];
  const outcome = await runBuild(request(engine, folder, lines), quiet, never);
  assert.ok(outcome.kind === 'built', JSON.stringify(outcome));
  assert.equal(outcome.size, readFileSync(path.join(folder, 'prog')).length + 1234);
  const driver = start(engine.program, ['info', '--format', '{{.Driver}}']).stdout.trim();
  if (driver !== 'overlay2') return;
  const inspected = start(engine.program, ['image', 'inspect', '--format', '{{.Size}}', outcome.image]);
  assert.equal(outcome.size, Number(inspected.stdout));
}

async function rebuild(engine: Engine, folder: string): Promise<void> {
  const lines = ['FROM scratch', 'COPY text /'];
  const id = (image: string): string =>
    start(engine.program, ['image', 'inspect', '-f', '{{.Id}}', image]).stdout.trim();
  writeFileSync(path.join(folder, 'text'), 'one');
  const first = await runBuild(request(engine, folder, lines), quiet, never);
  assert.ok(first.kind === 'built', JSON.stringify(first));
  const old = id(first.image);
  writeFileSync(path.join(folder, 'text'), 'three');
  const second = await runBuild(request(engine, folder, lines), quiet, never);
  assert.ok(second.kind === 'built', JSON.stringify(second));
  assert.deepEqual([first.size, second.size, second.image], [3, 5, first.image]);
  assert.notEqual(id(second.image), old);
  assert.equal(id(old), '');
}

async function failure(engine: Engine, folder: string): Promise<void> {
  const lines = ['FROM scratch', 'COPY prog /prog', 'RUN ["/prog", "ok"]', 'RUN ["/prog", "fail"]', 'USER 1'];
  const outcome = await runBuild(request(engine, folder, lines), quiet, never);
  assert.deepEqual(outcome, {
    kind: 'failed',
    reason: 'RUN failed with exit code 3 at line 4: it broke: zwölf',
    line: 3,
    output: ['it broke: zwölf'],
  });
}

async function missingSource(engine: Engine, folder: string): Promise<void> {
  const outcome = await runBuild(request(engine, folder, ['FROM scratch', 'COPY nosuch /']), quiet, never);
  assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
  assert.match(outcome.reason, /^nosuch does not exist where COPY looks for it/);
  assert.equal(outcome.line, 1);
}

async function cancel(engine: Engine, folder: string): Promise<void> {
  const before = buildFolders();
  const controller = new AbortController();
  const onLog = (text: string): void => {
    if (text.includes('waiting')) controller.abort();
  };
  const lines = ['FROM scratch', 'COPY prog /go-dockerfile-prog', `RUN ["/go-dockerfile-prog", "wait", "${folder}"]`];
  const outcome = await runBuild(request(engine, folder, lines), { ...quiet, onLog }, controller.signal);
  assert.ok(controller.signal.aborted, JSON.stringify(outcome));
  assert.deepEqual(outcome, { kind: 'cancelled' });
  await untilGone(() => processesNaming(folder));
  assert.deepEqual(
    buildFolders().filter((name) => !before.includes(name)),
    [],
  );
}

/** Temporary folders of builds; one that was killed from outside may have left its own. */
const buildFolders = (): readonly string[] =>
  readdirSync(os.tmpdir()).filter((name) => name.startsWith('go-dockerfile-build-'));

/** The daemon ends the container a moment after the client left. */
async function untilGone(remaining: () => readonly string[]): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (remaining().length > 0 && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(remaining(), []);
}

function processesNaming(text: string): readonly string[] {
  const found: string[] = [];
  for (const pid of process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (line.includes(text) && Number(pid) !== process.pid) found.push(line);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

async function runCases(engine: Engine): Promise<readonly [passed: number, failed: number]> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile engine ü '));
  let failed = 0;
  try {
    for (const [index, { name, run }] of cases.entries()) {
      const folder = path.join(root, `case ${index}`);
      mkdirSync(folder);
      buildProgram(folder);
      try {
        await run(engine, folder);
        console.log(`ok      ${engine.title}: ${name}`);
      } catch (error) {
        failed++;
        console.log(`FAILED  ${engine.title}: ${name}\n${error instanceof Error ? error.message : String(error)}`);
      }
      const tag = privateTag({ dockerfile: path.join(folder, 'Dockerfile ü'), context: folder });
      start(engine.program, ['image', 'rm', tag]);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return [cases.length - failed, failed];
}

function buildProgram(folder: string): void {
  const source = path.join(os.tmpdir(), `go-dockerfile-prog-${process.pid}.go`);
  writeFileSync(source, program);
  const env = { ...process.env, CGO_ENABLED: '0', GOOS: 'linux' };
  const built = start('go', ['build', '-ldflags=-s -w', '-o', path.join(folder, 'prog'), source], { env, cwd: folder });
  rmSync(source);
  if (built.status !== 0) throw new Error(`go build: ${built.stderr || built.error?.message}`);
}

async function main(): Promise<void> {
  let [passed, failed, skipped] = [0, 0, 0];
  const skip = (reason: string): void => {
    skipped += cases.length;
    console.log(`skipped ${cases.length} cases: ${reason}`);
  };
  const hasGo = start('go', ['version']).status === 0;
  for (const kind of hasGo ? (['docker', 'podman'] as const) : []) {
    const engine = await findEngine({ engine: kind }, process.env);
    if ('problem' in engine) {
      skip(`${kind}: ${engine.problem}`);
      continue;
    }
    const [good, bad] = await runCases(engine);
    passed += good;
    failed += bad;
  }
  if (!hasGo) skip('Go is not on the PATH; install it from https://go.dev/dl or run .ci/run');
  if (process.env.CI === 'true' && passed + failed === 0) {
    failed++;
    console.log('FAILED  CI has no container engine that answers: .ci/run installs and starts one');
  }
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();

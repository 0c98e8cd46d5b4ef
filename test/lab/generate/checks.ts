import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Engine, removeImage, runImage } from '../engine.ts';
import { mustRun, run } from '../process.ts';
import type { Check } from './case.ts';
import { password } from './private-server.ts';

/** An image that was built, and how to build it again. */
export interface Subject {
  readonly engine: Engine;
  readonly folder: string;
  readonly tag: string;
  readonly options: readonly string[];
}

const inspect = (engine: Engine, format: string, name: string): Promise<string> =>
  mustRun(engine.program, ['inspect', '--format', format, name]);

/** Runs the image locked in, in the network of containers, while `work` looks at it. */
const running = async <T>({ engine, tag }: Subject, work: (name: string) => Promise<T>): Promise<T> => {
  const name = `${tag.replaceAll(/\W/g, '-')}-served`;
  const locked = ['--cap-drop=ALL', '--security-opt=no-new-privileges', '--read-only'];
  await mustRun(engine.program, ['run', '--detach', '--name', name, ...locked, tag]);
  try {
    return await work(name);
  } finally {
    await run(engine.program, ['rm', '--force', name]);
  }
};

/** Asks until there is an answer; the program needs a moment to listen. */
const page = async (url: string): Promise<string> => {
  const until = Date.now() + 10_000;
  for (;;) {
    const answer = await fetch(url).then(
      (response) => response.text(),
      (error: unknown) => (Date.now() > until ? String(error) : undefined),
    );
    if (answer !== undefined) return answer;
  }
};

const expectAnswer = (subject: Subject, { port, path, body }: Check & { kind: 'answers' }): Promise<string> =>
  running(subject, async (name) => {
    const address = await inspect(subject.engine, '{{.NetworkSettings.IPAddress}}', name);
    const answer = await page(`http://${address}:${port}${path}`);
    return body.test(answer) ? '' : `${path} answered: ${answer}`;
  });

const expectHealth = (subject: Subject): Promise<string> =>
  running(subject, async (name) => {
    const { engine, tag } = subject;
    const written: unknown = JSON.parse(await inspect(engine, '{{json .Config.Healthcheck}}', tag));
    const test = written && typeof written === 'object' && 'Test' in written ? (written.Test as string[]) : [];
    if (test[0] !== 'CMD') return `its health check is ${JSON.stringify(written)}`;
    const until = Date.now() + 10_000;
    for (;;) {
      const ended = await run(engine.program, ['exec', name, ...test.slice(1)]);
      if (ended.code === 0) return '';
      if (Date.now() > until) return `the health check ended with ${ended.code}: ${ended.stderr}`;
    }
  });

const expectTargets = async (subject: Subject, says: Readonly<Record<string, string>>): Promise<string> => {
  const { engine, folder, tag, options } = subject;
  for (const [target, text] of Object.entries(says)) {
    const name = `${tag}-${target}`;
    const built = await build(engine, folder, name, [...options, '--target', target]);
    if (built.code !== 0) return `target ${target}: ${built.stderr.split('\n').slice(-6).join('\n')}`;
    const ended = text === '' ? undefined : await runImage(engine, name, (output) => output.includes(text));
    await removeImage(engine, name);
    const said = ended && ended.stdout + ended.stderr;
    if (said !== undefined && !said.includes(text)) return `target ${target} said: ${said}`;
  }
  return '';
};

/** The second build has nothing of the first but its cache mounts: a variable before the first step is another. */
const expectSameLayers = async ({ engine, folder, tag, options }: Subject): Promise<string> => {
  const path = resolve(folder, 'Dockerfile');
  const text = await readFile(path, 'utf8');
  const layers: string[] = [];
  for (const turn of ['a', 'b']) {
    await writeFile(path, text.replace('\nWORKDIR ', `\nENV LAB_TURN=${turn}${Date.now()}\nWORKDIR `));
    const name = `${tag}-${turn}`;
    const built = await build(engine, folder, name, options);
    if (built.code !== 0) return built.stderr.split('\n').slice(-6).join('\n');
    layers.push(await inspect(engine, '{{json .RootFS.Layers}}', name));
    await removeImage(engine, name);
  }
  return layers[0] === layers[1] ? '' : `two builds differ: ${layers.join(' and ')}`;
};

const expectLabels = async ({ engine, tag }: Subject, values: Readonly<Record<string, string>>): Promise<string> => {
  const found = JSON.parse(await inspect(engine, '{{json .Config.Labels}}', tag)) as Record<string, string>;
  const wrong = Object.entries(values).filter(([key, value]) => found[key] !== value);
  return wrong.length === 0 ? '' : `labels are ${JSON.stringify(found)}`;
};

/** Neither the image nor its history has the password, and without the secret nothing is built. */
const expectSecret = async ({ engine, folder, tag, options }: Subject): Promise<string> => {
  const saved = await run('bash', [
    '-c',
    `"$1" save "$2" | grep --text --count -- "$3"`,
    'bash',
    engine.program,
    tag,
    password,
  ]);
  if (saved.stdout.trim() !== '0') return 'the password is in the image';
  const without = options.filter((option) => !option.startsWith('--secret'));
  const built = await build(engine, folder, `${tag}-without`, [...without, '--no-cache']);
  if (built.code === 0) return 'it was built without the secret';
  return /secret netrc: not found|netrc.*not found/.test(built.stderr)
    ? ''
    : `without the secret: ${built.stderr.slice(-400)}`;
};

/** Without the agent nothing is built. */
const expectAgent = async ({ engine, folder, tag, options }: Subject): Promise<string> => {
  const without = options.filter((option) => !option.startsWith('--ssh'));
  const built = await build(engine, folder, `${tag}-without`, [...without, '--no-cache']);
  if (built.code === 0) return 'it was built without the agent';
  return /ssh/.test(built.stderr) ? '' : `without the agent: ${built.stderr.slice(-400)}`;
};

/** Empty when the image is as the check has it. */
export const failedCheck = (subject: Subject, check: Check): Promise<string> => {
  switch (check.kind) {
    case 'answers':
      return expectAnswer(subject, check);
    case 'healthy':
      return expectHealth(subject);
    case 'targets':
      return expectTargets(subject, check.says);
    case 'reproducible':
      return expectSameLayers(subject);
    case 'labels':
      return expectLabels(subject, check.values);
    case 'private':
      return expectSecret(subject);
    case 'ssh':
      return expectAgent(subject);
    default:
      // It was needed to build.
      return Promise.resolve('');
  }
};

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../../../server/image/engine-model.ts';
import { runTools, toolsThere } from '../../../server/image/tools/tools.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { argsOf, pretend, pretendDocker, startsOf } from './pretend.ts';
import { grypeMatches, trivyResults } from './printed.ts';

describe('tools that the engine has as images', () => {
  let folder: string;
  let restore: () => void;
  beforeEach(() => {
    ({ folder, restore } = temporaryFolder('go-dockerfile engine ü '));
  });
  afterEach(() => restore());

  const never = new AbortController().signal;
  const leftovers = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('go-dockerfile-'));
  const subject = (engine: Engine) => ({ image: { engine, reference: 'app:v1' }, programs: [] });
  const images = [
    'evil/anchore/syft:latest',
    'anchore/syft:v1.2',
    'docker.io/anchore/syft:latest',
    'aquasec/trivy:<none>',
  ];

  it('are found by their names, and only where there is no program', async () => {
    const engine = await pretendDocker(folder, { images: images.join('\n') });
    const there = await toolsThere(subject(engine), { PATH: folder }, never);
    assert.deepEqual(
      there.map(({ state }) => state),
      ['available', 'missing', 'missing', 'missing', 'missing'],
    );
    assert.equal(there[0]?.summary, 'image docker.io/anchore/syft:latest');
    await pretend(folder, 'syft', '');
    assert.equal((await toolsThere(subject(engine), { PATH: folder }, never))[0]?.summary, 'on the PATH');
    assert.deepEqual(await startsOf(folder), [
      ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'],
      ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'],
    ]);
  });

  it('get a copy of the image: nothing is pulled or mounted, and nothing is left', async () => {
    const engine = await pretendDocker(folder, { images: images.join('\n'), prints: '{"artifacts":[{}]}' });
    const [syft] = await runTools(subject(engine), { PATH: folder }, never);
    assert.deepEqual(syft, { tool: 'syft', state: 'ran', summary: '1 package' });
    const starts = (await startsOf(folder)).slice(1);
    assert.deepEqual(
      starts.map(([command]) => command),
      ['save', 'create', 'cp', 'start', 'rm'],
    );
    const [, create = [], cp = [], start = [], rm = []] = starts;
    const name = create[2];
    assert.deepEqual(create.slice(3), [
      '--pull=never',
      '--network=none',
      '--cap-drop=ALL',
      '--security-opt=no-new-privileges',
      '--env=SYFT_CHECK_FOR_APP_UPDATE=false',
      'docker.io/anchore/syft:latest',
      'scan',
      'docker-archive:/image.tar',
      '--output',
      'syft-json',
      '--quiet',
    ]);
    assert.deepEqual([cp[2], start, rm], [`${name}:/image.tar`, ['start', '--attach', name], ['rm', '--force', name]]);
    assert.deepEqual(leftovers(), []);
  });

  it('are removed after a cancel', async () => {
    const engine = await pretendDocker(folder, { images: 'anchore/grype:latest' });
    const stop = new AbortController();
    const scanning = runTools(subject(engine), { PATH: folder }, stop.signal);
    while (!(await startsOf(folder)).some(([command]) => command === 'start')) await wait(20);
    stop.abort();
    await assert.rejects(scanning);
    assert.equal((await startsOf(folder)).at(-1)?.[0], 'rm');
    assert.deepEqual(leftovers(), []);
  });

  it('programs get one copy of what an engine has: none looks for an engine or pulls by itself', async () => {
    const engine: Engine = { ...(await pretendDocker(folder, {})), kind: 'podman' };
    await pretend(folder, 'grype', grypeMatches);
    await pretend(folder, 'trivy', trivyResults);
    const [, grype, trivy] = await runTools(subject(engine), { PATH: folder }, never);
    assert.match(String(grype?.summary), /^4 known vulnerabilities: /);
    assert.equal(trivy?.summary, '3 known vulnerabilities: 1 critical, 1 high, 1 unknown');
    const [, copy] =
      /^docker-archive:(.*go-dockerfile-scan-\w+\/image\.tar),/.exec(String(await argsOf(folder, 'grype'))) ?? [];
    assert.equal(
      String(await argsOf(folder, 'trivy'))
        .split(',')
        .at(-1),
      copy,
    );
    assert.equal((await startsOf(folder)).filter(([command]) => command === 'save').length, 1);
    assert.deepEqual(leftovers(), []);
  });
});

import assert from 'node:assert/strict';
import { buildArguments } from '../../server/image/build-arguments.ts';
import type { Engine } from '../../server/image/engine-model.ts';
import { readBuildOptions } from '../../server/lsp/build-options.ts';

const engine = (builder: Engine['builder'], more: Partial<Engine> = {}): Engine => ({
  kind: 'docker',
  program: '/bin/engine',
  builder,
  progress: 'plain',
  title: '',
  environment: {},
  ...more,
});
const input = { dockerfile: '/a b/Dockerfile', context: '/a b', instructions: [] };

describe('the arguments of a build', () => {
  const words = (of: Engine, options = {}): string => buildArguments(of, { ...input, options }, ['t'], '/id').join(' ');

  it('are those of each engine', () => {
    const end = '--iidfile /id --tag t --file /a b/Dockerfile /a b';
    assert.equal(words(engine('buildkit')), `build --progress=plain ${end}`);
    assert.equal(words(engine('legacy', { progress: 'steps' })), `build --force-rm ${end}`);
    assert.equal(words(engine('podman', { progress: 'steps' })), `build --format=docker --force-rm ${end}`);
    assert.equal(words(engine('buildah', { progress: 'steps' })), `build --format=docker --force-rm --layers ${end}`);
    assert.equal(words(engine('nerdctl')), `build --progress=plain ${end}`);
    const remote = engine('buildx', { progress: 'rawjson', builderName: 'cluster' });
    assert.equal(words(remote), `buildx build --load --builder cluster --progress=rawjson ${end}`);
  });

  it('hold every option as arguments of its own', () => {
    const options = {
      target: 'app',
      platform: 'linux/arm64',
      buildArgs: { VERSION: 'v1 "x"; rm -rf /' },
      secrets: [
        { id: 'netrc', file: '/home/me/a, "b"' },
        { id: 'token', env: 'TOKEN' },
      ],
      ssh: ['default'],
      contexts: { assets: '/assets' },
    };
    const args = buildArguments(engine('buildkit'), { ...input, options }, ['t'], '/id');
    const valuesOf = (name: string): readonly (string | undefined)[] =>
      args.flatMap((word, index) => (word === name ? [args[index + 1]] : []));
    assert.deepEqual(valuesOf('--build-arg'), ['VERSION=v1 "x"; rm -rf /']);
    assert.deepEqual(valuesOf('--secret'), ['id=netrc,"src=/home/me/a, ""b"""', 'id=token,env=TOKEN']);
    assert.deepEqual(valuesOf('--ssh'), ['default']);
    assert.deepEqual(valuesOf('--build-context'), ['assets=/assets']);
    assert.deepEqual([valuesOf('--target'), valuesOf('--platform')], [['app'], ['linux/arm64']]);
  });

  it('leave out what a client sends in another shape', () => {
    assert.deepEqual(readBuildOptions(undefined), {});
    const odd = {
      target: 3,
      buildArgs: { A: 1, B: 'b' },
      secrets: [{ id: 'x' }, null],
      ssh: 'default',
      network: 'all',
    };
    assert.deepEqual(readBuildOptions(odd), { buildArgs: { B: 'b' } });
  });
});

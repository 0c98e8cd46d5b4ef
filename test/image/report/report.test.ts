import assert from 'node:assert/strict';
import { reportImage } from '../../../server/image/report/report.ts';
import { type Config, dockerArchive, type Part, readBytes } from '../archive/images.ts';

const report = async (layers: readonly (readonly Part[])[], config: Config = {}) =>
  reportImage('test', await readBytes(dockerArchive(layers, config)));

const file = (name: string, size: number): Part => ({ name, content: 'x'.repeat(size) });

describe('reportImage: layers over each other', () => {
  it('counts what later layers overwrite or delete, each hidden copy once', async () => {
    const { size, visible, wasted, wastedFiles, layers } = await report([
      [file('app', 1000), file('gone', 500), file('kept', 10)],
      [file('app', 1000), { name: '.wh.gone' }],
      [file('app', 1001)],
    ]);
    assert.deepEqual([size, visible, wasted], [3511, 1011, 2500]);
    assert.deepEqual(wastedFiles, [
      { path: '/app', size: 1000, layer: 0, by: 1, how: 'overwritten' },
      { path: '/app', size: 1000, layer: 1, by: 2, how: 'overwritten' },
      { path: '/gone', size: 500, layer: 0, by: 1, how: 'deleted' },
    ]);
    assert.deepEqual(
      layers.map(({ wasted: each, deleted }) => [each, deleted]),
      [
        [1500, 0],
        [1000, 1],
        [0, 0],
      ],
    );
  });

  it('counts hard links once, and as wasted only when the last one is gone', async () => {
    const linked: readonly Part[] = [file('a', 700), { name: 'b', type: '1', link: 'a' }];
    assert.deepEqual([(await report([linked])).size, (await report([linked, [{ name: '.wh.a' }]])).wasted], [700, 0]);
    assert.equal((await report([linked, [{ name: '.wh.a' }], [{ name: '.wh.b' }]])).wasted, 700);
  });

  it('lets an opaque folder hide what lower layers have in it, and only that', async () => {
    const { wastedFiles } = await report([
      [{ name: 'd/', type: '5' }, file('d/old', 100), file('d/sub/old', 50), file('other', 1)],
      [{ name: 'd/', type: '5' }, file('d/new', 7), { name: 'd/.wh..wh..opq' }],
    ]);
    assert.deepEqual(
      wastedFiles.map(({ path }) => path),
      ['/d/old', '/d/sub/old'],
    );
  });

  it('lets a whiteout spare what its own layer adds under the same name', async () => {
    const { wastedFiles } = await report([[file('d/a', 5)], [file('d/b', 6), { name: '.wh.d' }]]);
    assert.deepEqual(
      wastedFiles.map(({ path }) => path),
      ['/d/a'],
    );
  });

  it('follows links among the parents within the image', async () => {
    const { wastedFiles, visible } = await report([
      [
        file('usr/lib/x', 100),
        { name: 'lib', type: '2', link: 'usr/lib' },
        { name: 'abs', type: '2', link: '/usr/../../usr' },
      ],
      [file('lib/x', 10), file('abs/lib/y', 1)],
    ]);
    assert.deepEqual(
      wastedFiles.map(({ path, by }) => [path, by]),
      [['/usr/lib/x', 1]],
    );
    assert.equal(visible, 11 + 'usr/lib'.length + '/usr/../../usr'.length);
  });

  it('hides a whole folder behind a file, and the other way round', async () => {
    const { wasted } = await report([
      [file('d/a', 5), file('d/e/b', 6), file('f', 7)],
      [file('d', 1), file('f/x', 2)],
    ]);
    assert.equal(wasted, 11);
    assert.equal((await report([[file('f', 7)], [{ name: 'f/', type: '5' }, file('f/x', 2)]])).wasted, 7);
  });

  it('says what does not fit, and goes on', async () => {
    const { oddities, size } = await report([
      [
        { name: 'a', type: '1', link: 'nowhere' },
        file('f', 1),
        file('f/below', 2),
        { name: 'l', type: '2', link: 'l' },
        file('l/x', 3),
        { name: '.wh.nothing' },
        file('ok', 4),
      ],
    ]);
    assert.deepEqual(oddities, [
      '/a is a hard link to /nowhere, which is not there; it is left out',
      '/f/below lies below something that is no folder; it is left out',
      '/l/x lies below something that is no folder; it is left out',
    ]);
    assert.equal(size, 1 + 1 + 4);
  });
});

describe('reportImage: instructions', () => {
  it('takes the wrapping off the history, of BuildKit, the legacy builder and podman', async () => {
    const created = [
      'COPY /out/app /app # buildkit',
      'RUN |1 VERSION=1 /bin/sh -c go build ./... # buildkit',
      '/bin/sh -c #(nop) COPY file:abc in /app ',
      '/bin/sh -c go vet',
      '|2 A=1 B=x y /bin/sh -c make',
      'ENTRYPOINT ["/app"]',
    ];
    const { history, layers } = await report(
      created.slice(1).map(() => [file('a', 1)]),
      { history: created.map((created_by, index) => ({ created_by, empty_layer: index === 5 })) },
    );
    assert.deepEqual(
      history.map(({ createdBy, layer }) => [createdBy, layer]),
      [
        ['COPY /out/app /app', 0],
        ['RUN go build ./...', 1],
        ['COPY file:abc in /app', 2],
        ['RUN go vet', 3],
        ['RUN make', 4],
        ['ENTRYPOINT ["/app"]', undefined],
      ],
    );
    assert.equal(layers[1]?.createdBy, 'RUN go build ./...');
  });

  it('says nothing of instructions when the history does not fit the layers', async () => {
    const { layers, history } = await report([[file('a', 1)], [file('b', 1)]], { history: [{ created_by: 'COPY x' }] });
    assert.deepEqual([layers.map(({ createdBy }) => createdBy), history[0]?.layer], [['', ''], undefined]);
  });
});

describe('reportImage: the tree', () => {
  it('adds up: layers, folders, files', async () => {
    const { tree } = await report([[file('a/b', 100), file('a/c', 50)], [file('a/b', 10)]]);
    assert.deepEqual(tree, {
      name: 'test',
      kind: 'image',
      size: 160,
      children: [
        {
          name: 'layer 1',
          kind: 'layer',
          size: 150,
          children: [
            {
              name: 'a',
              kind: 'folder',
              size: 150,
              children: [
                { name: 'b', kind: 'file', size: 100 },
                { name: 'c', kind: 'file', size: 50 },
              ],
            },
          ],
        },
        {
          name: 'layer 2',
          kind: 'layer',
          size: 10,
          children: [{ name: 'a', kind: 'folder', size: 10, children: [{ name: 'b', kind: 'file', size: 10 }] }],
        },
      ],
    });
  });

  it('stays small for many files, and still adds up', async () => {
    const parts = Array.from({ length: 20_000 }, (_, index) => file(`d${index % 100}/f${index}`, 10));
    const { tree } = await report([[...parts, file('big', 100_000), file(`${'deep/'.repeat(400)}f`, 100_000)]]);
    let nodes = 0;
    const check = (node: typeof tree): void => {
      nodes += 1;
      if (node.children)
        assert.equal(
          node.children.reduce((sum, { size }) => sum + size, 0),
          node.size,
        );
      for (const child of node.children ?? []) check(child);
    };
    check(tree);
    assert.ok(nodes < 4000, `${nodes} nodes`);
  });
});

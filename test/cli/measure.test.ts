import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { dockerArchive, type Part } from '../image/archive/images.ts';
import { runIn } from './console.ts';
import { inFolder } from './project.ts';

const layers: readonly (readonly Part[])[] = [
  [
    { name: 'app', content: '#!/bin/sh\necho hi\n', mode: 0o755 },
    { name: 'bin/sh', content: 'x'.repeat(5000), mode: 0o755 },
    { name: 'data', content: 'y'.repeat(20_000) },
  ],
  [{ name: '.wh.data' }],
];
const config = {
  config: { Entrypoint: ['/app'], User: '65532' },
  history: [{ created_by: 'COPY . / # buildkit' }, { created_by: 'RUN /bin/sh -c rm /data # buildkit' }],
};
const image = dockerArchive(layers, config);

const withFiles = (files: Readonly<Record<string, Buffer>>, test: (folder: string) => Promise<void>): Promise<void> =>
  inFolder({}, async (folder) => {
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
    await test(folder);
  });

describe('go-dockerfile measure', () => {
  it('prints sizes, facts and what would shrink the image', async () => {
    await withFiles({ 'image.tar': image }, async (folder) => {
      const { code, out, err } = await runIn(folder, ['measure', 'image.tar']);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /^image\.tar {2}25\.0 kB · linux\/amd64$/m);
      assert.match(out, /^ {2}25\.0 kB 100\.0 % {2}█{30} {2}COPY \. \/ \(20\.0 kB hidden later\)$/m);
      assert.match(out, /^ {2}Starts {18}\/app$/m);
      assert.match(out, /^ {2}−20\.0 kB {3}Delete files in the instruction that makes them$/m);
      assert.match(out, /`RUN rm \/data` deletes 1 file of lower layers, \/data among them/);
    });
  });

  it('reads standard input and gzip, and prints JSON', async () => {
    await withFiles({ 'image.tar.gz': gzipSync(image) }, async (folder) => {
      const fromFile = await runIn(folder, ['measure', 'image.tar.gz', '--format', 'json']);
      const fromInput = await runIn(folder, ['measure', '-', '--format', 'json'], { input: image });
      const [one, other] = [JSON.parse(fromFile.out), JSON.parse(fromInput.out)];
      assert.deepEqual(
        [one.size, one.wasted, one.facts.root, one.facts.program.kind],
        [25_018, 20_000, 'no', 'script'],
      );
      assert.deepEqual({ ...other, name: '', tree: '' }, { ...one, name: '', tree: '' });
    });
  });

  it('ends with 1 over the budget, and when the image does not start', async () => {
    const broken = dockerArchive([[]], { config: { Cmd: ['/gone'] } });
    await withFiles({ 'image.tar': image, 'broken.tar': broken }, async (folder) => {
      const run = async (...args: readonly string[]) => {
        const { code, err } = await runIn(folder, ['measure', ...args]);
        return [code, err];
      };
      assert.deepEqual(await run('image.tar', '--budget', '25.1kB'), [0, '']);
      assert.deepEqual(await run('image.tar', '--budget', '20KB'), [
        1,
        'go-dockerfile: the image has 25018 bytes, 5018 more than its budget of 20000\n',
      ]);
      assert.deepEqual(await run('broken.tar'), [
        1,
        'go-dockerfile: it does not start: exec: "/gone": stat /gone: no such file or directory\n',
      ]);
    });
  });

  it('compares with another image', async () => {
    const before = dockerArchive([
      [
        { name: 'bin/sh', content: 'x'.repeat(4000) },
        { name: 'old', content: '1234' },
      ],
    ]);
    await withFiles({ 'image.tar': image, 'before.tar': before }, async (folder) => {
      const { out } = await runIn(folder, ['measure', 'image.tar', '--compare', 'before.tar']);
      assert.match(out, /^Beside before\.tar: \+21\.0 kB$/m);
      assert.match(out, /^ {3}\+1\.0 kB {3}\/bin\/sh$/m);
      assert.match(out, /^ {5}\+18 B {3}\/app \(new\)$/m);
      assert.match(out, /^ {6}−4 B {3}\/old \(gone\)$/m);
    });
  });

  it('writes a page in which nothing of the image is HTML, and no terminal is steered by it', async () => {
    const evil = `<img src=x onerror=alert(1)>"'\`&\x1b[2J`;
    const hostile = dockerArchive([[{ name: evil, content: 'x'.repeat(1000), mode: 0o4755 }]], {
      config: { Entrypoint: [evil], User: evil },
      history: [{ created_by: `COPY ${evil} </style><script>alert(1)</script>` }],
      architecture: evil,
    });
    await withFiles({ 'image.tar': hostile }, async (folder) => {
      const { out: page } = await runIn(folder, ['measure', 'image.tar', '--format', 'html']);
      assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'/);
      assert.doesNotMatch(page, /<(script|img|iframe|link|object|embed)\b/i);
      // A quoted value may hold anything but a quote, which is written as &quot; everywhere.
      assert.doesNotMatch(page.replaceAll(/"[^"]*"/g, '""'), /<[^>]*\son\w+=/i);
      assert.match(page, /&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&#96;&amp;/);
      assert.equal(page.match(/<\/style>/g)?.length, 1);
      const { out: text, err } = await runIn(folder, ['measure', 'image.tar']);
      assert.doesNotMatch(text + err, /\x1b/);
    });
  });

  it('says in one line what is wrong', async () => {
    await withFiles(
      { 'cut.tar': image.subarray(0, 20_000), Dockerfile: Buffer.from('FROM scratch\n') },
      async (folder) => {
        const cases: readonly (readonly [readonly string[], string])[] = [
          [['cut.tar'], `${path.join(folder, 'cut.tar')}: the saved image is damaged: Unexpected end of data`],
          [['./gone.tar'], './gone.tar is not there'],
          [['--budget', 'much'], '--budget is a size such as 20MB or 18.5MiB, not "much"'],
          [['--format', 'xml'], '--format is text, json, html, not "xml"'],
          [['a', 'b'], 'measure takes one Dockerfile, image or archive'],
        ];
        for (const [args, message] of cases) {
          assert.deepEqual(await runIn(folder, ['measure', ...args]), {
            code: 2,
            out: '',
            err: `go-dockerfile: ${message}\n`,
          });
        }
      },
    );
  });
});

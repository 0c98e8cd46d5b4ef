import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { reportImage } from '../../../server/image/report/report.ts';
import type { ToolReport } from '../../../server/image/report/run-model.ts';
import type { ImagePlace } from '../../../server/image/tools/tool.ts';
import { runTools } from '../../../server/image/tools/tools.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { dockerArchive, type Part, readBytes } from '../archive/images.ts';
import { buildInfo, elfFile } from '../binary/elf-file.ts';
import { pretendDocker, writeProgram } from './pretend.ts';

const program = (name: string, stripped = false): Buffer =>
  elfFile({
    sections: {
      '.go.buildinfo': buildInfo('go1.26.8', [`path\t${name}`, `mod\t${name}\tv1.0.0\th1:x=`]),
      ...(stripped ? {} : { '.symtab': Buffer.alloc(24) }),
    },
  });
const [first, second] = [program('example.com/a'), program('example.com/another')];
const layers: readonly (readonly Part[])[] = [
  [{ name: 'old', content: program('example.com/hidden') }],
  [
    { name: 'old', content: 'text' },
    { name: 'bin/first', content: first, mode: 0o755 },
    { name: '../second', content: second, mode: 0o755 },
  ],
];
const finding = (osv: string, trace: object): object => ({ finding: { osv, trace: [trace] } });
const messages = (...more: readonly object[]): string =>
  [{ config: { protocol_version: 'v1.0.0' } }, { osv: { id: 'GO-1' } }, ...more]
    .map((one) => `${JSON.stringify(one, null, 2)}\n`)
    .join('');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('govulncheck', () => {
  let folder: string;
  let restore: () => void;
  beforeEach(() => {
    ({ folder, restore } = temporaryFolder('go-dockerfile tools ü '));
  });
  afterEach(() => restore());

  const leftovers = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('go-dockerfile-'));
  const scan = async (
    image: ImagePlace,
    parts = layers,
    signal = new AbortController().signal,
  ): Promise<ToolReport | undefined> => {
    const { binaries } = reportImage('x', await readBytes(dockerArchive(parts)));
    const reports = await runTools({ image, programs: binaries }, { PATH: folder }, signal);
    return reports.find(({ tool }) => tool === 'govulncheck');
  };
  /** It keeps what it was given, and the rights of the folder. */
  const govulncheck = (output: string, code = 0): Promise<void> =>
    writeProgram(folder, 'govulncheck', [
      `const fs = require('node:fs');`,
      `const file = process.argv.at(-1);`,
      `fs.copyFileSync(file, __dirname + '/seen-' + require('node:path').basename(file));`,
      `fs.writeFileSync(__dirname + '/rights', (fs.statSync(require('node:path').dirname(file)).mode & 0o777).toString(8));`,
      `process.stdout.write(${JSON.stringify(output)}, () => { console.error('no database'); process.exit(${code}); });`,
    ]);
  const archiveFile = (parts = layers): ImagePlace => {
    const archive = path.join(folder, 'image.tar');
    writeFileSync(archive, dockerArchive(parts));
    return { archive };
  };

  it('is given the programs that a container sees, from an archive and from an engine, and nothing is left', async () => {
    await govulncheck(messages());
    for (const image of [
      archiveFile(),
      { engine: await pretendDocker(folder, { archive: dockerArchive(layers) }), reference: 'app' },
    ]) {
      assert.deepEqual(await scan(image), { tool: 'govulncheck', state: 'ran', summary: 'no known vulnerabilities' });
      const seen = readdirSync(folder).filter((name) => name.startsWith('seen-'));
      assert.deepEqual(seen, ['seen-program-1', 'seen-program-2']);
      const hashes = seen.map((name) => sha256(readFileSync(path.join(folder, name))));
      assert.deepEqual(hashes.sort(), [sha256(first), sha256(second)].sort());
      assert.equal(readFileSync(path.join(folder, 'rights'), 'utf8'), '700');
      assert.equal(statSync(path.join(folder, 'seen-program-1')).mode & 0o111, 0);
      assert.deepEqual(leftovers(), []);
    }
  });

  it('tells what is linked in from what its modules have', async () => {
    const found = messages(
      finding('GO-1', { module: 'm', version: 'v1.0.0' }),
      finding('GO-1', { module: 'm', package: 'm/p', function: 'F' }),
      finding('GO-2', { module: 'm', package: 'm/p' }),
    );
    await govulncheck(found);
    assert.equal((await scan(archiveFile()))?.summary, '2 known vulnerabilities, 1 in code that is linked in: GO-1');
    const stripped = [[{ name: 'a', content: program('example.com/a', true) }]];
    assert.equal(
      (await scan(archiveFile(stripped), stripped))?.summary,
      '2 known vulnerabilities, no symbols tell in which code: GO-1, GO-2',
    );
  });

  it('says why it failed, and that there is no Go program', async () => {
    await govulncheck('', 1);
    assert.deepEqual(await scan(archiveFile()), { tool: 'govulncheck', state: 'failed', summary: 'no database' });
    const none = [[{ name: 'a', content: 'x' }]];
    assert.equal((await scan(archiveFile(none), none))?.state, 'unfit');
    assert.deepEqual(leftovers(), []);
  });

  it('leaves nothing after a cancel', async () => {
    await writeProgram(folder, 'govulncheck', [
      `require('node:fs').writeFileSync(__dirname + '/started', '');`,
      'setInterval(() => {}, 1000);',
    ]);
    const stop = new AbortController();
    const scanning = scan(archiveFile(), layers, stop.signal);
    while (!readdirSync(folder).includes('started')) await wait(20);
    assert.equal(leftovers().length, 1);
    stop.abort();
    await assert.rejects(scanning);
    assert.deepEqual(leftovers(), []);
  });
});

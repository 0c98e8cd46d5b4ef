import assert from 'node:assert/strict';
import { createTarParser } from '../../../server/image/archive/tar.ts';
import type { TarHeader } from '../../../server/image/archive/tar-header.ts';
import { endOfTar, rawHeader, rawMember } from './raw-tar.ts';

interface Member {
  readonly header: TarHeader;
  readonly content: string;
}

/** Reads a tar in pieces of this size. */
function read(tar: Buffer, pieceSize = 700): readonly Member[] {
  const members: Member[] = [];
  const parser = createTarParser((header) => {
    let content = '';
    return {
      data: (piece) => {
        content += piece.toString('latin1');
      },
      end: () => members.push({ header, content }),
    };
  });
  for (let at = 0; at < tar.length; at += pieceSize) parser.write(tar.subarray(at, at + pieceSize));
  parser.end();
  return members;
}

const named = (tar: Buffer): readonly string[] => read(tar).map(({ header }) => header.name);
const record = (key: string, value: string): string => {
  const rest = ` ${key}=${value}\n`;
  const length = [2, 3, 4, 5].find((digits) => String(Buffer.byteLength(rest) + digits).length === digits) ?? 0;
  return `${Buffer.byteLength(rest) + length}${rest}`;
};

describe('createTarParser', () => {
  it('gives members with their content, however the bytes are cut', () => {
    const tar = Buffer.concat([rawMember('a', 'x'.repeat(1000)), rawMember('b', ''), rawMember('c', 'end'), endOfTar]);
    for (const size of [1, 511, 512, 513, 5000]) {
      assert.deepEqual(
        read(tar, size).map(({ header, content }) => [header.name, header.size, content.length]),
        [
          ['a', 1000, 1000],
          ['b', 0, 0],
          ['c', 3, 3],
        ],
      );
    }
  });

  it('reads long names of GNU and PAX, and PAX sizes', () => {
    const long = `${'d/'.repeat(200)}file`;
    const tar = Buffer.concat([
      rawMember('././@LongLink', `${long}\0`, { type: 'L' }),
      rawMember('cut', ''),
      rawMember('pax', record('path', `${long}ü`) + record('size', '3'), { type: 'x' }),
      rawMember('cut', 'abc', { size: 0 }),
      rawMember('short', ''),
      endOfTar,
    ]);
    assert.deepEqual(
      read(tar).map(({ header, content }) => [header.name, header.size, content]),
      [
        [long, 0, ''],
        [`${long}ü`, 3, 'abc'],
        ['short', 0, ''],
      ],
    );
  });

  it('keeps global PAX records for all that follow', () => {
    const tar = Buffer.concat([
      rawMember('g', record('uid', '70000'), { type: 'g' }),
      rawMember('a', ''),
      rawMember('b', ''),
      endOfTar,
    ]);
    assert.deepEqual(
      read(tar).map(({ header }) => header.uid),
      [70000, 70000],
    );
  });

  it('gives sparse files their real size: old GNU with more of the map, and PAX', () => {
    const tar = Buffer.concat([
      rawHeader('old', {
        type: 'S',
        size: 5,
        fill: (block) => {
          block[482] = 1;
          block.write('00000100000\0', 483);
        },
      }),
      Buffer.alloc(512),
      Buffer.concat([Buffer.from('12345'), Buffer.alloc(507)]),
      rawMember('pax', record('GNU.sparse.realsize', '9000') + record('GNU.sparse.name', 'new'), { type: 'x' }),
      rawMember('GNUSparseFile.0/new', 'map'),
      endOfTar,
    ]);
    assert.deepEqual(
      read(tar).map(({ header, content }) => [header.name, header.size, header.stored, header.sparse, content]),
      [
        ['old', 0o100000, 5, true, '12345'],
        ['new', 9000, 3, true, 'map'],
      ],
    );
  });

  it('reads sizes in base 256', () => {
    const size = Buffer.alloc(12);
    size[0] = 0x80;
    size.writeUInt32BE(3, 8);
    assert.equal(read(Buffer.concat([rawMember('a', 'abc', { size }), endOfTar]))[0]?.header.size, 3);
  });

  it('joins the prefix of POSIX, and knows links, folders and devices', () => {
    const tar = Buffer.concat([
      rawHeader('name', { fill: (block) => void block.write('some/prefix', 345) }),
      rawHeader('s', { type: '2', link: '/target' }),
      rawHeader('h', { type: '1', link: 'name', size: 77 }),
      rawHeader('f/', { type: '5' }),
      rawHeader('old-folder/', { type: '0' }),
      rawHeader('n', { type: '3' }),
      rawHeader('p', { type: '6' }),
      endOfTar,
    ]);
    assert.deepEqual(
      read(tar).map(({ header }) => [header.name, header.type, header.link]),
      [
        ['some/prefix/name', 'file', ''],
        ['s', 'symlink', '/target'],
        ['h', 'link', 'name'],
        ['f/', 'folder', ''],
        ['old-folder/', 'folder', ''],
        ['n', 'device', ''],
        ['p', 'other', ''],
      ],
    );
  });

  it('keeps names apart that are no UTF-8', () => {
    const name = (byte: number) => rawHeader('x', { fill: (block) => void block.writeUInt8(byte, 0) });
    assert.deepEqual(named(Buffer.concat([name(0xe9), name(0xea), endOfTar])), ['é', 'ê']);
  });

  it('passes over what nobody wants, and knows where everything lies', () => {
    const tar = Buffer.concat([rawMember('big', 'x'.repeat(5000)), rawMember('small', 'abc'), endOfTar]);
    const seen: (readonly [string, number])[] = [];
    const parser = createTarParser(({ name }, position) => {
      seen.push([name, position]);
      return undefined;
    });
    parser.write(tar.subarray(0, 512));
    const unwanted = parser.unwanted();
    assert.equal(unwanted, 5120);
    parser.skip(unwanted);
    parser.write(tar.subarray(512 + unwanted));
    parser.end();
    assert.deepEqual(seen, [
      ['big', 512],
      ['small', 512 + 5120 + 512],
    ]);
  });

  const rejects = (title: string, tar: Buffer, message: RegExp): void => {
    it(`rejects ${title}`, () => assert.throws(() => read(tar), { message }));
  };
  const whole = Buffer.concat([rawMember('a', 'abc'), endOfTar]);
  rejects('one that is cut in a header', whole.subarray(0, 300), /Unexpected end/);
  rejects('one that is cut in a content', whole.subarray(0, 514), /Unexpected end/);
  rejects('a header with a wrong sum', Buffer.concat([Buffer.alloc(512, 'x'), endOfTar]), /Invalid tar header/);
  rejects('something behind a single block of zeros', Buffer.concat([Buffer.alloc(512), whole]), /Invalid tar header/);
  rejects('a size beyond all numbers', rawHeader('a', { size: Buffer.alloc(12, 0xff) }), /out of range/);
  rejects(
    'a PAX size that is none',
    Buffer.concat([rawMember('x', record('size', '-1'), { type: 'x' }), whole]),
    /size is "-1"/,
  );
  rejects('PAX without end', Buffer.concat([rawMember('x', '99 path=a\n', { type: 'x' }), whole]), /Invalid PAX/);
  rejects('a name of gigabytes', rawHeader('x', { type: 'L', size: 2 ** 31 }), /larger than 1 MiB/);
});

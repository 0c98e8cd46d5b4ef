import type { GoModuleRef, GoReport } from '../report/binary-model.ts';
import { type Bytes, numbersOf } from './bytes.ts';
import { type ElfFile, offsetOf, sectionNamed, segmentTypes } from './elf.ts';

const magic = Buffer.from('\xff Go buildinf:', 'latin1');

/** More is no build information: the largest known has some 100 kB. */
const longestText = 16 * 1024 * 1024;

/** What go build wrote about itself and the modules; undefined when there is nothing. Never throws. */
export function readBuildInfo(file: ElfFile, bytes: Bytes): GoReport | undefined {
  const at = findHeader(file, bytes);
  if (at === undefined) return undefined;
  const header = bytes.read(at, 32);
  const inline = ((header[15] ?? 0) & 2) !== 0;
  const [version, framed] = inline ? readInline(bytes, at + 32) : readPointers(file, bytes, header);
  if (!version) return undefined;
  return { version, ...parseModules(unframed(framed)) };
}

/** In its section, or in the first data that can be written of a file without sections; aligned to 16 bytes. */
function findHeader(file: ElfFile, bytes: Bytes): number | undefined {
  const section = sectionNamed(file, '.go.buildinfo');
  const segment = file.segments.find(({ type, writable, size }) => type === segmentTypes.load && writable && size > 0);
  const area = section ?? (file.sections.length === 0 ? segment : undefined);
  if (!area) return undefined;
  const data = bytes.read(area.offset, Math.min(area.size, 1024 * 1024));
  for (let at = data.indexOf(magic); at !== -1; at = data.indexOf(magic, at + 1)) {
    if (at % 16 === 0) return area.offset + at;
  }
  return undefined;
}

/** Since Go 1.18: two strings, each after its length. */
function readInline(bytes: Bytes, start: number): readonly [string, Buffer] {
  const first = readString(bytes, start);
  const second = first && readString(bytes, first.next);
  return [first?.text.toString('utf8') ?? '', second?.text ?? Buffer.alloc(0)];
}

function readString(bytes: Bytes, start: number): { readonly text: Buffer; readonly next: number } | undefined {
  const head = bytes.read(start, 10);
  let length = 0;
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte >= 0x80) continue;
    if (length > longestText) return undefined;
    const text = bytes.read(start + at + 1, length);
    return text.length === length ? { text, next: start + at + 1 + length } : undefined;
  }
  return undefined;
}

/** Before Go 1.18: pointers to Go strings. */
function readPointers(file: ElfFile, bytes: Bytes, header: Buffer): readonly [string, Buffer] {
  const width = header[14] ?? 0;
  const { u32, u64 } = numbersOf(((header[15] ?? 0) & 1) === 0);
  const word = width === 8 ? u64 : u32;
  const text = (address: number): Buffer => {
    const at = offsetOf(file, address);
    const pair = at === undefined ? Buffer.alloc(0) : bytes.read(at, 2 * width);
    const start = offsetOf(file, word(pair, 0));
    return start === undefined ? Buffer.alloc(0) : bytes.read(start, Math.min(word(pair, width), longestText));
  };
  return [text(word(header, 16)).toString('utf8'), text(word(header, 16 + width))];
}

/** The text between two marks of 16 bytes. */
function unframed(framed: Buffer): string {
  const isFramed = framed.length >= 33 && framed[framed.length - 17] === 0x0a;
  return isFramed ? framed.toString('utf8', 16, framed.length - 16) : '';
}

function parseModules(text: string): Omit<GoReport, 'version'> {
  let path = '';
  let main: GoModuleRef | undefined;
  const modules: GoModuleRef[] = [];
  const settings: { key: string; value: string }[] = [];
  for (const line of text.split('\n')) {
    const [key, ...rest] = line.split('\t');
    const [first = '', version = '', sum = ''] = rest;
    if (key === 'path') path = first;
    else if (key === 'mod') main = { path: first, version, sum };
    else if (key === 'dep') modules.push({ path: first, version, sum });
    else if (key === '=>') {
      const replaced = modules.pop();
      if (replaced) modules.push({ ...replaced, replacedBy: { path: first, version, sum } });
      else if (main) main = { ...main, replacedBy: { path: first, version, sum } };
    } else if (key === 'build') settings.push(setting(rest.join('\t')));
  }
  return { path, main, modules, settings };
}

/** `-tags=a,b`, `CGO_ENABLED=0`; both sides may be quoted as Go quotes. */
function setting(text: string): { readonly key: string; readonly value: string } {
  const quoted = /^("(?:[^"\\]|\\.)*"|`[^`]*`|[^=]*)=(.*)$/s.exec(text);
  return quoted ? { key: unquote(quoted[1] ?? ''), value: unquote(quoted[2] ?? '') } : { key: text, value: '' };
}

function unquote(text: string): string {
  if (/^`.*`$/s.test(text)) return text.slice(1, -1);
  if (!/^".*"$/s.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text.replaceAll(/\\x([0-9a-f]{2})/g, '\\u00$1').replaceAll('\\a', '\\u0007'));
    return typeof value === 'string' ? value : text;
  } catch {
    return text.slice(1, -1);
  }
}

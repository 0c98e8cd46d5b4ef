import type { Flag, Mount, SourceText, Word } from './model.ts';

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;

interface Option {
  readonly key: string;
  readonly value: Word | undefined;
}

/** The `key=value` parts of a mount, apart at commas; a part in double quotes is one (as in CSV). */
const optionsOf = ({ raw, range }: Word, source: SourceText): readonly Option[] => {
  const start = source.offset(range.start);
  const options: Option[] = [];
  for (const { 0: part, index } of raw.matchAll(/(?:"[^"]*"|[^,"])+/g)) {
    const equals = part.indexOf('=');
    const key = (equals < 0 ? part : part.slice(0, equals)).replace(/^["'\s]+/, '').toLowerCase();
    if (equals < 0) {
      options.push({ key, value: undefined });
      continue;
    }
    const text = part.slice(equals + 1).replace(/["']$/, '');
    const from = start + index + equals + 1;
    options.push({ key, value: { raw: text, range: source.range(from, from + text.length) } });
  }
  return options;
};

const find = (options: readonly Option[], ...keys: readonly string[]): Option | undefined =>
  options.findLast(({ key }) => keys.includes(key));

const isOn = (option: Option | undefined): boolean =>
  option !== undefined && !/^(false|0|f)$/i.test(option.value?.raw ?? 'true');

const typeOf = (options: readonly Option[]): Mount['type'] => {
  const written = find(options, 'type')?.value?.raw.toLowerCase();
  return written === undefined ? 'bind' : (types.find((type) => type === written) ?? 'other');
};

const isWritable = (type: Mount['type'], options: readonly Option[]): boolean => {
  const readOnly = find(options, 'ro', 'readonly');
  const readWrite = find(options, 'rw', 'readwrite');
  if (readOnly) return !isOn(readOnly);
  if (readWrite) return isOn(readWrite);
  return type === 'cache' || type === 'tmpfs';
};

const mountOf = (flag: Flag, source: SourceText): Mount => {
  const options = flag.value ? optionsOf(flag.value, source) : [];
  const type = typeOf(options);
  return {
    type,
    target: find(options, 'target', 'dst', 'destination')?.value,
    source: find(options, 'source', 'src')?.value,
    from: find(options, 'from')?.value,
    id: find(options, 'id')?.value,
    uid: find(options, 'uid')?.value,
    mode: find(options, 'mode')?.value,
    writable: isWritable(type, options),
    range: flag.range,
  };
};

/** Every `--mount` among the flags, short keys spelled out; without a type it is a bind mount. */
export const mountsOf = (flags: readonly Flag[], source: SourceText): readonly Mount[] =>
  flags.filter(({ name }) => name === 'mount').map((flag) => mountOf(flag, source));

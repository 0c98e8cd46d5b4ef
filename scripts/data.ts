import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const target = 'server/analysis/images/tables.ts';

interface Data {
  readonly date: string;
  readonly go: readonly {
    readonly version: string;
    readonly newestPatch: number;
    readonly endOfLife: string | null;
    readonly variants: readonly string[];
  }[];
  readonly debian: readonly {
    readonly codename: string;
    readonly number: number;
    readonly endOfLife: string;
    readonly archived: boolean;
  }[];
  readonly alpine: readonly { readonly version: string; readonly endOfLife: string }[];
  readonly distroless: readonly { readonly debian: number; readonly endOfLife: string | null }[];
}

const need = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`data/images.json: ${what}`);
};

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

const minorOf = (version: string): number => Number(/^\d+\.(\d+)$/.exec(version)?.[1] ?? Number.NaN);

const falls = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => at === 0 || number < (numbers[at - 1] ?? 0));

/** Throws where a table would not mean what it says. */
const check = ({ date, go, debian, alpine, distroless }: Data): void => {
  need(isDay(date), `date is no day: ${date}`);
  const ends = [...go, ...debian, ...alpine, ...distroless].map(({ endOfLife }) => endOfLife);
  for (const end of ends) need(end === null || isDay(end), `endOfLife is no day: ${end}`);
  need(falls(go.map(({ version }) => minorOf(version))), 'go is sorted from new to old, each version once');
  need(falls(debian.map(({ number }) => number)), 'debian is sorted from new to old, each release once');
  need(falls(alpine.map(({ version }) => minorOf(version))), 'alpine is sorted from new to old, each branch once');
  need(falls(distroless.map((each) => each.debian)), 'distroless is sorted from new to old, each release once');
  need(go.filter(({ endOfLife }) => endOfLife === null).length === 2, 'two versions of Go are supported at a time');
  for (const { version, variants } of go) {
    const wrong = variants.find((text) => !/^[a-z]+[\d.]*(?: \d*-\d*)?$/.test(text));
    need(wrong === undefined, `go ${version} has the variant "${wrong}": write "bookworm", "trixie 6-" or "buster -5"`);
  }
};

const text = (value: string | null): string => (value === null ? 'undefined' : `'${value}'`);

/** As the formatter has it: on a line, or each part on one. */
const rowOf = (parts: readonly string[]): string => {
  const line = `[${parts.join(', ')}]`;
  return line.length <= 117 ? line : `[\n${parts.map((part) => `    ${part},\n`).join('')}  ]`;
};

const table = (rows: readonly (readonly string[])[]): string =>
  `[\n${rows.map((row) => `  ${rowOf(row)},\n`).join('')}]`;

/** The module with the tables, as the formatter would have it. */
const moduleOf = ({
  date,
  go,
  debian,
  alpine,
  distroless,
}: Data): string => `// Made by \`npm run data\` from data/images.json.

/** The day on which the tables of images were last compared with their sources. ISO date. */
export const dataDate = '${date}';

/** Minor version of Go 1, newest patch, end of support (ISO date), and windows of the golang image's variants; newest first. */
export const goTable: readonly (readonly [number, number, string | undefined, string])[] = ${table(
  go.map(({ version, newestPatch, endOfLife, variants }) => [
    `${minorOf(version)}`,
    `${newestPatch}`,
    text(endOfLife),
    `'${variants.join(', ')}'`,
  ]),
)};

/** Codename, number, last day of long term support, and whether the packages have left the main mirrors; newest first. */
export const debianTable: readonly (readonly [string, number, string, boolean])[] = ${table(
  debian.map((each) => [`'${each.codename}'`, `${each.number}`, `'${each.endOfLife}'`, `${each.archived}`]),
)};

/** Branch and last day of support; newest first. */
export const alpineTable: readonly (readonly [string, string])[] = ${table(
  alpine.map(({ version, endOfLife }) => [`'${version}'`, `'${endOfLife}'`]),
)};

/** Number of the Debian release and last day of support, undefined for the current one; newest first. */
export const distrolessTable: readonly (readonly [number, string | undefined])[] = ${table(
  distroless.map((each) => [`${each.debian}`, text(each.endOfLife)]),
)};
`;

/** Compares (or writes) the tables that come out of data/images.json; gives the names of stale files. Throws on wrong data. */
export const data = (write: boolean): readonly string[] => {
  const read = JSON.parse(readFileSync(resolve(root, 'data/images.json'), 'utf8')) as Data;
  check(read);
  const made = moduleOf(read);
  const current = readFileSync(resolve(root, target), 'utf8');
  if (current === made) return [];
  if (write) writeFileSync(resolve(root, target), made);
  return [target];
};

if (process.argv[1] === import.meta.filename) {
  for (const path of data(true)) console.log(`written: ${path}`);
}

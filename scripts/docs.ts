import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rules } from '../server/analysis/rules/index.ts';
import { configSchema, schemaPath } from './config-schema.ts';
import { data } from './data.ts';
import { indexPage, rulePage } from './rule-pages.ts';
import { snippets } from './snippets.ts';

const root = resolve(import.meta.dirname, '..');

const table = (): string =>
  [
    '| rule | finds | severity |',
    '|---|---|---|',
    ...rules.map(({ id, title, severity }) => `| [${id}](docs/rules/${id}.md) | ${title} | ${severity} |`),
  ].join('\n');

const between = (text: string, name: string, content: string): string => {
  const [start, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks the markers "${start}" and "${end}".`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
};

const levels = ['default', 'off', 'hint', 'information', 'warning', 'error'];

const settings = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    rules.map(({ id, title, severity }, order) => [
      `goDockerfile.rules.${id}`,
      {
        type: 'string',
        enum: levels,
        default: 'default',
        scope: 'resource',
        order,
        markdownDescription: `${title}. Default: ${severity}.`,
      },
    ]),
  );

interface Manifest {
  readonly contributes: { configuration: { title: string; properties: Record<string, unknown> }[] };
}

const isRuleSetting = (name: string): boolean => name.startsWith('goDockerfile.rules.');

/** package.json with the section "Rules" of its settings made anew; the other sections are written by hand. */
const manifest = (text: string): string => {
  const parsed = JSON.parse(text) as Manifest;
  const sections = parsed.contributes.configuration;
  const hand = sections.filter(({ properties }) => !Object.keys(properties).every(isRuleSetting));
  parsed.contributes.configuration = [...hand, { title: 'Rules', properties: settings() }];
  return `${JSON.stringify(parsed, undefined, 2)}\n`;
};

/** Every generated file with the text it should have; undefined for a page whose rule is gone. */
const generated = (): ReadonlyMap<string, string | undefined> => {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const files = new Map<string, string | undefined>();
  const folder = join(root, 'docs/rules');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) files.set(`docs/rules/${name}`, undefined);
  for (const rule of rules) files.set(`docs/rules/${rule.id}.md`, rulePage(rule));
  files.set('docs/rules/README.md', indexPage(rules));
  files.set(schemaPath, configSchema());
  files.set('README.md', between(read('README.md'), 'rules', table()));
  files.set('package.json', manifest(read('package.json')));
  return files;
};

/** Compares (or writes) the files that come out of the rules; gives the names of those that were stale. */
export const docs = (write: boolean): readonly string[] => {
  const stale: string[] = [];
  for (const [path, text] of generated()) {
    const full = join(root, path);
    const current = existsSync(full) ? readFileSync(full, 'utf8') : undefined;
    if (current === text) continue;
    stale.push(path);
    if (!write) continue;
    mkdirSync(dirname(full), { recursive: true });
    if (text === undefined) rmSync(full);
    else writeFileSync(full, text);
  }
  return [...stale, ...snippets(write), ...data(write)];
};

if (process.argv[1] === import.meta.filename) {
  const write = process.argv.includes('--write');
  const stale = docs(write);
  for (const path of stale) console.log(write ? `written: ${path}` : `stale: ${path} (run "npm run docs")`);
  if (!write && stale.length > 0) process.exitCode = 1;
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dockerfileSnippets } from '../server/generate/snippets.ts';

const root = resolve(import.meta.dirname, '..');
const path = 'snippets/go-dockerfile.code-snippets';

/** The snippets with the defaults of their tab stops, and what a project must have for them. */
export const snippetCases = dockerfileSnippets.map(({ name, expanded, vendored, cgo }) => ({
  name,
  dockerfile: expanded,
  vendored,
  cgo,
}));

const text = (): string => {
  const entries = dockerfileSnippets.map(({ name, prefix, description, body }) => [
    name,
    { prefix, scope: 'dockerfile', isFileTemplate: true, description, body: body.trimEnd().split('\n') },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
};

/** Compares (or writes) the snippets that come out of the generator's templates; gives the names of stale files. */
export const snippets = (write: boolean): string[] => {
  const full = join(root, path);
  const wanted = text();
  if (existsSync(full) && readFileSync(full, 'utf8') === wanted) return [];
  if (write) writeFileSync(full, wanted);
  return [path];
};

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

const camel = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const rule = (id: string): string => `import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';

function* check({ trace }: Subject): Iterable<Finding> {
  for (const stage of trace.shipped) {
    yield { range: stage.stage.from.range, message: message('{stage} …', { stage: stage.stage.name ?? '' }) };
  }
}

export const ${camel(id)}: Rule = {
  id: '${id}',
  title: '',
  severity: 'warning',
  concern: 'starts',
  why: '',
  silent: [],
  references: [],
  example: { bad: '', good: '' },
  check,
};
`;

const test = (id: string): string => `import { ${camel(id)} } from '../../server/analysis/rules/${id}.ts';
import { testRule } from '../support/test-rule.ts';

testRule(${camel(id)}, {
  valid: [],
  invalid: [],
});
`;

/** Adds the import and the list line in alphabetical order. */
const listed = (text: string, id: string): string => {
  const imports = [...text.matchAll(/^import \{ \w+ \} from '\.\/[\w-]+\.ts';$/gm)].map(([line]) => line);
  const all = [...imports, `import { ${camel(id)} } from './${id}.ts';`].sort((a, b) =>
    (a.split("'")[1] ?? '').localeCompare(b.split("'")[1] ?? ''),
  );
  const names = all.map((line) => `  ${/\{ (\w+) \}/.exec(line)?.[1] ?? ''},`);
  return `import type { Rule } from '../rule.ts';\n${all.join('\n')}\n\n/** Every rule, in alphabetical order. */\nexport const rules: readonly Rule[] = [\n${names.join('\n')}\n];\n`;
};

const id = process.argv[2] ?? '';
if (!/^[a-z]+(-[a-z]+)+$/.test(id)) {
  console.error(
    'Usage: npm run new-rule <id>, where <id> is kebab-case and starts with a verb or a quality: no-…, require-…',
  );
  process.exitCode = 2;
} else if (existsSync(resolve(root, `server/analysis/rules/${id}.ts`))) {
  console.error(`server/analysis/rules/${id}.ts exists already.`);
  process.exitCode = 2;
} else {
  const index = resolve(root, 'server/analysis/rules/index.ts');
  writeFileSync(resolve(root, `server/analysis/rules/${id}.ts`), rule(id));
  writeFileSync(resolve(root, `test/rules/${id}.test.ts`), test(id));
  writeFileSync(index, listed(readFileSync(index, 'utf8'), id));
  console.log(`Made server/analysis/rules/${id}.ts and test/rules/${id}.test.ts. Then: npm run docs`);
}

import type { Concern, Rule } from '../server/analysis/rule.ts';

const made = '<!-- Made by `npm run docs` from the rules themselves. -->';

const code = (language: string, text: string): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;

const languageOf = (path: string): string => (path.endsWith('.go') ? 'go' : 'text');

const filesSection = (files: Rule['example']['files']): readonly string[] =>
  Object.entries(files ?? {}).flatMap(([path, text]) => [`\`${path}\``, '', code(languageOf(path), text), '']);

/** The documentation page of a rule. */
export const rulePage = (rule: Rule): string =>
  [
    '<!-- Made by `npm run docs` from the rule itself. -->',
    `# ${rule.id}`,
    '',
    `${rule.title}. Severity: **${rule.severity}**.`,
    '',
    rule.why.trim(),
    '',
    '## Example',
    '',
    ...filesSection(rule.example.files),
    'Reported:',
    '',
    code('dockerfile', rule.example.bad),
    '',
    'Good:',
    '',
    code('dockerfile', rule.example.good),
    '',
    ...filesSection(rule.example.goodFiles),
    '## Not reported',
    '',
    ...rule.silent.map((line) => `- ${line}`),
    '',
    '## Switching it off',
    '',
    `For one instruction: \`# go-dockerfile ignore=${rule.id} -- reason\` on the line above it; for all of the file: the`,
    'same above its first instruction, with a blank line between. For a folder: `.go-dockerfile.yaml` (or `.json`) in it,',
    'which comes before editor settings:',
    '',
    code('yaml', `rules:\n  ${rule.id}: off`),
    '',
    `For one editor: the setting \`"goDockerfile.rules.${rule.id}": "off"\`.`,
    '',
    '## References',
    '',
    ...rule.references.map((line) => `- ${line}`),
    '',
  ].join('\n');

/** The headings of the index, in its order. */
const headings: Readonly<Record<Concern, string>> = {
  starts: 'Builds and starts at all',
  safe: 'Runs safely',
  small: 'Small',
  fast: 'Builds fast',
  reproducible: 'Reproducible',
  'cross-platform': 'Cross-platform',
  clear: 'Says what it does',
};

const rows = (rules: readonly Rule[]): readonly string[] => [
  '| rule | finds | severity |',
  '|---|---|---|',
  ...rules.map(({ id, title, severity }) => `| [${id}](${id}.md) | ${title} | ${severity} |`),
];

/** The page above the pages: every rule under what it is about. */
export const indexPage = (rules: readonly Rule[]): string =>
  [
    made,
    '# Rules',
    '',
    'By what they are about. Each page says what is found, why it hurts with the exact text that Docker, Go or the kernel',
    'prints, what is not reported, and how to switch the rule off.',
    '',
    ...(Object.keys(headings) as Concern[]).flatMap((concern) => {
      const about = rules.filter((rule) => rule.concern === concern);
      return about.length === 0 ? [] : [`## ${headings[concern]}`, '', ...rows(about), ''];
    }),
  ].join('\n');

import type { CommentLanguage } from '../protocol.ts';
import type { Recipe } from './recipe.ts';
import { lines } from './text.ts';

const comments: Readonly<Record<CommentLanguage, string>> = {
  en: '# Nothing it needs is written to, and no right is left that it could use.',
  zh: '# 程序所需的文件均为只读,且不保留任何可用的特权。',
};

/** A compose file with a service for each program, without any right it does not need. */
export const composeText = (recipe: Recipe): string => {
  const { programs, credentials, namedContexts } = recipe;
  const several = programs.length > 1;
  const services = programs.map((program) => {
    const { name, port, writesTemp } = program;
    return lines`
        ${name.toLowerCase()}:
          build:
            context: .
            ${namedContexts.length > 0 ? 'additional_contexts:' : undefined}
              ${namedContexts.map((each) => `      ${each.name}: ${each.folder}`)}
            ${several ? `target: ${name.toLowerCase()}` : undefined}
            ${credentials === 'netrc' ? 'secrets: [netrc]' : undefined}
            ${credentials === 'ssh' ? 'ssh: [default]' : undefined}
          ${recipe.comments ? comments[recipe.language] : undefined}
          read_only: true
          ${writesTemp ? 'tmpfs: [/tmp]' : undefined}
          cap_drop: [ALL]
          security_opt: ["no-new-privileges:true"]
          ${port === undefined ? undefined : `ports: ["${port}:${port}"]`}
    `;
  });
  return lines`
    services:
    ${services.flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    )}

    ${credentials === 'netrc' ? ['secrets:', '  netrc:', '    file: ~/.netrc'] : undefined}
  `;
};

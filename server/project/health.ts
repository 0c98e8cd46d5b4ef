import type { Health } from '../analysis/go/surroundings.ts';

const names = 'health-?check|health|healthz';

/** A flag, a subcommand of package flag's kind, or one of cobra's. */
const asked: readonly (readonly [pattern: RegExp, write: (name: string) => string])[] = [
  [new RegExp(`\\bflag\\.Bool(?:Var)?\\([^"\\n]*"(${names})"`), (name) => `-${name}`],
  [new RegExp(`\\bos\\.Args\\[1\\]\\s*==\\s*"(-{0,2}(?:${names}))"`), (name) => name],
  [new RegExp(`\\bswitch\\s+os\\.Args\\[1\\][\\s\\S]{0,400}?\\bcase\\s+"(-{0,2}(?:${names}))"`), (name) => name],
  [new RegExp(`\\bUse:\\s*"(${names})["\\s]`), (name) => name],
];

const route = /["`](?:GET )?(\/(?:api\/)?(?:healthz?|health-?check|livez|readyz|ping|status\/health|_health))["`]/;

/** What the text of one source says about asking the program for its health; an argument counts in package main alone. */
export const healthIn = (text: string, main: boolean): Health => {
  const found = asked.flatMap(([pattern, write]) => {
    const name = main ? pattern.exec(text)?.[1] : undefined;
    return name === undefined ? [] : [write(name)];
  });
  const serves = /\bnet\/http"|\/(?:gin|echo|fiber|chi|mux)(?:\/v\d+)?"/.test(text);
  return { argument: found[0], route: serves ? route.exec(text)?.[1] : undefined };
};

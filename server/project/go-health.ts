import type { Health } from '../analysis/go/project-facts.ts';
import { sourceOf, type Tokens, textOf, tokenKinds } from './go-tokens.ts';
import type { Import } from './go-uses.ts';

const argument = /^-{0,2}(?:health-?check|healthz?)$/;
const route = /^(?:GET )?(\/(?:api\/)?(?:healthz?|health-?check|livez|readyz|ping|status\/health|_health))$/;
const servesHttp = /^net\/http$|\/(?:gin|echo|fiber|chi|mux)(?:\/v\d+)?$/;

/** The tokens before `at`, the nearest last, a blank between any two. */
const before = (tokens: Tokens, at: number, count: number): string =>
  Array.from({ length: Math.min(at, count) }, (_, each) => sourceOf(tokens, at - Math.min(at, count) + each)).join(' ');

/** A flag of package flag, a subcommand by `os.Args[1]`, or one of cobra's. */
const argumentAt = (tokens: Tokens, at: number, switches: boolean): string | undefined => {
  const [word = ''] = textOf(tokens, at).split(/\s/);
  if (!argument.test(word)) return undefined;
  const words = before(tokens, at, 10);
  if (/\bflag \. (?:Bool \(|BoolVar \([\w.& ]+,)$/.test(words)) return `-${word}`;
  const isSubcommand = /\bos \. Args \[ 1 \] = =$|\bUse :$/.test(words) || (switches && /\bcase$/.test(words));
  return isSubcommand ? word : undefined;
};

/** What code says about asking its program for its health. */
export const healthIn = (tokens: Tokens, imports: readonly Import[], main: boolean): Health => {
  const serves = imports.some(({ path }) => servesHttp.test(path));
  const switches = main && /\bswitch\s+os\.Args\[1\]/.test(tokens.text);
  let found: Health = { argument: undefined, route: undefined };
  if (!main && !serves) return found;
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] !== tokenKinds.text) continue;
    const path = serves ? route.exec(textOf(tokens, at))?.[1] : undefined;
    const word = main ? argumentAt(tokens, at, switches) : undefined;
    found = { argument: found.argument ?? word, route: found.route ?? path };
  }
  return found;
};

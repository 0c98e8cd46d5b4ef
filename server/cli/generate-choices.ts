import path from 'node:path';
import {
  type Beside,
  besideKinds,
  type CommentLanguage,
  credentialKinds,
  type Extra,
  extras,
  finalBases,
  type GenerateChoices,
  type GeneratePlan,
} from '../protocol.ts';
import { oneOf, type readOptions } from './options.ts';
import { fail, suggestion } from './usage.ts';

const switches = [...extras, ...besideKinds] as const;

/** Options of `generate`. Those of {@link switches} add a stage, an instruction or a file. */
export const generateOptions = {
  main: { type: 'string', multiple: true },
  base: { type: 'string' },
  cgo: { type: 'string' },
  port: { type: 'string' },
  cache: { type: 'string' },
  platforms: { type: 'string' },
  private: { type: 'string' },
  scan: { type: 'string' },
  language: { type: 'string' },
  comments: { type: 'boolean' },
  test: { type: 'boolean' },
  debug: { type: 'boolean' },
  upx: { type: 'boolean' },
  reproducible: { type: 'boolean' },
  web: { type: 'boolean' },
  labels: { type: 'boolean' },
  healthcheck: { type: 'boolean' },
  compose: { type: 'boolean' },
  bake: { type: 'boolean' },
  workflow: { type: 'boolean' },
  improve: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  stdout: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

export type Values = ReturnType<typeof readOptions<typeof generateOptions>>['values'];

/** The folders of main packages that --main names, the first one the program that is built without a target; `all` is every one. */
export function mainsOf({ main: given }: Values, { mains }: GeneratePlan): readonly string[] | undefined {
  const ids = mains.map(({ id }) => id);
  if (given?.length === 1 && given[0] === 'all') return ids;
  return given?.map((each) => mainOf(each, ids));
}

/** `./cmd/server/` and `cmd/server` are the same folder. */
function mainOf(given: string, mains: readonly string[]): string {
  const main = path.posix.normalize(given.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
  if (mains.includes(main)) return main;
  return fail(`there is no main package in ${given}${suggestion(main, mains)} (main packages: ${mains.join(', ')})`);
}

/** The choices of the command line over the recommended ones. Throws a UsageError for a value that does not exist. */
export function chosen({ recommended }: GeneratePlan, values: Values, language: CommentLanguage): GenerateChoices {
  const cgo = cgoOf(values.cgo, recommended.cgo);
  // A program with C needs a libc in the image.
  const fitting = cgo === recommended.cgo ? recommended.base : cgo ? 'distroless-base' : 'distroless-static';
  const wanted = switches.filter((name) => values[name] === true);
  const refused = switches.filter((name) => values[name] === false);
  const kept = recommended.extras.filter((name) => !refused.includes(name));
  return {
    ...recommended,
    base: values.base === undefined ? fitting : oneOf('--base', values.base, finalBases),
    cgo,
    port: values.port === undefined ? recommended.port : portOf(values.port),
    cache: values.cache === undefined ? recommended.cache : oneOf('--cache', values.cache, ['mounts', 'layers']),
    platforms: values.platforms === undefined ? recommended.platforms : platformsOf(values.platforms),
    credentials:
      values.private === undefined ? recommended.credentials : oneOf('--private', values.private, credentialKinds),
    extras: [...new Set([...kept, ...wanted.filter(isExtra)])],
    beside: wanted.filter(isBeside),
    scanner: values.scan === undefined ? recommended.scanner : oneOf('--scan', values.scan, ['grype', 'trivy']),
    comments: values.comments ?? recommended.comments,
    language: values.language === undefined ? language : oneOf('--language', values.language, ['en', 'zh']),
  };
}

const isExtra = (name: string): name is Extra => extras.some((extra) => extra === name);
const isBeside = (name: string): name is Beside => besideKinds.some((kind) => kind === name);

function cgoOf(given: string | undefined, recommended: boolean): boolean {
  const kind = oneOf('--cgo', given ?? 'auto', ['auto', 'on', 'off']);
  return kind === 'auto' ? recommended : kind === 'on';
}

/** 0 is no port. */
function portOf(given: string): number | undefined {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) fail(`--port is a number from 0 to 65535, not "${given}"`);
  return port === 0 ? undefined : port;
}

function platformsOf(given: string): readonly string[] {
  const platforms = given.split(',').map((platform) => platform.trim());
  const wrong = platforms.find((platform) => !/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(platform));
  if (wrong !== undefined) fail(`--platforms is a list such as linux/amd64,linux/arm64, not "${wrong}"`);
  return platforms;
}

import type { Tri } from '../known.ts';
import { bringsRoots, isPublicService, speaksOutward } from './outward.ts';
import { type ProgramCode, type ProgramUse, pathOf } from './program-code.ts';
import type { GoUse } from './project-facts.ts';

/** What a program needs of the image it runs in. */
export interface Need {
  readonly verdict: Tri;
  /** Whether it surely fails without; else it depends on values that are not written out. */
  readonly surely: boolean;
  /** The use that says so; undefined when an import does, or nothing. */
  readonly because: ProgramUse | undefined;
  /** The import path that says so. */
  readonly imported: string | undefined;
}

const no: Need = { verdict: 'no', surely: false, because: undefined, imported: undefined };
const unknown: Need = { ...no, verdict: 'unknown' };

const found = (because: ProgramUse | undefined, surely: boolean, imported?: string): Need => ({
  verdict: 'yes',
  surely,
  because,
  imported,
});

/** Own code says nothing of it: other modules that reach one of these packages may still do it. */
const otherwise = ({ closure, usesOthers }: ProgramCode, packages: readonly string[]): Need => {
  const possible = closure.unseen.size > 0 || (usesOthers && packages.some((path) => closure.std.has(path)));
  return possible ? unknown : no;
};

const named = (use: GoUse, from: string, names: readonly string[]): boolean =>
  use.from === from && names.includes(use.name);

const requests = ['Get', 'Head', 'Post', 'PostForm', 'NewRequest', 'NewRequestWithContext'];

/** Position of the URL among the arguments of {@link requests}. */
const urlOf = ({ name, arguments: given }: GoUse): string | number | undefined =>
  given[name === 'NewRequest' ? 1 : name === 'NewRequestWithContext' ? 2 : 0];

const callsHttps = (use: GoUse): boolean => {
  if (use.kind !== 'call') return false;
  if (named(use, 'net/http', requests)) return String(urlOf(use) ?? '').startsWith('https://');
  return (
    named(use, 'crypto/tls', ['Dial', 'DialWithDialer']) ||
    named(use, 'google.golang.org/grpc/credentials', ['NewClientTLSFromCert'])
  );
};

const mayCallHttps = (use: GoUse): boolean =>
  (named(use, 'net/http', requests) && use.kind === 'call' && urlOf(use) === undefined) ||
  named(use, 'net/http', ['Client', 'Transport', 'DefaultClient', 'DefaultTransport']) ||
  named(use, 'crypto/tls', ['Dialer', 'Client']) ||
  named(use, 'google.golang.org/grpc/credentials', ['NewTLS', 'NewClientTLSFromFile']) ||
  use.from === 'net/http/httputil' ||
  use.from === 'net/smtp';

/** Certificates of its own, or none looked at: what it trusts is not what the image has. */
const trustsOthers = ({ uses }: ProgramCode): boolean =>
  uses.some(({ use }) => use.name === 'RootCAs' || use.name === 'InsecureSkipVerify');

/** Every URL that is written out is a plain one: what is put together will be, too. */
const speaksPlainHttp = ({ packages }: ProgramCode): boolean => {
  const schemes = packages.flatMap(({ files }) => files.flatMap(({ code }) => code?.schemes ?? []));
  return schemes.includes('http') && !schemes.includes('https');
};

/** TLS connections to other hosts, for which CA certificates are needed. */
export const outboundTls = (program: ProgramCode): Need => {
  const { uses, closure, imports } = program;
  const all = [...closure.packages, ...closure.unseen];
  if (all.some(bringsRoots) || uses.some(({ use }) => use.name === 'SetFallbackRoots')) return no;
  const service = [...imports].find(isPublicService);
  const certain = uses.find(({ use }) => use.sure && callsHttps(use));
  const possible = uses.find(({ use }) => mayCallHttps(use) || callsHttps(use));
  const surely = !trustsOthers(program);
  if (certain) return found(certain, surely);
  if (service !== undefined) return found(undefined, surely, service);
  if (possible) return speaksPlainHttp(program) ? unknown : found(possible, false);
  const outward = [...imports, ...all, ...closure.std].find(speaksOutward);
  return outward === undefined ? otherwise(program, ['net/http', 'crypto/tls']) : found(undefined, false, outward);
};

/** Zones that Go knows without a database. */
const builtIn: ReadonlySet<unknown> = new Set(['', 'UTC', 'Local']);

/** Time zones loaded by name, for which zoneinfo is needed. */
export const timeZones = (program: ProgramCode): Need => {
  const loads = program.uses.filter(
    ({ use }) => named(use, 'time', ['LoadLocation']) && !builtIn.has(use.arguments[0]),
  );
  const certain = loads.find(({ use }) => use.sure && use.kind === 'call' && use.arguments[0] !== undefined);
  if (certain) return found(certain, true);
  return loads[0] ? found(loads[0], false) : otherwise(program, ['time']);
};

/** Whether the zone database is inside the binary. */
export const embedsZones = ({ closure }: ProgramCode, tags: ReadonlySet<string> = new Set()): boolean =>
  closure.std.has('time/tzdata') || tags.has('timetzdata');

const makesTemporary = (use: GoUse): boolean => {
  const inDefault = use.kind === 'call' && use.arguments[0] === '';
  return (
    inDefault && (named(use, 'os', ['CreateTemp', 'MkdirTemp']) || named(use, 'io/ioutil', ['TempFile', 'TempDir']))
  );
};

const mayMakeTemporary = (use: GoUse): boolean =>
  named(use, 'os', ['TempDir']) ||
  (use.from === '' && ['ParseMultipartForm', 'FormFile', 'MultipartForm'].includes(use.name));

/** Of what another package declares it is not known whether the program ever calls it. */
const isInMain = ({ main }: ProgramCode, { path }: ProgramUse): boolean =>
  main?.files.some((file) => pathOf(main.known, file) === path) ?? false;

/** Files in the folder for temporary files, which is /tmp. */
export const temporaryFiles = (program: ProgramCode): Need => {
  const certain = program.uses.find((each) => each.use.sure && makesTemporary(each.use) && isInMain(program, each));
  if (certain) return found(certain, true);
  const possible = program.uses.find(({ use }) => makesTemporary(use) || mayMakeTemporary(use));
  return possible ? found(possible, false) : otherwise(program, ['os', 'io/ioutil']);
};

/** Questions to /etc/passwd and /etc/group. */
export const userLookups = (program: ProgramCode): Need => {
  const asked = program.uses.find(({ use }) => use.from === 'os/user' && use.sure);
  return asked ? found(asked, true) : otherwise(program, ['os/user']);
};

import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { besideKinds, credentialKinds, extras, finalBases, type GenerateChoices } from '../protocol.ts';

type Reader<T> = (value: unknown) => T | undefined;

const oneOf =
  <T extends string>(allowed: readonly T[]): Reader<T> =>
  (value) =>
    allowed.find((each) => each === value);

const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value)) return undefined;
    const items = value.map(read);
    return items.every((item) => item !== undefined) ? items : undefined;
  };

const text: Reader<string> = (value) => (typeof value === 'string' ? value : undefined);
const truth: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
/** Goes into an instruction as it is. */
const platform: Reader<string> = (value) =>
  typeof value === 'string' && /^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(value) ? value : undefined;
const port: Reader<number> = (value) =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536 ? Number(value) : undefined;

const readers: { readonly [K in keyof GenerateChoices]: Reader<GenerateChoices[K]> } = {
  main: text,
  others: listOf(text),
  base: oneOf(finalBases),
  cgo: truth,
  port,
  cache: oneOf(['mounts', 'layers']),
  platforms: listOf(platform),
  credentials: oneOf(credentialKinds),
  extras: listOf(oneOf(extras)),
  beside: listOf(oneOf(besideKinds)),
  scanner: oneOf(['grype', 'trivy']),
  comments: truth,
  language: oneOf(['en', 'zh']),
};

/** Choices as a client sends them; what is not said is as recommended. Throws a ResponseError that names a wrong one. */
export function choicesOf(value: unknown): Partial<GenerateChoices> {
  if (typeof value !== 'object' || value === null) throw invalid('The command needs { choices }.');
  const entries: (readonly [string, unknown])[] = [];
  for (const [key, given] of Object.entries(value) as [string, unknown][]) {
    const read = (readers as Readonly<Record<string, Reader<unknown>>>)[key];
    if (!read) throw invalid(`There is no choice named ${key}.`);
    if (given === undefined) continue;
    // JSON has no undefined: null is no port.
    const known = key === 'port' && given === null ? undefined : read(given);
    if (known === undefined && given !== null) throw invalid(`${key} cannot be ${JSON.stringify(given)}.`);
    entries.push([key, known]);
  }
  return Object.fromEntries(entries);
}

const invalid = (message: string): ResponseError<void> => new ResponseError(ErrorCodes.InvalidParams, message);

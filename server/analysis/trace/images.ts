import type { TextEdit } from 'vscode-languageserver-types';
import { expandWord, variablesIn } from '../dockerfile/expand.ts';
import type { Assignment, Dockerfile, Stage } from '../dockerfile/model.ts';
import { baseImage } from '../images/base-image.ts';
import { certain, type Known, step, unknown } from '../known.ts';
import { once } from '../once.ts';
import type { ResolvedImage } from './model.ts';
import type { NamedContexts } from './named-contexts.ts';
import type { Passed } from './passed.ts';
import { isAutomatic } from './steps/variables.ts';

export type GlobalArgs = (name: string) => Known<string> | undefined;

/** Values of the ARGs above the first FROM: what is passed, else the defaults; later ones may use earlier ones, and an ARG without default is unknown. */
export const globalArgs = (dockerfile: Dockerfile, passed: Passed): GlobalArgs => {
  const values = new Map<string, Known<string>>();
  const get: GlobalArgs = (name) => values.get(name);
  const inDefault: GlobalArgs = (name) => get(name) ?? (isAutomatic(name) ? unknown : undefined);
  for (const { name, nameRange, value } of dockerfile.globalArgs.flatMap(({ assignments }) => assignments)) {
    const given = passed(name);
    if (given) {
      values.set(name, given);
      continue;
    }
    const expanded = value ? expandWord(value.raw, inDefault, dockerfile.escape) : unknown;
    const here = step(nameRange, 'The build argument {name} has this default.', { name });
    values.set(name, expanded.known ? certain(expanded.value, [...expanded.because, here]) : unknown);
  }
  return get;
};

/** A placeholder such as `none` says that the value comes from outside. */
const isPlaceholder = (reference: string): boolean =>
  /^(none|null|unset|undefined|base|placeholder|please[-_ ]?set.*|changeme|todo|overridden?|override[-_]?me|x+)$/i.test(
    reference,
  );

const firstNamed = new WeakMap<readonly Stage[], ReadonlyMap<string | undefined, number>>();

/** By name, the index of the first stage that has it. */
const indexesByName = (stages: readonly Stage[]): ReadonlyMap<string | undefined, number> =>
  new Map([...stages].reverse().map(({ name, index }) => [name, index]));

const isEarlierStage = ({ stages }: Dockerfile, stage: Stage, name: string): boolean =>
  (once(firstNamed, stages, indexesByName).get(name.toLowerCase()) ?? stage.index) < stage.index;

const defaultOf = (dockerfile: Dockerfile, name: string): Assignment | undefined =>
  dockerfile.globalArgs.flatMap(({ assignments }) => assignments).findLast((assignment) => assignment.name === name);

/** The one ARG default that decides the tag, when editing it is enough to change the tag. */
const tagSource = (dockerfile: Dockerfile, stage: Stage): ResolvedImage['tagFrom'] => {
  const raw = stage.from.image?.raw ?? '';
  const variables = variablesIn(raw, dockerfile.escape);
  const only = variables[0];
  if (variables.length !== 1 || !only || !/^\$(\w+|\{\w+\})$/.test(raw.slice(only.start, only.end))) return undefined;
  const value = defaultOf(dockerfile, only.name)?.value;
  if (!value || variablesIn(value.raw, dockerfile.escape).length > 0) return undefined;
  return { name: only.name, range: value.range, value: value.raw.replace(/^(["'])(.*)\1$/, '$2') };
};

/** FROM with its defaults filled in. BuildKit sets automatic platform arguments; any other undeclared name is empty. */
export const resolveImage = (
  dockerfile: Dockerfile,
  stage: Stage,
  args: GlobalArgs,
  passed: Passed,
  named: NamedContexts,
): ResolvedImage => {
  const { image } = stage.from;
  const lookup: GlobalArgs = (name) => args(name) ?? (isAutomatic(name) ? unknown : undefined);
  const expanded = image ? expandWord(image.raw, lookup, dockerfile.escape) : unknown;
  const isPlainName = image === undefined || variablesIn(image.raw, dockerfile.escape).length === 0;
  const comesFromOutside = (value: string): boolean =>
    value === '' || (!isPlainName && isPlaceholder(value) && !isEarlierStage(dockerfile, stage, value));
  const tagFrom = tagSource(dockerfile, stage);
  const written = expanded.known && comesFromOutside(expanded.value) ? unknown : expanded;
  const isStage = written.known && isEarlierStage(dockerfile, stage, written.value);
  const context = written.known && !isStage ? named(written.value) : undefined;
  const reference = context ?? written;
  return {
    stage,
    reference,
    isNamed: context !== undefined,
    image: reference.known ? baseImage(reference.value) : undefined,
    range: image?.range,
    tagFrom: tagFrom && passed(tagFrom.name) ? undefined : tagFrom,
  };
};

/** Whether something else than the word in FROM decides which image it is: the default of an ARG, or a caller. */
export const isDecidedElsewhere = (resolved: ResolvedImage | undefined): boolean =>
  resolved !== undefined && (resolved.tagFrom !== undefined || resolved.isNamed);

const splitTag = (reference: string): { name: string; tag: string } => {
  const bare = reference.replace(/@.*$/, '');
  const colon = bare.lastIndexOf(':');
  return colon > bare.lastIndexOf('/')
    ? { name: bare.slice(0, colon), tag: bare.slice(colon + 1) }
    : { name: bare, tag: '' };
};

const unquote = (raw: string): { quote: string; text: string } => {
  const match = /^(["'])(.*)\1$/.exec(raw);
  return match ? { quote: match[1] ?? '', text: match[2] ?? '' } : { quote: '', text: raw };
};

/** The edits that give a FROM another tag (a stale digest goes), in FROM or in the ARG default the tag comes from; undefined when no small edit does it. */
export const retag = (
  dockerfile: Dockerfile,
  resolved: ResolvedImage,
  tag: string,
): readonly TextEdit[] | undefined => {
  const word = resolved.stage.from.image;
  if (!word || !resolved.reference.known || resolved.isNamed) return undefined;
  const { quote, text } = unquote(word.raw);
  if (variablesIn(word.raw, dockerfile.escape).length === 0) {
    return [{ range: word.range, newText: `${quote}${splitTag(text).name}:${tag}${quote}` }];
  }
  const { tagFrom } = resolved;
  if (!tagFrom) return undefined;
  const [before = '', after = ''] = text.split(/\$\w+|\$\{\w+\}/);
  if (after.includes('@')) return undefined;
  const target = `${splitTag(resolved.reference.value).name}:${tag}`;
  if (!target.startsWith(before) || !target.endsWith(after) || target.length < before.length + after.length)
    return undefined;
  const value = target.slice(before.length, target.length - after.length);
  const written = unquote(dockerfile.source.slice(tagFrom.range));
  return [{ range: tagFrom.range, newText: `${written.quote}${value}${written.quote}` }];
};

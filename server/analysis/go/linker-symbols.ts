import { isSettable, type ProgramCode, type ProgramPackage, variablesOf } from './program-code.ts';
import type { GoModule, GoVariable } from './project-facts.ts';
import { mayBeStd } from './std-packages.ts';

/** What is wrong with the name of a variable that `-X` is to set. `unread` is nothing: it is right, or nobody can say. */
export type SymbolVerdict =
  | 'right'
  | 'unknown'
  | 'no package'
  | 'no variable'
  | 'constant'
  | 'set at start'
  | 'no string'
  | 'import path of main';

export interface SymbolAnswer {
  readonly verdict: SymbolVerdict;
  /** The package asked about, when it is one of the program's own. */
  readonly found: ProgramPackage | undefined;
  /** Names that would do, the likeliest first. */
  readonly suggestions: readonly string[];
}

interface Symbol {
  readonly path: string;
  readonly variable: string;
}

const split = (name: string): Symbol | undefined => {
  const dot = name.lastIndexOf('.');
  return dot < 1 ? undefined : { path: name.slice(0, dot), variable: name.slice(dot + 1) };
};

/** The path that the linker knows a package by. */
const linkerPath = (each: ProgramPackage, { main }: ProgramCode): string =>
  each === main ? 'main' : each.known.importPath;

const settable = (each: ProgramPackage, variable: string): readonly string[] =>
  variablesOf(each)
    .filter((known) => isSettable(known) && known.name.toLowerCase() === variable.toLowerCase())
    .map(({ name }) => name);

const named = (packages: readonly ProgramPackage[], variable: string, program: ProgramCode): readonly string[] =>
  packages.flatMap((each) => settable(each, variable).map((name) => `${linkerPath(each, program)}.${name}`));

const ofVariable = ({ constant, type, initial }: GoVariable): SymbolVerdict => {
  if (constant) return 'constant';
  if (type === 'other') return 'no string';
  if (initial === 'call') return 'set at start';
  return initial === 'other' ? 'unknown' : 'right';
};

const tail = (path: string): string => path.split('/').slice(3).join('/') || (path.split('/').at(-1) ?? '');

/** Packages of the program whose path ends as the wrong one does: another prefix, another host, a fork. */
const alike = ({ path }: Symbol, { packages }: ProgramCode): readonly ProgramPackage[] =>
  packages.filter(
    ({ known: { importPath } }) => `/${importPath}`.endsWith(`/${path}`) || `/${importPath}`.endsWith(`/${tail(path)}`),
  );

const isBelow = (path: string, module: string | undefined): boolean =>
  module !== undefined && (path === module || path.startsWith(`${module}/`));

/** Whether the path is surely none of the packages that are linked. */
const isNoPackage = ({ path }: Symbol, { closure }: ProgramCode, { mod }: GoModule): boolean => {
  if (closure.packages.has(path) || closure.std.has(path) || closure.unseen.has(path)) return false;
  if (isBelow(path, mod.path)) return true;
  if (!path.split('/')[0]?.includes('.')) return !mayBeStd(path) || path.startsWith('internal/');
  return !mod.requires.some((required) => isBelow(path, required.path));
};

/** What `-X name=…` does to a program that is built in a module. */
export const symbolAnswer = (name: string, program: ProgramCode, module: GoModule): SymbolAnswer => {
  const unknown: SymbolAnswer = { verdict: 'unknown', found: undefined, suggestions: [] };
  const symbol = split(name);
  const { main, packages } = program;
  if (!symbol || !main) return unknown;
  const { path, variable } = symbol;
  if (path === main.known.importPath) {
    return { verdict: 'import path of main', found: main, suggestions: named([main], variable, program) };
  }
  const found = path === 'main' ? main : packages.find(({ known }) => known.importPath === path);
  if (!found) {
    const others = named(alike(symbol, program), variable, program);
    const isSure = isNoPackage(symbol, program, module) && (isBelow(path, module.mod.path) || others.length > 0);
    return isSure ? { verdict: 'no package', found, suggestions: others } : unknown;
  }
  if (found.known.files.some(({ code }) => !code)) return unknown;
  const known = variablesOf(found).find((each) => each.name === variable);
  if (known) return { verdict: ofVariable(known), found, suggestions: [] };
  const suggestions = [
    ...named([found], variable, program),
    ...named(
      packages.filter((each) => each !== found),
      variable,
      program,
    ),
  ];
  return { verdict: 'no variable', found, suggestions };
};

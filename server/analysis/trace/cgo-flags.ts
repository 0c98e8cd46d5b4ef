import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile } from '../dockerfile/model.ts';
import { removeWord } from '../edits.ts';
import { flag, isOn } from '../go/command.ts';
import { linkerFlagText } from '../linker-flag-edit.ts';
import { goWords } from './cgo.ts';
import type { GoBinary, GoStep } from './model.ts';

/** A flag of a go command that works with cgo alone. */
export interface CgoFlag {
  readonly range: Range;
  /** As it is called, `-race`. */
  readonly name: string;
  /** What go says where cgo is off. */
  readonly words: string;
  /** The edit that takes it out; undefined where it does not stand in the Dockerfile as such. */
  readonly removal: TextEdit | undefined;
}

const compiling: ReadonlySet<string> = new Set(['build', 'install', 'run', 'test', 'vet']);

/** `-race`, `-msan` or `-asan`: the go command stops at once where cgo is off, whatever it is to compile. */
export const sanitizerFlag = ({ command }: GoStep, { source }: Dockerfile): CgoFlag | undefined => {
  if (!compiling.has(command.verb) || command.flags.some(({ name }) => name === '')) return undefined;
  for (const tool of ['race', 'msan', 'asan']) {
    const found = flag(command, tool);
    if (!found || !isOn(command, tool) || found.value) continue;
    const name = `-${tool}`;
    return { range: found.range, name, words: `${name} requires cgo`, removal: removeWord(source, found.range) };
  }
  return undefined;
};

const externalLink = /[ \t]*--?linkmode(?:=|[ \t]+)(\\?["']|)external\1(?![\w-])/;

/** `-ldflags '-linkmode external'` of a build that stops for it. */
export const externalLinkFlag = ({ command, flags, stop }: GoBinary, { source }: Dockerfile): CgoFlag | undefined => {
  if (stop !== 'flags' || flags.sanitizer) return undefined;
  const given = flag(command, 'ldflags');
  const found = given && linkerFlagText(given, externalLink, source);
  return {
    range: found?.range ?? given?.range ?? goWords({ command }),
    name: '-linkmode external',
    words: 'requires external (cgo) linking, but cgo is not enabled',
    removal: found?.edit,
  };
};

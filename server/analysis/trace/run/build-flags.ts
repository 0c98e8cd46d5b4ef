import { isOn } from '../../go/command.ts';
import { type BuildFlags, parseGoflags, parseLdflags, parseTags } from '../../go/ldflags.ts';
import { wordText } from '../../go/word-text.ts';
import type { ShellWord } from '../../shell/model.ts';
import type { GoStep } from '../model.ts';
import { type Frame, wordValue } from './frame.ts';

const isVariable = ({ raw }: ShellWord): boolean => /^["']?[$`]/.test(raw);

/** The linker flags as written, where a variable only fills a value (`-X main.version=$VERSION`). */
const textOf = (word: ShellWord, frame: Frame): string => {
  const value = wordValue(word, frame);
  return value.known ? value.value : wordText(word.raw);
};

/** What GOFLAGS and the command line say together. */
export const buildFlags = (goStep: GoStep, frame: Frame): BuildFlags => {
  const { command, env } = goStep;
  const goflags = env.get('GOFLAGS');
  const fromEnvironment = new Map((goflags?.known ? parseGoflags(goflags.value) : []).map((f) => [f.name, f.value]));
  const text = (name: string): string => {
    const word = command.flags.findLast((flag) => flag.name === name)?.value;
    return word ? textOf(word, frame) : (fromEnvironment.get(name) ?? '');
  };
  const ldflags = parseLdflags(text('ldflags'));
  const tags = text('tags');
  const sanitizers = ['race', 'msan', 'asan'];
  return {
    tags: parseTags(tags),
    ldflags,
    buildmode: text('buildmode') || undefined,
    sanitizer: sanitizers.some((name) => isOn(command, name) || fromEnvironment.has(name)),
    complete:
      ldflags.complete &&
      !/[$`]/.test(tags) &&
      (!goflags || goflags.known) &&
      !command.flags.some(({ name }) => name === '') &&
      !command.operands.some(isVariable),
  };
};

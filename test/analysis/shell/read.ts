import type { Range } from 'vscode-languageserver-types';
import type { Dockerfile, RunInstruction } from '../../../server/analysis/dockerfile/model.ts';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { commandsOfRun } from '../../../server/analysis/shell/commands.ts';
import type { ShellScript, SimpleCommand } from '../../../server/analysis/shell/model.ts';

/** The commands of a RUN and the Dockerfile it stands in. */
export interface Read extends ShellScript {
  readonly dockerfile: Dockerfile;
}

/** Reads the RUN behind a FROM. */
export const read = (run: string): Read => {
  const dockerfile = parseDockerfile(`FROM a\n${run}`);
  const instruction = dockerfile.stages[0]?.instructions[0] as RunInstruction;
  return { ...commandsOfRun(instruction, dockerfile), dockerfile };
};

/** The text at a range. */
export const textOf = ({ source }: Dockerfile, range: Range | undefined): string | undefined =>
  range && source.slice(range);

/** A command with its environment, in one line. */
export const written = ({ assignments, words }: SimpleCommand): string =>
  [...assignments.map(({ name, value }) => `${name}=${value?.raw ?? ''}`), ...words.map(({ raw }) => raw)].join(' ');

/** The commands, `?` before those that may not run. */
export const lines = (run: string): readonly string[] =>
  read(run).commands.map((command) => `${command.runs === 'maybe' ? '? ' : ''}${written(command)}`);

/** The commands with their subshell path. */
export const scoped = (run: string): readonly string[] =>
  read(run).commands.map((command) => `${command.scope.join('.')}|${written(command)}`);

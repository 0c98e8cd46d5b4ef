import type { Assignment, Command, Redirection, Word } from 'unbash';
import type { ShellAssignment, ShellRedirect, ShellWord, SimpleCommand } from './model.ts';
import { type Place, rangeIn, wordAt } from './walk.ts';

const word = (place: Place, { pos, end }: { readonly pos: number; readonly end: number }): ShellWord =>
  wordAt(place, pos, end);

const assignment = (place: Place, node: Assignment): ShellAssignment => ({
  name: node.name,
  value: node.value.end > node.value.pos ? word(place, node.value) : undefined,
  range: rangeIn(place, node.pos, node.end),
});

const redirect = (place: Place, node: Redirection): ShellRedirect => {
  const number = node.descriptor?.type === 'FileDescriptor' ? String(node.descriptor.value) : '';
  const target = node.type === 'HereDoc' ? node.delimiter : node.target;
  return { operator: `${number}${node.operator}`, target: target && word(place, target) };
};

/** Redirections as the model has them. */
export const redirectsOf = (place: Place, nodes: readonly Redirection[]): readonly ShellRedirect[] =>
  nodes.map((node) => redirect(place, node));

const isAssignment = (node: Assignment | Redirection): node is Assignment => node.type === 'Assignment';

const namesOf = (command: Command): readonly (Word | Assignment)[] =>
  command.name ? [command.name, ...command.args] : [];

/** One simple command of the script; an array assignment or `NAME+=` has a value that is not known, its whole text. */
export const simpleCommand = (place: Place, command: Command): SimpleCommand => ({
  assignments: command.prefix.filter(isAssignment).map((node) => assignment(place, node)),
  words: namesOf(command).map((node) => word(place, node)),
  redirects: redirectsOf(place, command.redirects),
  range: rangeIn(place, command.pos, command.end),
  runs: place.runs,
  scope: place.scope.path,
});

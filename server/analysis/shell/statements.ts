import {
  type AndOr,
  type BraceGroup,
  type Case,
  type Command,
  type CompoundList,
  forEachChild,
  type If,
  type Pipeline,
  type PipelineNode,
  type Redirected,
  type Statement,
  type Subshell,
  type SyntaxNode,
  type While,
} from 'unbash';
import { nestedScripts } from './nested-scripts.ts';
import { redirectsOf, simpleCommand } from './simple-command.ts';
import { walkSubstitutions } from './substitutions.ts';
import { type Place, perhaps, rangeIn, subshell } from './walk.ts';

/** Statements one after the other; only the last one's failure is the failure of the list. */
export const walkStatements = (statements: readonly Statement[], place: Place): void => {
  for (const [index, { command, background }] of statements.entries()) {
    const inList = { ...place, last: place.last && index === statements.length - 1 };
    walkNode(command, background ? perhaps(subshell(place)) : inList);
  }
};

const walkList = ({ commands }: CompoundList, place: Place): void => walkStatements(commands, place);

const conditions = /^(\[|\[\[|test|grep|egrep|command|which|type|hash|false)$/;

/** A command that is there to be asked, so that its failure is an answer. */
const asks = (node: PipelineNode): boolean => {
  if (node.type === 'TestCommand' || node.type === 'ArithmeticCommand') return true;
  if (node.type === 'Pipeline') {
    const last = node.commands.at(-1);
    return node.prefixes.some(({ type }) => type === 'Negation') || (last !== undefined && asks(last));
  }
  return node.type === 'Command' && conditions.test(node.name?.value ?? '');
};

/**
 * `a && b`: when a fails b does not run, but then the RUN fails too, so b counts as always run: unless a later `||`
 * takes the failure away, or a asks something in a statement whose failure nobody sees. What stands behind `||` may run.
 */
const walkAndOr = ({ commands, operators }: AndOr, place: Place): void => {
  const lastOr = operators.lastIndexOf('||');
  let unseen = false;
  for (const [index, command] of commands.entries()) {
    const operator = operators[index - 1];
    const doubtful = operator === '||' || (operator === '&&' && (lastOr >= index || unseen));
    walkNode(command, doubtful ? perhaps(place) : { ...place, last: place.last && lastOr < index });
    unseen ||= !place.last && asks(command);
  }
};

const walkPipeline = ({ commands }: Pipeline, place: Place): void => {
  for (const command of commands) walkNode(command, commands.length > 1 ? subshell(place) : place);
};

const walkIf = (node: If, place: Place): void => {
  walkList(node.clause, { ...place, last: false });
  const branch = perhaps(place);
  walkList(node.then, branch);
  for (const { clause, then } of node.elif) {
    walkList(clause, branch);
    walkList(then, branch);
  }
  if (node.else) walkList(node.else, branch);
};

const walkCase = (node: Case, place: Place): void => {
  walkSubstitutions(node.word, place);
  for (const item of node.items) walkList(item.body, perhaps(place));
};

const walkCommand = (node: Command, place: Place): void => {
  place.into.commands.push(simpleCommand(place, node));
  forEachChild(node, (child) => walkSubstitutions(child, place));
  nestedScripts(node, place);
};

/** The redirections of a group become a command without words, before the commands of the group. */
const walkRedirected = (node: Redirected, place: Place): void => {
  place.into.commands.push({
    assignments: [],
    words: [],
    redirects: redirectsOf(place, node.redirects),
    range: rangeIn(place, node.pos, node.end),
    runs: place.runs,
    scope: place.scope.path,
  });
  for (const redirect of node.redirects) walkSubstitutions(redirect, place);
  walkNode(node.command, place);
};

/** Loops, functions and whatever else has bodies: words and conditions run, bodies may. */
const walkOther = (node: SyntaxNode, place: Place): void => {
  forEachChild(node, (child) => {
    if (child.type === 'CompoundList') walkList(child, perhaps(place));
    else if (node.type === 'Function' || node.type === 'Coproc') walkNode(child, perhaps(place));
    else walkSubstitutions(child, place);
  });
};

/** Subshells keep the answer to whose failure is the RUN's: they are its last statement or not. */
const walkGroup = (node: Subshell | BraceGroup, place: Place): void =>
  walkList(node.body, node.type === 'Subshell' ? { ...subshell(place), last: place.last } : place);

const walkWhile = (node: While, place: Place): void => {
  walkList(node.clause, { ...place, last: false });
  walkList(node.body, perhaps(place));
};

const walkNode = (node: SyntaxNode, place: Place): void => {
  if (node.type === 'Command') walkCommand(node, place);
  else if (node.type === 'AndOr') walkAndOr(node, place);
  else if (node.type === 'Pipeline') walkPipeline(node, place);
  else if (node.type === 'Redirected') walkRedirected(node, place);
  else if (node.type === 'Subshell' || node.type === 'BraceGroup') walkGroup(node, place);
  else if (node.type === 'If') walkIf(node, place);
  else if (node.type === 'Case') walkCase(node, place);
  else if (node.type === 'While') walkWhile(node, place);
  else walkOther(node, place);
};

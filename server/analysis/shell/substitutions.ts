import { type CommandExpansionPart, forEachChild, type ParsedScript, type SyntaxNode } from 'unbash';
import { unescaped } from './nested-text.ts';
import { walkScript } from './script.ts';
import { type Place, perhaps, subshell } from './walk.ts';

/** The script of a substitution; one in backticks with escapes has a text of its own. */
const walkSubstitution = (
  node: { readonly pos: number; readonly end: number },
  script: ParsedScript,
  place: Place,
): void => {
  const inside = subshell(place);
  if (script.source === undefined) {
    walkScript(script, inside);
    return;
  }
  const inner = unescaped(place.text, node.pos + 1, node.end - 1, '`$\\"');
  const plain = unescaped(place.text, node.pos + 1, node.end - 1, '`$\\');
  const fitting = [plain, inner].find(({ text }) => text === script.source);
  const at = (index: number): number => place.at(fitting?.offsets[index] ?? node.pos);
  walkScript(script, { ...inside, text: script.source, at });
};

const isSubstitution = (node: SyntaxNode): node is CommandExpansionPart =>
  node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution' || node.type === 'ArithmeticCommandExpansion';

/** Walks the command substitutions anywhere in a word, an assignment or a redirection. */
export const walkSubstitutions = (node: SyntaxNode, place: Place): void => {
  if (isSubstitution(node)) {
    if (node.script) walkSubstitution(node, node.script, place);
    return;
  }
  const inner = node.type === 'ParameterExpansion' && node.operation?.type === 'Default' ? perhaps(place) : place;
  forEachChild(node, (child) => walkSubstitutions(child, inner));
};

import type { Session } from './session.ts';

/**
 * The folder to build in: the only one that fits, the one chosen before, or what the user answers. Our VS Code half asks
 * and remembers by itself (undefined: it has to); other editors show the server's question.
 */
export async function chooseContext(
  { client, connection }: Session,
  candidates: readonly string[],
  before: string | undefined,
): Promise<string | undefined> {
  if (candidates.length === 1) return candidates[0];
  if (client.clientCommands) return undefined;
  if (before !== undefined && candidates.includes(before)) return before;
  const question = 'The sources of COPY exist in more than one folder. Which one is the build context?';
  const actions = candidates.map((title) => ({ title }));
  return (await connection.window.showInformationMessage(question, ...actions))?.title;
}

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CodeLens, type CompletionItem, CompletionItemKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { clientCommands } from '../protocol.ts';
import { type Check, pathOf } from './documents.ts';
import type { Generator } from './generate.ts';
import type { Session } from './session.ts';

const title = 'Fill from this Go project';

/** Nothing but comments and the first word of an instruction: there is nothing that could be lost. */
const isEmpty = (document: TextDocument): boolean =>
  document
    .getText()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
    .every((line, at) => at === 0 && /^\s*[A-Za-z]+\s*$/.test(line));

const hasProgram = ({ project }: Check): boolean =>
  [...project.packages.values()].some(
    ({ dir, files }) => dir !== undefined && files.some(({ packageName }) => packageName === 'main'),
  );

/** The folder of the Go project around an empty Dockerfile; undefined when the file has a text, or nothing to be filled from. */
const folderToFillFrom = (check: Check): string | undefined => {
  if (pathOf(check.document.uri) === undefined || !isEmpty(check.document)) return undefined;
  return hasProgram(check) ? check.context : undefined;
};

/** The lens of an empty Dockerfile, for the client that has the wizard. */
export function fillLenses({ client }: Session, check: Check): readonly CodeLens[] {
  const folder = folderToFillFrom(check);
  if (folder === undefined || !client.clientCommands) return [];
  // The wizard takes an entry of the Explorer: the folder's go.mod or whatever lies in it.
  const target = pathToFileURL(path.join(folder, 'Dockerfile')).href;
  const start = { line: 0, character: 0 };
  return [{ range: { start, end: start }, command: { title, command: clientCommands.generate, arguments: [target] } }];
}

/** Completes an empty Dockerfile with the whole recommended one, below its comments: the way of editors without our wizard. */
export function offerFill({ connection, checks }: Session, generator: Generator): void {
  connection.onCompletion(async ({ textDocument, position }): Promise<CompletionItem[]> => {
    const check = await checks.of(textDocument.uri);
    const folder = check && folderToFillFrom(check);
    if (!check || folder === undefined) return [];
    const { document } = check;
    const [plan, files] = await Promise.all([generator.plan(folder), generator.generate(folder, {})]);
    const line = { start: { line: position.line, character: 0 }, end: position };
    const word = document.getText(line).trim();
    return [
      {
        label: title,
        kind: CompletionItemKind.File,
        detail: plan.why,
        filterText: `${word} ${title}`.trim(),
        sortText: '!',
        documentation: files.dockerfile,
        textEdit: { range: line, newText: files.dockerfile },
      },
    ];
  });
}

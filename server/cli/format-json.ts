import { render } from '../analysis/known.ts';
import type { Console } from './console.ts';
import type { Linted } from './lint-targets.ts';
import { nameInContext } from './targets.ts';

/**
 * An array of findings with LSP coordinates: lines and UTF-16 characters from 0. `elsewhere` is the line of a project file
 * that the finding is about as much; a related place has a `file` where that is not the Dockerfile; `files` of a fix are its changes of project files, edits or the text of a new file.
 */
export function formatJson(linted: readonly Linted[], { folder }: Console): string {
  const findings = linted.flatMap(({ name, findings, context }) => {
    const nameIn = nameInContext(context, folder);
    return findings.map(({ rule, severity, message, range, related, elsewhere, fixes }) => ({
      file: name,
      rule,
      severity,
      message: render(message),
      range,
      related: related.map(({ file, range: at, message: text }) => ({
        ...(file !== undefined && { file: nameIn(file) }),
        range: at,
        message: render(text),
      })),
      ...(elsewhere && {
        elsewhere: {
          file: nameIn(elsewhere.path),
          range: elsewhere.range,
          message: render(elsewhere.message),
        },
      }),
      fixes: fixes.map(({ title, safe, edits, files }) => ({
        title,
        safe,
        edits,
        ...(files && { files: files.map(({ path, ...change }) => ({ file: nameIn(path), ...change })) }),
      })),
    }));
  });
  return `${JSON.stringify(findings, null, 2)}\n`;
}

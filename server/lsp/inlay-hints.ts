import { type InlayHint, InlayHintRefreshRequest } from 'vscode-languageserver/node';
import type { StepState } from '../image/engine-model.ts';
import type { Session } from './session.ts';

/** After each instruction of the last build: how long it took, or that it came from the cache. */
export function offerInlayHints(session: Session): void {
  session.connection.languages.inlayHint.on(async ({ textDocument, range }): Promise<InlayHint[]> => {
    const check = await session.checks.of(textDocument.uri);
    if (!check?.settings.inlayHints) return [];
    const { document, analysis } = check;
    const steps = new Map(
      session.builds.stepsOf(document).flatMap((step) => (step.line === undefined ? [] : [[step.line, step]])),
    );
    const instructions = analysis.dockerfile.stages.flatMap(({ from, instructions: own }) => [from, ...own]);
    return instructions.flatMap(({ range: { start, end } }) => {
      const step = steps.get(start.line);
      const label = step && labelOf(step);
      if (!label || end.line < range.start.line || start.line > range.end.line) return [];
      return [{ position: end, label, paddingLeft: true }];
    });
  });
}

function labelOf({ state, milliseconds }: StepState): string | undefined {
  if (state === 'running') return '…';
  if (state === 'cached') return 'cached';
  if (state === 'failed') return 'failed';
  return milliseconds === undefined ? undefined : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Asks the client to ask for the hints again. */
export function refreshInlayHints({ connection, client }: Session): void {
  if (!client.refreshesInlayHints) return;
  void connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
}

import type { BuildEvent } from './build-events.ts';
import type { Engine } from './engine-model.ts';
import { colouredLine } from './log-colours.ts';

/** What goes into the log for a line of output and what it told: the line itself, or what its JSON says, in the words of plain progress. */
export function logLines(how: Engine['progress']): (line: string, events: readonly BuildEvent[]) => string {
  if (how !== 'rawjson') return (line) => colouredLine(line);
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return number;
  };
  return (_line, events) =>
    events
      .filter((event) => event.kind !== 'ended' || numbers.has(event.id))
      .map((event) => colouredLine(event.kind === 'said' ? event.text : `#${numberOf(event.id)} ${words(event)}`))
      .join('');
}

function words(event: Exclude<BuildEvent, { kind: 'said' }>): string {
  switch (event.kind) {
    case 'began': {
      const { stage, index, total, instruction } = event.step;
      return `[${stage === undefined ? '' : `${stage} `}${index}/${total}] ${instruction}`;
    }
    case 'printed':
      return event.text;
    default:
      return event.error ?? endings[event.how](event.milliseconds ?? 0);
  }
}

const endings: Readonly<Record<'done' | 'cached' | 'failed' | 'cancelled', (milliseconds: number) => string>> = {
  done: (milliseconds) => `DONE ${(milliseconds / 1000).toFixed(1)}s`,
  cached: () => 'CACHED',
  failed: () => 'ERROR',
  cancelled: () => 'CANCELED',
};

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { BuildEvent } from '../../server/image/build-events.ts';
import { explainFailure } from '../../server/image/explain/explain.ts';
import { logLines } from '../../server/image/log-lines.ts';
import { readProgress } from '../../server/image/progress.ts';

// What buildx 0.38 and BuildKit 0.34 told of a real build.
const recorded = readFileSync(path.join(import.meta.dirname, 'fixtures/buildx-failure.rawjson'), 'utf8').split('\n');

describe('progress as raw JSON', () => {
  const progress = readProgress('rawjson');
  const toLog = logLines('rawjson');
  const events: BuildEvent[] = [];
  let log = '';
  for (const line of recorded) {
    const told = progress.line(line);
    events.push(...told);
    log += stripVTControlCharacters(toLog(line, told));
  }

  it('tells when steps begin and end, with times', () => {
    const begun = events.flatMap((event) => (event.kind === 'began' ? [event.step.instruction] : []));
    assert.deepEqual(begun, ['COPY prog /prog', 'RUN ["/prog"]', 'RUN ["/prog", "fail"]']);
    const run = events.find((event) => event.kind === 'began' && event.step.index === 2);
    const end = events.find((event) => event.kind === 'ended' && event.id === (run?.kind === 'began' ? run.id : ''));
    assert.deepEqual(end, { kind: 'ended', id: end?.kind === 'ended' ? end.id : '', how: 'done', milliseconds: 394 });
  });

  it('becomes a log in the words of plain progress', () => {
    assert.match(log, /#1 \[1\/3\] COPY prog \/prog\r\n#1 DONE 0\.\ds\r\n#2 \[2\/3\] RUN \["\/prog"\]\r\n#2 zwölf\r\n/);
    assert.match(log, /#3 zwölf\r\n#3 ERROR: process "\/prog fail" did not complete/);
    assert.doesNotMatch(log, /vertexes|\[internal\]/);
  });

  it('explains the failure', () => {
    const instructions = ['FROM scratch AS builder', 'COPY prog /prog', 'RUN ["/prog"]', 'RUN ["/prog", "fail"]'];
    const found = explainFailure({
      engine: { kind: 'docker', builder: 'buildx' },
      progress,
      code: 1,
      instructions: instructions.map((text, line) => ({ line, text })),
    });
    const { reason, line, output } = found;
    assert.deepEqual([reason, line, output], ['RUN failed with exit code 3 at line 4: zwölf', 3, ['zwölf']]);
  });

  it('takes pieces of a character, and what is no JSON', () => {
    const reader = readProgress('rawjson');
    const piece = (data: Buffer): string => JSON.stringify({ logs: [{ vertex: 'a', data: data.toString('base64') }] });
    const text = Buffer.from('zwölf\n');
    const told = [...reader.line(piece(text.subarray(0, 3))), ...reader.line(piece(text.subarray(3)))];
    assert.deepEqual(told, [{ kind: 'printed', id: 'a', text: 'zwölf' }]);
    assert.deepEqual(reader.line('{"vertexes": '), [{ kind: 'said', text: '{"vertexes": ' }]);
    assert.deepEqual(reader.line('{"vertexes": 3, "logs": [null, 4]}'), []);
  });
});

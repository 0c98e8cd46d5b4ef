import type { Part } from './images.ts';

export const parts: readonly Part[] = [
  { name: 'bin/', type: '5' },
  { name: 'bin/app', content: 'x'.repeat(300_000), mode: 0o755 },
  { name: 'data', content: '1' },
];

/** A tar of the parts as `zstd -19` compresses it. */
export const compressed = Buffer.from(
  'KLUv/aQAoAQAnAIAhAJiaW4vADA2NDQ2NTEyACA1AHVzdGFyAGFwcDc1NTE3NDcyMzAAIDB4ECAwM6xWA/z7cgGWaoygAPs5//EBLZsLFXKA' +
    'AmLKr4SDLhCYwOWJagECABB4FQEASABkYXRhMTcxAAYA+70/kg1YglQGZvEHMEEpuc11X3QQBJybw8s=',
  'base64',
);

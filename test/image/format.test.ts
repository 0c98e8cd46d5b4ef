import assert from 'node:assert/strict';
import { formatBytes, formatDelta, formatDuration, lensTitle, lensTooltip } from '../../server/image/format.ts';
import type { BuildOutcome } from '../../server/protocol.ts';

const built = (size: number, previousSize?: number): BuildOutcome & { kind: 'built' } => ({
  kind: 'built',
  size,
  previousSize,
  milliseconds: 12_300,
  image: 'go-dockerfile/abc:latest',
  engine: 'docker 20.10.24 (BuildKit)',
});

describe('format', () => {
  const same = (title: string, actual: string, expected: string): void => {
    it(title, () => assert.equal(actual, expected));
  };
  same('bytes', formatBytes(312), '312 B');
  same('kilobytes', formatBytes(1_000), '1.0 kB');
  same('megabytes', formatBytes(6_712_345), '6.7 MB');
  same('three digits need no decimals', formatBytes(352_400_000), '352 MB');
  same('rounding up reaches the next unit', formatBytes(999_990), '1.0 MB');
  same('gigabytes', formatBytes(1_234_000_000), '1.2 GB');
  same('a real minus sign', formatDelta(-352_000_000), '−352 MB');
  same('growth', formatDelta(1500), '+1.5 kB');
  same('no change', formatDelta(0), '±0 B');
  same('part of a second', formatDuration(420), '0.4 s');
  same('seconds', formatDuration(12_300), '12 s');
  same('just below a minute', formatDuration(59_700), '1 min 0 s');
  same('minutes', formatDuration(125_000), '2 min 5 s');
  same('hours', formatDuration(3_780_000), '1 h 3 min');
  same('lens after the first build', lensTitle(built(6_700_000)), '6.7 MB · 12 s');
  same('lens with a change', lensTitle(built(6_700_000, 358_700_000)), '6.7 MB · −352 MB · 12 s');
  same('failed lens', lensTitle({ kind: 'failed', reason: 'x', line: 11 }), 'Build failed at line 12');
  same('failed lens without a line', lensTitle({ kind: 'failed', reason: 'x' }), 'Build failed');
  same('cancelled lens', lensTitle({ kind: 'cancelled' }), 'Build cancelled');
  const several: BuildOutcome = {
    ...built(6_700_000),
    platform: 'linux/amd64',
    others: [{ platform: 'linux/arm64', image: 'go-dockerfile/def:latest', size: 6_512_345 }],
  };
  same('lens of several platforms', lensTitle(several), 'linux/amd64 6.7 MB · linux/arm64 6.5 MB · 12 s');
  it('the tooltip tells the image of each platform', () => {
    const arm = 'linux/arm64: 6,512,345 bytes in the files of all layers, unpacked. Image go-dockerfile/def:latest.';
    assert.ok(lensTooltip(several).endsWith(arm), lensTooltip(several));
  });
  it('the tooltip says which size it is', () => {
    assert.match(lensTooltip(built(6_712_345)), /^6,712,345 bytes in the files of all layers, unpacked/);
  });
});

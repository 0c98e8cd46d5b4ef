import { type CurrentBuildKit, currentBuildKit } from '../engines/current-buildkit.ts';
import type { Row } from './runner.ts';

/** A row of what a current BuildKit does: `surprise` says how that differs from what was expected, empty for not at all. */
export async function onCurrentBuildKit(
  row: Pick<Row, 'rule' | 'name'>,
  surprise: (current: CurrentBuildKit) => Promise<string>,
): Promise<Row> {
  const start = performance.now();
  const current = await currentBuildKit();
  if (!current) {
    const reason = 'no current BuildKit: test/engines/install.sh out/engines/bin builds it';
    return { ...row, verdict: 'skipped', seconds: 0, reason };
  }
  const reason = await surprise(current).catch(String);
  const seconds = (performance.now() - start) / 1000;
  return { ...row, verdict: reason ? 'failed' : 'passed', seconds, reason };
}

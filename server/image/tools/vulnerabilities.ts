import { counted, type Result } from './tool.ts';

/** Something known about a package of an image. */
export interface Vulnerability {
  /** As the tool writes it; sorted without regard to case. */
  readonly severity: string;
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Empty when nobody mended it. */
  readonly fixed: string;
  /** Absolute path of the Go program in the image; empty for packages of other kinds. */
  readonly program: string;
}

const order = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];
const mostTold = 5;

/** How many of each severity, and the worst one by one. */
export function summaryOf(found: readonly Vulnerability[]): Result {
  if (found.length === 0) return { state: 'ran', summary: 'no known vulnerabilities' };
  const sorted = [...found].sort((one, other) => rank(one) - rank(other));
  const counts = order.flatMap((severity, at) => {
    const count = sorted.filter((one) => rank(one) === at).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const summary = `${counted(found.length, 'known vulnerability', 'known vulnerabilities')}: ${counts.join(', ')}`;
  const left = sorted.length - mostTold;
  const worst = [...sorted.slice(0, mostTold).map(told), ...(left > 0 ? [`and ${left} more`] : [])];
  return { state: 'ran', summary, worst };
}

function rank({ severity }: Vulnerability): number {
  const at = order.indexOf(severity.toLowerCase());
  return at < 0 ? order.length - 1 : at;
}

function told(one: Vulnerability): string {
  const fixed = one.fixed === '' ? 'no fix' : `fixed in ${one.fixed}`;
  const program = one.program === '' ? '' : `, in ${one.program}`;
  return `${order[rank(one)]} ${one.name}: ${one.package} ${one.version}, ${fixed}${program}`;
}

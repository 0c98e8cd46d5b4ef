import type { Caller } from '../../analysis/go/project-facts.ts';

/** A build as a file describes it: paths as written. */
export interface BuildCall extends Omit<Caller, 'path'> {
  /** Undefined where it is not known. */
  readonly context: string | undefined;
  /** Undefined for the Dockerfile of the context; `unknown` where it is not known. */
  readonly dockerfile: string | 'unknown' | undefined;
}

/** Compose's `${NAME:-default}`, filled in with defaults; undefined without one. `$$` is a dollar. */
export const withDefaults = (text: string): string | undefined => {
  let known = true;
  const filled = text.replace(/\$(?:\$|(\w+)|\{(\w+)(?::?-([^}]*))?[^}]*\})/g, (whole, _plain, _name, fallback) => {
    if (whole === '$$') return '$';
    if (fallback === undefined) known = false;
    return fallback ?? '';
  });
  return known ? filled : undefined;
};

/** A value that no variable of the environment changes; undefined otherwise. */
export const withoutVariables = (text: string): string | undefined =>
  /\$(?!\$)/.test(text.replaceAll('$$', '')) ? undefined : text.replaceAll('$$', '$');

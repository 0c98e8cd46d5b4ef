/**
 * The programs that ship, in one bundle: they share nearly everything, and two bundles would hold it twice. Each loads its own
 * part alone.
 */
export const lsp = (): Promise<unknown> => import('./lsp/main.ts');
export const cli = (): Promise<unknown> => import('./cli/main.ts');

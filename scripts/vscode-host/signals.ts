/**
 * Resolves when the user or the system asks to end. From then on signals are ignored, so that a second one, which
 * launchers such as tsx and npm pass on as well, does not cut the tidying short.
 */
export const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });

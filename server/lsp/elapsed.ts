/** Whole seconds since a moment (milliseconds since 1970), such as `12 s`. */
export const elapsed = (since: number): string => `${Math.max(0, Math.floor((Date.now() - since) / 1000))} s`;

/** Names that `#cgo` lines for Linux link with: those after `-l`, and those of pkg-config. */
export const cLibrariesIn = (text: string): readonly string[] => {
  const found = new Set<string>();
  for (const [, condition = '', kind, rest = ''] of text.matchAll(
    /^\s*(?:\/\/\s*)?#cgo\s+([^\n]*?)\s*\b(LDFLAGS|pkg-config):([^\n]*)$/gm,
  )) {
    const systems = condition
      .split(/[\s,]+/)
      .filter((word) => /^!?(?:darwin|windows|freebsd|openbsd|android|ios)$/.test(word));
    if (systems.some((word) => !word.startsWith('!'))) continue;
    const words = rest.trim().split(/\s+/);
    const names = kind === 'LDFLAGS' ? words.flatMap((word) => /^-l(.+)$/.exec(word)?.[1] ?? []) : words;
    for (const name of names) if (/^[\w.+-]+$/.test(name) && !name.startsWith('-')) found.add(name);
  }
  return [...found];
};

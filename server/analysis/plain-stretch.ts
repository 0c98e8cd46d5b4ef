const plainCharacters = /[\w@%+=:,. -]+/y;

/** The characters from `at` on that stand for themselves in words of Dockerfiles and of shells, perhaps none. */
export const plainStretch = (raw: string, at: number): string => {
  plainCharacters.lastIndex = at;
  return plainCharacters.exec(raw)?.[0] ?? '';
};

/** Most texts whose values are kept. */
const most = 1000;

/** A pure function of a text that keeps what it gave for the texts it was asked about of late. */
export const remembered = <V>(make: (text: string) => V): ((text: string) => V) => {
  const known = new Map<string, V>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = make(text);
    if (known.size >= most) known.clear();
    known.set(text, value);
    return value;
  };
};

/** What is made of a value that never changes is made once, and kept as long as the value. */
export const once = <K extends object, V>(known: WeakMap<K, V>, key: K, make: (key: K) => V): V => {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = make(key);
  known.set(key, value);
  return value;
};

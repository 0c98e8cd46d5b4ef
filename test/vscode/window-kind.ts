/** The windows the tests run in, each a VS Code of its own. */
export const windowKinds = ['trusted', 'restricted', 'two-folders'] as const;
export type WindowKind = (typeof windowKinds)[number];

/** The kind of this window. Throws outside a test run. */
export function windowKind(): WindowKind {
  const kind = windowKinds.find((name) => name === process.env.GO_DOCKERFILE_TEST_WINDOW);
  if (!kind) throw new Error('GO_DOCKERFILE_TEST_WINDOW names no kind of window');
  return kind;
}

/** Begins the lines of the test reporter, so that VS Code's own log does not mix in. */
export const testMark = '##t ';

/** What the tests of one window write to the file named by GO_DOCKERFILE_TEST_RESULT. */
export interface TestResult {
  readonly passed: number;
  readonly failed: number;
  /** Titles with the reason why they could not run and the line that would enable them. */
  readonly skipped: readonly string[];
}

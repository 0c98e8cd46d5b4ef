/** Something of a program's own that go build reads and does not find. */
export interface MissingInput {
  /** `package`: a folder with Go files; `embed`: what a `//go:embed` pattern names. */
  readonly kind: 'package' | 'embed';
  /** Import path of the package, or the pattern. */
  readonly name: string;
  /** The Go file that asks for it, a path of the build context. */
  readonly askedBy: string;
  /** The package's folder, or the pattern below its package's folder: where the stage would have it … */
  readonly place: string;
  /** … and where the build context has it. */
  readonly source: string;
  /** Files of the build context that would do. */
  readonly files: readonly string[];
}

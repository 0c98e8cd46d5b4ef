/** What build constraints are asked about. */
export interface BuildContext {
  readonly goos: string;
  readonly goarch: string;
  readonly cgo: boolean;
  readonly tags: ReadonlySet<string>;
}

const systems: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);

const unix: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '),
);

const architectures: ReadonlySet<string> = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
);

/** One tag. Release tags (`go1.24`) count as satisfied: the toolchain is rarely older than what a module guards against. */
const tagHolds = (tag: string, { goos, goarch, cgo, tags }: BuildContext): boolean => {
  if (tags.has(tag) || tag === goos || tag === goarch || tag === 'gc') return true;
  if (tag === 'cgo') return cgo;
  if (tag === 'unix') return unix.has(goos);
  if (tag === 'linux') return goos === 'android';
  if (tag === 'darwin') return goos === 'ios';
  if (tag === 'solaris') return goos === 'illumos';
  return /^go1\.\d+$/.test(tag);
};

/** Recursive descent over `||`, `&&`, `!`, parentheses and tags; undefined when the text is no expression. */
const evaluate = (tokens: readonly string[], holds: (tag: string) => boolean): boolean | undefined => {
  let at = 0;
  const unary = (): boolean | undefined => {
    const token = tokens[at++];
    if (token === '!') {
      const inner = unary();
      return inner === undefined ? undefined : !inner;
    }
    if (token === '(') {
      const inner = either();
      return tokens[at++] === ')' ? inner : undefined;
    }
    return token !== undefined && /^[\w.]/.test(token) ? holds(token) : undefined;
  };
  const chain = (operator: string, operand: () => boolean | undefined, join: (l: boolean, r: boolean) => boolean) => {
    let left = operand();
    while (tokens[at] === operator) {
      at++;
      const right = operand();
      left = left === undefined || right === undefined ? undefined : join(left, right);
    }
    return left;
  };
  const all = () => chain('&&', unary, (left, right) => left && right);
  const either = (): boolean | undefined => chain('||', all, (left, right) => left || right);
  const value = either();
  return at === tokens.length ? value : undefined;
};

/** Whether a `//go:build` expression holds; undefined for text that is no expression. */
export const constraintHolds = (expression: string, context: BuildContext): boolean | undefined => {
  const tokens = expression.match(/\|\||&&|[!()]|[\p{L}\p{N}_.]+|\S/gu) ?? [];
  return evaluate(tokens, (tag) => tagHolds(tag, context));
};

/** Whether the file's name lets it be built: `x_linux_amd64.go`, `x_windows.go`; `_test.go`, `_x.go` and `.x.go` never are. */
export const fileNameHolds = (name: string, context: BuildContext): boolean => {
  if (!name.endsWith('.go') || name.endsWith('_test.go') || /^[_.]/.test(name)) return false;
  const parts = name.slice(0, -'.go'.length).split('_').slice(1);
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  if (architectures.has(last)) {
    return tagHolds(last, context) && (!systems.has(before) || tagHolds(before, context));
  }
  return !systems.has(last) || tagHolds(last, context);
};

/** Whether go build compiles a file; an unreadable constraint is taken to hold. */
export const fileIsBuilt = (
  file: { readonly name: string; readonly constraint: string | undefined; readonly cgo: boolean },
  context: BuildContext,
): boolean =>
  fileNameHolds(file.name, context) &&
  (context.cgo || !file.cgo) &&
  (file.constraint === undefined || constraintHolds(file.constraint, context) !== false);

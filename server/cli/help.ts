const overview = `Finds the mistakes in Dockerfiles of Go programs, fixes them, and writes new ones.

Usage: go-dockerfile <command> [options]

Commands:
  lint [paths]      check Dockerfiles; folders are searched, - reads standard input
  generate [dir]    write a Dockerfile and a .dockerignore for a Go module
  lsp --stdio       run the language server

Options:
  --version         print the version
  --help            print this, or the help of a command

Exit codes: 0 clean, 1 findings, 2 wrong usage or a file that cannot be read.
`;

const lint = `Checks Dockerfiles against the Go project beside them.

Usage: go-dockerfile lint [paths] [options]

Paths are Dockerfiles or folders, which are searched; the default is the current folder; - reads standard input.

Options:
  --format text|json   how to print findings; text
  --severity LEVEL     leave out what is below error, warning, information or hint; hint
  --fix                apply the safe fixes and print what is left; with - the fixed text goes to standard output

JSON is an array of { file, rule, severity, message, range, related: [{ range, message }], elsewhere?, fixes } with lines
and characters from 0 as in LSP. elsewhere: { file, range, message } is the line of go.mod or .dockerignore it is about
as much. Fixes are { title, safe, edits: [{ range, newText }], files?: [{ file, edits } or { file, text }] }.

Examples:
  go-dockerfile lint
  go-dockerfile lint --fix deploy/Dockerfile
  go-dockerfile lint --format json --severity warning . > findings.json
`;

const generate = `Writes a Dockerfile and a .dockerignore that fit a Go module. Existing files are kept.

Usage: go-dockerfile generate [dir] [options]

Options (each has an answer read from the project):
  --main DIR           folder of the main package, such as ./cmd/server
  --base BASE          scratch, distroless-static, distroless-base, alpine or debian
  --cgo, --no-cgo      build with cgo or without
  --port N             the port the program listens on; 0 for none
  --cache KIND         mounts (needs BuildKit) or layers
  --cross-platform     build for the platform asked for, on the builder's own
  --no-comments        without the comments that say why
  --stdout             print the Dockerfile, write nothing
  --force              overwrite existing files

Examples:
  go-dockerfile generate
  go-dockerfile generate ./services/api --main ./cmd/api --base alpine --stdout
`;

const lsp = `Runs the language server for an editor.

Usage: go-dockerfile lsp --stdio
`;

const pages: Readonly<Record<string, string>> = { lint, generate, lsp };

/** The help of a command, or of the whole program. */
export const help = (command: string | undefined): string => pages[command ?? ''] ?? overview;

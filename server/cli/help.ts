const overview = `Finds the mistakes in Dockerfiles of Go programs, fixes them, and writes new ones.

Usage: go-dockerfile <command> [options]

Commands:
  lint [paths]      check Dockerfiles; folders are searched, - reads standard input
  explain [rule]    what a rule finds and why, with an example; without one, the list of all rules
  generate [dir]    write a Dockerfile and a .dockerignore for a Go module
  measure [image]   build or read an image: what is in it, and what would make it smaller
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
  --format FORMAT        how to print findings: text, json, sarif, github (annotations of a workflow) or gitlab (code
                         quality report); text
  --severity LEVEL       leave out what is below error, warning, information or hint; hint
  --fail-on LEVEL        end with 1 only for findings from this level up, or never; the level of --severity
  --fix                  apply the safe fixes and print what is left; with - the fixed text goes to standard output
  --diff                 print what --fix would write as a patch, and write nothing; ends with 1 when there is something
  --stdin-filename FILE  what - is the text of; Dockerfile

Severities are those of .go-dockerfile.json (or .yaml) beside the Dockerfile or in a folder above it, up to the current
folder or the repository's: { "rules": { "no-root-user": "off" } }. A mistake in that file is told, with exit code 2.

JSON is an array of { file, rule, severity, message, range, related: [{ file?, range, message }], elsewhere?, fixes } with lines
and characters from 0 as in LSP. elsewhere: { file, range, message } is the line of a project file it is about
as much. Fixes are { title, safe, edits: [{ range, newText }], files?: [{ file, edits } or { file, text }] }.

Examples:
  go-dockerfile lint
  go-dockerfile lint --fix deploy/Dockerfile
  go-dockerfile lint --format json --severity warning . > findings.json
  go-dockerfile lint --format sarif --fail-on error > findings.sarif
`;

const explain = `Says what rules find, why it hurts, and what they do not report.

Usage: go-dockerfile explain [rules] [options]

Without a rule, all are listed.

Options:
  --json   an array of { id, title, severity, concern, why, url }

Examples:
  go-dockerfile explain require-static-binary
`;

const generate = `Writes a Dockerfile and a .dockerignore that fit a Go module. Existing files are kept.

Usage: go-dockerfile generate [dir] [options]

Options (each has an answer read from the project):
  --main DIR           folder of the main package, such as ./cmd/server; again for more programs, which become
                       targets; all for every one
  --base BASE          scratch, chainguard-static, distroless-static, alpine, distroless-base, distroless-cc or debian
  --cgo auto|on|off    build with cgo or without; auto
  --port N             the port the program listens on; 0 for none
  --cache KIND         mounts (needs BuildKit) or layers (for CI without a builder that stays)
  --platforms LIST     such as linux/amd64,linux/arm64: compiled on the builder's own platform; with cgo each on
                       itself, which the builder emulates
  --private KIND       credentials for private modules: netrc, ssh or none
  --no-comments        without the comments that say why
  --language en|zh     of the comments; that of the terminal

Stages and instructions (--no-… leaves out what the project gives reason for):
  --test               a target that runs go test
  --debug              a target with Delve
  --upx                pack the program
  --reproducible       the same sources give the same bytes
  --web                a Node stage that makes what is embedded
  --labels             OCI labels from the git remote and the licence
  --healthcheck        when the program or the image can answer

Files beside it:
  --compose            compose.yaml
  --bake               docker-bake.hcl
  --workflow           a GitHub workflow that builds, scans (--scan grype|trivy), signs and tags

  --improve            print a rewrite of the Dockerfile that is there, with what is the author's own in it, and list
                       what is not kept; --force writes it
  --yes                ask nothing, say nothing of other programs
  --stdout             print the Dockerfile, write nothing
  --json               print the plan, the choices and all files, write nothing
  --force              overwrite existing files

Examples:
  go-dockerfile generate
  go-dockerfile generate ./services/api --main ./cmd/api --base alpine --stdout
  go-dockerfile generate --main all --platforms linux/amd64,linux/arm64 --workflow
`;

const measure = `Builds a Dockerfile, or reads an image, and says where its bytes are, what is in it and what would make it smaller.

Usage: go-dockerfile measure [Dockerfile|image|archive] [options]

A file that is a tar is read as an archive of docker save, podman save or buildx, also gzip; - is one on standard input. Another
file, or the Dockerfile of a folder, is built. Anything else is an image of docker or podman. The default is the current folder.

Options:
  --format text|json|html   how to print the report; text. html is one page without scripts
  --budget SIZE             end with 1 when the image is larger, such as 20MB or 18.5MiB; a comment in the Dockerfile
                            says the same: # go-dockerfile budget=20MB
  --compare IMAGE           say what differs from another image, archive or Dockerfile
  --start                   start it for at most 10 seconds, without network, rights and a file system to write to
  --scan                    run syft, grype, trivy, govulncheck and cosign: those on the PATH, or images of them that the
                            engine has; they may use the network
  --sbom FILE               write a bill of materials: SPDX 2.3 when the name has spdx in it, else CycloneDX 1.6
  --target STAGE            the stage to build
  --platform PLATFORM       such as linux/arm64

Ends with 1 also when the image surely does not start. JSON is an ImageReport (server/image/report/model.ts).

Examples:
  go-dockerfile measure
  go-dockerfile measure --budget 20MB --compare registry.example/app:1.4 deploy/Dockerfile
  docker save app | go-dockerfile measure - --format html > report.html
`;

const lsp = `Runs the language server for an editor.

Usage: go-dockerfile lsp --stdio
`;

const pages: Readonly<Record<string, string>> = { lint, explain, generate, measure, lsp };

/** The help of a command, or of the whole program. */
export const help = (command: string | undefined): string => pages[command ?? ''] ?? overview;

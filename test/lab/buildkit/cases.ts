/** A Dockerfile for a current BuildKit, and where to look in what it makes. */
export interface BuildKitCase {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly dockerfile: string;
  readonly options?: readonly string[];
  /** Paths that the trace has to know for sure: `file` and `folder` are there, `absent` is not. */
  readonly sure?: Readonly<Record<string, 'file' | 'folder' | 'absent'>>;
  /** Paths that it may know or not, but never wrongly. */
  readonly asked?: readonly string[];
  /** The text of a file in the image. */
  readonly holds?: Readonly<Record<string, string>>;
}

const tree = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'cmd/api/main.go': 'package main\n\nfunc main() {}\n',
  'cmd/api/main_test.go': 'package main\n',
  'internal/greet/greet.go': 'package greet\n',
};

/** What BuildKit has learned since docker 20.10. */
export const buildKitCases: readonly BuildKitCase[] = [
  {
    name: 'RUN heredoc is one script',
    dockerfile: 'FROM alpine:3.23\nWORKDIR /out\nRUN <<EOF\nset -e\ntouch one\ncd /tmp\ntouch two\nEOF\n',
    asked: ['/out/one', '/tmp/two', '/out/two'],
  },
  {
    name: 'RUN heredoc for a program',
    dockerfile: 'FROM alpine:3.23\nRUN cat <<EOF > /made\none\nEOF\n',
    holds: { made: 'one\n' },
    asked: ['/made'],
  },
  {
    name: 'COPY heredoc makes a file',
    dockerfile: 'FROM scratch\nCOPY <<EOF /etc/app.conf\nport=80\nEOF\n',
    sure: { '/etc/app.conf': 'file', '/etc/EOF': 'absent' },
    holds: { 'etc/app.conf': 'port=80\n' },
  },
  {
    name: 'COPY heredocs into a folder',
    dockerfile: 'FROM scratch\nCOPY <<one <<two /etc/\n1\none\n2\ntwo\n',
    sure: { '/etc/one': 'file', '/etc/two': 'file' },
  },
  {
    name: 'COPY --link',
    files: tree,
    dockerfile: 'FROM scratch\nWORKDIR /src\nCOPY --link go.mod ./\n',
    sure: { '/src/go.mod': 'file', '/go.mod': 'absent' },
  },
  {
    name: 'COPY --chmod',
    files: tree,
    dockerfile: 'FROM scratch\nCOPY --chmod=0755 go.mod /app\n',
    sure: { '/app': 'file' },
  },
  {
    name: 'COPY --parents keeps the folders',
    files: tree,
    dockerfile: 'FROM scratch\nCOPY --parents cmd/api/main.go internal/greet/greet.go /src/\n',
    asked: ['/src/cmd/api/main.go', '/src/main.go', '/src/internal/greet/greet.go', '/src/greet.go'],
  },
  {
    name: 'COPY --parents from a pivot',
    files: tree,
    dockerfile: 'FROM scratch\nCOPY --parents ./cmd/./api/main.go /src/\n',
    asked: ['/src/api/main.go', '/src/cmd/api/main.go', '/src/main.go'],
  },
  {
    name: 'COPY --exclude leaves out',
    files: tree,
    dockerfile: 'FROM scratch\nCOPY --exclude=**/*_test.go . /src/\n',
    asked: ['/src/cmd/api/main.go', '/src/cmd/api/main_test.go', '/src/go.mod'],
  },
  {
    name: 'a cache mount is not in the image',
    dockerfile: 'FROM alpine:3.23\nRUN --mount=type=cache,target=/cache touch /cache/x /kept\n',
    asked: ['/cache/x', '/kept'],
  },
  {
    name: 'a tmpfs mount is not in the image',
    dockerfile: 'FROM alpine:3.23\nRUN --mount=type=tmpfs,target=/work touch /work/x /kept\n',
    asked: ['/work/x', '/kept'],
  },
  {
    name: 'a bind mount is not in the image',
    files: tree,
    dockerfile: 'FROM alpine:3.23\nRUN --mount=type=bind,target=/src cp /src/go.mod /copied\n',
    asked: ['/src/go.mod', '/copied'],
  },
  {
    name: 'a bind mount from a stage',
    files: tree,
    dockerfile:
      'FROM scratch AS files\nCOPY go.mod /go.mod\nFROM alpine:3.23\nRUN --mount=from=files,target=/f cp /f/go.mod /copied\n',
    asked: ['/f/go.mod', '/copied'],
  },
  {
    name: 'a secret is not in the image',
    files: { ...tree, token: 'secret\n' },
    dockerfile: 'FROM alpine:3.23\nRUN --mount=type=secret,id=token wc -c < /run/secrets/token > /size\n',
    options: ['--secret', 'id=token,src=token'],
    holds: { size: '7\n' },
    asked: ['/run/secrets/token', '/size'],
  },
  {
    name: 'a named context takes the place of an image',
    files: { 'assets/page.html': '<p>' },
    dockerfile: 'FROM scratch\nCOPY --from=assets page.html /page.html\n',
    options: ['--build-context', 'assets=assets'],
    asked: ['/page.html'],
  },
  {
    name: 'a named context takes the place of a stage',
    files: { 'assets/page.html': '<p>', 'own.html': '' },
    dockerfile: 'FROM scratch AS base\nCOPY own.html /own.html\nFROM base\nCOPY --from=base /page.html /copied.html\n',
    options: ['--build-context', 'base=assets'],
    holds: { 'page.html': '<p>\n', 'copied.html': '<p>\n' },
  },
  {
    name: 'ADD with a checksum of a file in the context',
    files: tree,
    dockerfile: 'FROM scratch\nADD go.mod /add/\n',
    sure: { '/add/go.mod': 'file' },
  },
];

/** A Dockerfile about which one of BuildKit's build checks and a rule of ours of the same meaning have something to say. */
export interface CheckCase {
  readonly check: string;
  /** One-based line of the check. */
  readonly line: number;
  readonly rule: string;
  /** One-based line of ours; on the line of the check, the editor says it once. */
  readonly ours: number;
  /** Beside a Go module. */
  readonly files?: Readonly<Record<string, string>>;
  readonly dockerfile: string;
}

/** One for each check that has a rule of the same meaning. */
export const checkCases: readonly CheckCase[] = [
  {
    check: 'JSONArgsRecommended',
    line: 4,
    rule: 'prefer-exec-form',
    ours: 4,
    files: { app: 'x' },
    dockerfile: 'FROM alpine:3.23\nCOPY app /app\nUSER 65532\nENTRYPOINT /app\n',
  },
  {
    // It does not look into RUN, where we look.
    check: 'UndefinedVar',
    line: 3,
    rule: 'declare-build-arg',
    ours: 4,
    dockerfile:
      'ARG VERSION=1\nFROM golang:1.26\nENV V=$VERSION\nRUN go build -ldflags="-X main.v=$VERSION" -o /app .\n',
  },
  {
    check: 'CopyIgnoredFile',
    line: 2,
    rule: 'no-ignored-source',
    ours: 2,
    files: { app: 'x', '.dockerignore': 'app\n' },
    dockerfile: 'FROM scratch\nCOPY app /app\nUSER 65532\nENTRYPOINT ["/app"]\n',
  },
  {
    // It speaks of the name, we speak of what is done with it.
    check: 'SecretsUsedInArgOrEnv',
    line: 2,
    rule: 'no-secret-in-build',
    ours: 3,
    dockerfile: 'FROM golang:1.26\nARG GITHUB_TOKEN\nRUN git clone https://$GITHUB_TOKEN@github.com/x/y\n',
  },
];

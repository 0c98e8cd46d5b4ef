import type { Outcome, RuleCases } from '../case.ts';

const secret = (found: (Outcome & { kind: 'secret' })['found'], target?: string): Outcome =>
  target === undefined ? { kind: 'secret', found } : { kind: 'secret', found, target };

const staged = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

const single = (...lines: readonly string[]): string => `FROM golang:1.26-alpine
WORKDIR /src
COPY . .
${lines.join('\n')}
RUN CGO_ENABLED=0 go build -o /app .
USER 65532:65532
ENTRYPOINT ["/app"]
`;

const netrc = 'RUN echo "machine git.example.com login x password ${TOKEN}" > ~/.netrc';
const config =
  'RUN git config --global url."https://${GITHUB_TOKEN}@git.example.com/".insteadOf "https://git.example.com/"';

export const noSecretInBuild: RuleCases = {
  rule: 'no-secret-in-build',
  cases: [
    {
      name: 'a build argument in the history of the image',
      project: 'module',
      dockerfile: single('ARG TOKEN', netrc, 'RUN go mod download'),
      reported: true,
      really: secret('history'),
      fixed: { title: /secret/, really: secret('nowhere') },
    },
    {
      name: 'what git config wrote, in the image of the stage',
      project: 'module',
      dockerfile: staged('ARG GITHUB_TOKEN', config, 'COPY go.mod go.sum ./', 'RUN go mod download'),
      reported: true,
      really: secret('history', 'build'),
      fixed: { title: /secret/, really: secret('nowhere', 'build') },
    },
    {
      name: 'the final image has nothing of it',
      project: 'module',
      dockerfile: staged('ARG GITHUB_TOKEN', config),
      reported: true,
      really: secret('nowhere'),
    },
    {
      name: 'a file that is removed again',
      project: 'hello',
      files: { '.netrc': 'machine git.example.com login x password lab0secret1of2nobody3\n' },
      dockerfile: single('COPY .netrc /root/.netrc', 'RUN rm /root/.netrc .netrc'),
      reported: true,
      really: secret('layers'),
    },
    {
      name: 'a secret mount that is read',
      project: 'hello',
      dockerfile: single(
        'RUN --mount=type=secret,id=netrc,target=/root/.netrc grep -q "machine git.example.com" /root/.netrc',
      ),
      reported: false,
      really: secret('nowhere'),
    },
  ],
};

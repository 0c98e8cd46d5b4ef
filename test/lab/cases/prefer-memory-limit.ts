import type { RuleCases } from '../case.ts';

const onto = (env = '', golang = 'golang:1.26'): string => `FROM ${golang} AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
${env}ENTRYPOINT ["/app"]
`;

/** Holds 36 MB, and makes two gigabytes of garbage. */
const files = {
  'go.mod': 'module example.com/hello\n\ngo 1.26\n',
  'main.go': `package main

import "fmt"

var held, scrap [][]byte

func filled() []byte {
	bytes := make([]byte, 1<<20)
	for i := range bytes {
		bytes[i] = 1
	}
	return bytes
}

func main() {
	for range 36 {
		held = append(held, filled())
	}
	for range 2000 {
		scrap = [][]byte{filled()}
	}
	fmt.Println("holds", len(held))
}
`,
  'compose.yaml': 'services:\n  web:\n    build: .\n    mem_limit: 64m\n',
};

const works = { kind: 'works', output: /holds 36/, memory: '64m' } as const;

export const preferMemoryLimit: RuleCases = {
  rule: 'prefer-memory-limit',
  cases: [
    {
      name: 'it holds half of what it may',
      project: 'hello',
      files,
      dockerfile: onto(),
      reported: true,
      really: { kind: 'run fails', status: 137, says: /^\s*$/, memory: '64m' },
      fixed: { title: /Set GOMEMLIMIT to 57MiB in the image/, really: works },
    },
    {
      name: 'the newest Go does not read the limit of its container either',
      project: 'hello',
      files,
      dockerfile: onto('', 'golang:1.27'),
      reported: true,
      really: { kind: 'run fails', status: 137, says: /^\s*$/, memory: '64m' },
    },
    {
      name: 'the image tells the collector',
      project: 'hello',
      files,
      dockerfile: onto('ENV GOMEMLIMIT=50MiB\n'),
      reported: false,
      really: works,
    },
  ],
};

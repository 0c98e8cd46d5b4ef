import { noGoRunInFinalImage } from '../../server/analysis/rules/no-go-run-in-final-image.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.web;
const image = (start: string, from = 'golang:1.26', copy = 'COPY . .'): string =>
  `FROM ${from}\nWORKDIR /src\n${copy}\n${start}\n`;
const messages = ['Every container compiles the program anew before it starts it.'];

testRule(noGoRunInFinalImage, {
  valid: [
    { name: 'a binary', files, code: image('RUN go build -o /app .\nCMD ["/app"]') },
    { name: 'go test', files, code: image('CMD ["go", "test", "./..."]') },
    { name: 'go run in a RUN', files, code: image('RUN go run ./gen\nCMD ["bash"]') },
    { name: 'a development stage', files, code: image('CMD ["go", "run", "."]', 'golang:1.26 AS dev') },
    { name: 'a development file', files, path: 'Dockerfile.dev', code: image('CMD ["go", "run", "."]') },
    { name: 'a development folder', files, path: 'docker/dev/Dockerfile', code: image('CMD ["go", "run", "."]') },
    {
      name: 'a stage that another one continues',
      files,
      code: `${image('CMD ["go", "run", "."]', 'golang:1.26 AS a')}\nFROM a\nCMD ["/app"]\n`,
    },
    { name: 'mounted sources', files, code: image('CMD ["go", "run", "."]', 'golang:1.26', '') },
    { name: 'air', files, code: image('CMD ["air"]') },
    { name: 'a longer script', files, code: image('CMD ./migrate && go run .') },
    { name: 'another image', files, code: image('CMD ["go", "run", "."]', 'example.com/go:1') },
  ],
  invalid: [
    {
      name: 'exec form',
      files,
      code: image('CMD «["go", "run", "."]»'),
      messages,
      fixed: image('RUN go build -o /usr/local/bin/app .\nCMD ["/usr/local/bin/app"]'),
      severity: 'warning',
    },
    {
      name: 'a package and arguments',
      files,
      code: image('ENTRYPOINT «["go", "run", "./cmd/server", "--port", "80"]»', 'golang:1.26-alpine'),
      messages,
      fixed: image(
        'RUN go build -o /usr/local/bin/app ./cmd/server\nENTRYPOINT ["/usr/local/bin/app", "--port", "80"]',
        'golang:1.26-alpine',
      ),
    },
    { name: 'shell form', files, code: image('CMD «go run main.go»'), messages },
    { name: 'flags', files, code: image('CMD «["go", "run", "-tags", "x", "."]»'), messages },
    { name: 'two files', files, code: image('CMD «["go", "run", "main.go", "other.go"]»'), messages },
  ],
});

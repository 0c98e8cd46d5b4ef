import { preferExecForm } from '../../server/analysis/rules/prefer-exec-form.ts';
import { testRule } from '../support/test-rule.ts';

const file = (lines: string, base = 'debian:trixie-slim'): string =>
  `FROM golang:1.26 AS build\nRUN go build -o /app .\n\nFROM ${base}\nCOPY --from=build /app /app\n${lines}\n`;
const waits = (keyword: string, program = '/app'): string =>
  `${keyword} starts ${program} through a shell, which passes no signal on: docker stop kills it.`;

testRule(preferExecForm, {
  valid: [
    { name: 'an array', code: file('ENTRYPOINT ["/app"]\nCMD ["--port", "80"]') },
    { name: 'no shell in the image', code: file('CMD /app', 'scratch') },
    { name: 'an image nobody described', code: file('CMD /app', 'example.com/base') },
    { name: 'exec', code: file('CMD exec /app --port $PORT') },
    { name: 'several commands', code: file('CMD /migrate && /app') },
    { name: 'an assignment', code: file('CMD PORT=80 /app') },
    { name: 'a redirection', code: file('CMD /app > /log') },
    { name: 'a later one replaces it', code: file('CMD /app\nCMD ["/app"]') },
    { name: 'a shell is asked for', code: file('SHELL ["/bin/bash", "-c"]\nCMD /app') },
    { name: 'single quotes', code: file("CMD ['/app']") },
    { name: 'a development stage', code: file('CMD /app', 'debian AS dev') },
    { name: 'an ONBUILD', code: file('ONBUILD CMD /app') },
    { name: 'HEALTHCHECK and RUN', code: file('HEALTHCHECK CMD /app --health\nRUN /app\nENTRYPOINT ["/app"]') },
  ],
  invalid: [
    {
      name: 'CMD',
      code: file('CMD «/app --port 80»'),
      messages: [waits('CMD')],
      fixed: file('CMD ["/app", "--port", "80"]'),
      severity: 'warning',
      fixes: ['Write it as a JSON array'],
    },
    {
      name: 'ENTRYPOINT with a variable',
      code: file('ENTRYPOINT «./app --port=$PORT»'),
      messages: [waits('ENTRYPOINT', './app')],
      fixed: file('ENTRYPOINT exec ./app --port=$PORT'),
      fixes: ['Let exec replace the shell'],
    },
    {
      name: 'Alpine',
      code: file('CMD «/app»', 'alpine:3.24'),
      messages: ['CMD starts a shell only to start /app.'],
      fixed: file('CMD ["/app"]', 'alpine:3.24'),
      severity: 'hint',
    },
    {
      name: 'CMD behind ENTRYPOINT',
      code: file('ENTRYPOINT ["/app"]\nCMD «--port 80»'),
      messages: ['ENTRYPOINT gets /bin/sh -c and the text of CMD as arguments.'],
      fixed: file('ENTRYPOINT ["/app"]\nCMD ["--port", "80"]'),
      related: ['It is the program that is started.'],
    },
  ],
});

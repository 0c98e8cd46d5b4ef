import { copyIntoDirectory } from '../../server/analysis/rules/copy-into-directory.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const file = (lines: string, base = 'alpine:3.24'): string =>
  `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\n\nFROM ${base}\n${lines}\n`;
const files = { ...programs.hello, 'config.yaml': '', 'web/index.html': '' };
const text = '/app becomes a file here, and a folder is needed below: the build stops.';
const copy = 'COPY --from=build /out/app';

testRule(copyIntoDirectory, {
  valid: [
    { name: 'a slash', files, code: file(`${copy} /app/\nWORKDIR /app`) },
    { name: 'WORKDIR before', files, code: file(`WORKDIR /app\n${copy} /app`) },
    { name: 'a folder of the image', files, code: file(`${copy} /usr/local/bin\nWORKDIR /usr/local/bin`) },
    { name: 'a dot', files, code: file(`WORKDIR /app\n${copy} .\nWORKDIR /app/x`) },
    { name: 'no use as a folder', files, code: file(`${copy} /app\nWORKDIR /\nENTRYPOINT ["/app"]`) },
    { name: 'another file takes its place', files, code: file(`${copy} /app\nCOPY config.yaml /app`) },
    { name: 'a folder', files, code: file('COPY web /app\nWORKDIR /app') },
    { name: 'a file nobody knows', code: file('COPY config.yaml /app\nWORKDIR /app') },
    { name: 'a file of an image nobody knows', files, code: file('COPY --from=example.com/x /x /app\nWORKDIR /app') },
    { name: 'several files', files, code: file('COPY config.yaml go.mod /app\nWORKDIR /app') },
    { name: 'a command moves it', files, code: file(`${copy} /app\nRUN mv /app /x\nWORKDIR /app`) },
    { name: 'a script may', files, code: file(`${copy} /app\nRUN ./setup.sh\nWORKDIR /app`) },
    { name: 'an image nobody described', files, code: file(`${copy} /app\nWORKDIR /app`, 'example.com/base') },
  ],
  invalid: [
    {
      name: 'WORKDIR below',
      files,
      code: file(`${copy} «/app»\nWORKDIR /app\nENTRYPOINT ["./app"]`),
      messages: [text],
      fixed: file(`${copy} /app/\nWORKDIR /app\nENTRYPOINT ["./app"]`),
      severity: 'error',
      related: ['WORKDIR makes it a folder.'],
    },
    {
      name: 'another COPY into it',
      files,
      code: file(`${copy} «/app»\nCOPY config.yaml /app/config.yaml`),
      messages: [text],
      fixed: file(`${copy} /app/\nCOPY config.yaml /app/config.yaml`),
      related: ['This copies into it as a folder.'],
    },
    {
      name: 'a file of the context, and a folder below',
      files,
      code: file('COPY config.yaml «/app»\nCOPY web /app/web'),
      messages: [text],
      fixed: file('COPY config.yaml /app/\nCOPY web /app/web'),
    },
    {
      name: 'over a stage',
      files,
      code: file(`${copy} «/app»\n\nFROM base\nWORKDIR /app`, 'alpine:3.24 AS base'),
      messages: [text],
      fixed: file(`${copy} /app/\n\nFROM base\nWORKDIR /app`, 'alpine:3.24 AS base'),
    },
  ],
});

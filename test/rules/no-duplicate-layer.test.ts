import { noDuplicateLayer } from '../../server/analysis/rules/no-duplicate-layer.ts';
import { testRule } from '../support/test-rule.ts';

const file = (lines: string, name = ''): string =>
  `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\n\nFROM alpine:3.24${name}\n${lines}\nENTRYPOINT ["/app"]\n`;
const text = (program: string, path = '/app'): string =>
  `${program} puts ${path} into the image a second time: a layer holds whole files.`;
const files = {
  'go.mod': 'module example.com/app\n',
  app: '',
  'run.sh': '',
  'main.go': 'package main\n\nfunc main() {}\n',
};

testRule(noDuplicateLayer, {
  valid: [
    { name: 'flags of COPY', code: file('COPY --from=build --chmod=0755 /out/app /app') },
    { name: 'another file', code: file('COPY --from=build /out/app /app\nCOPY run.sh /run.sh\nRUN chmod +x /run.sh') },
    {
      name: 'a script that is started',
      files,
      code: file('COPY run.sh /app.sh\nRUN chmod +x /app.sh').replace('"/app"', '"/app.sh"'),
    },
    { name: 'before it is there', code: file('RUN mkdir /x && chown 1:1 /x\nCOPY --from=build /out/app /app') },
    {
      name: 'in the stage that builds',
      code: file('COPY --from=build /out/app /app').replace(
        'go build -o /out/app .',
        'go build -o /out/app .\nRUN chmod +x /out/app',
      ),
    },
    { name: 'a development stage', code: file('COPY --from=build /out/app /app\nRUN chmod +x /app', ' AS debug') },
    { name: 'it may not run', code: file('COPY --from=build /out/app /app\nRUN test -x /app || chmod +x /app') },
    { name: 'a path nobody knows', code: file('ARG P\nCOPY --from=build /out/app /app\nRUN chmod +x $P') },
    { name: 'where it is moved to', code: file('COPY --from=build /out/app /app\nRUN mv /etc/x /app') },
    {
      name: 'one stage',
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nRUN chmod +x /app\nENTRYPOINT ["/app"]\n',
    },
  ],
  invalid: [
    {
      name: 'chmod +x',
      code: file('COPY --from=build /out/app /app\nRUN «chmod +x /app»'),
      messages: [text('chmod')],
      fixed: file('COPY --chmod=0755 --from=build /out/app /app'),
      severity: 'warning',
      fixes: ['Copy it with --chmod=0755'],
      related: ['It is in this layer already.'],
    },
    {
      name: 'among other commands',
      code: file('COPY --from=build /out/app /app\nRUN adduser -D app && «chmod 755 /app» && mkdir /data'),
      messages: [text('chmod')],
      fixed: file('COPY --chmod=755 --from=build /out/app /app\nRUN adduser -D app && mkdir /data'),
    },
    {
      name: 'once for a RUN, which makes one layer',
      code: file('COPY --from=build /out/app /app\nRUN «chown -R nobody /app» && chmod u+x /app'),
      messages: [text('chown')],
    },
    {
      name: 'chown by number',
      code: file('COPY --from=build /out/app /app\nRUN «chown 65532:65532 /app»'),
      messages: [text('chown')],
      fixed: file('COPY --chown=65532:65532 --from=build /out/app /app'),
    },
    {
      name: 'chown by name has no fix, as the name may come later',
      code: file('COPY --from=build /out/app /app\nRUN adduser -D app && «chown app /app»'),
      messages: [text('chown')],
    },
    {
      name: 'a folder',
      code: file('COPY --from=build /out /out\nRUN «chown -R 65532 /out»').replace('"/app"', '"/out/app"'),
      messages: [text('chown', '/out/app')],
      fixed: file('COPY --chown=65532 --from=build /out /out').replace('"/app"', '"/out/app"'),
    },
    {
      name: 'a folder above',
      code: file('WORKDIR /srv\nCOPY --from=build /out/app .\nRUN «chmod -R 755 /srv»').replace('"/app"', '"./app"'),
      messages: [text('chmod', '/srv/app')],
    },
    {
      name: 'mv',
      code: file('COPY --from=build /out/app /a\nRUN «mv /a /app»'),
      messages: [text('mv', '/a')],
    },
    {
      name: 'strip',
      code: file('COPY --from=build /out/app /app\nRUN apk add binutils && «strip /app»'),
      messages: [text('strip')],
    },
    {
      name: 'a program of the context',
      files,
      code: file('COPY app /app\nRUN «chmod 0755 /app»'),
      messages: [text('chmod')],
      fixed: file('COPY --chmod=0755 app /app'),
    },
    {
      name: 'over a stage',
      code: file('COPY --from=build /out/app /app\n\nFROM base\nRUN «chmod +x /app»', ' AS base'),
      messages: [text('chmod')],
      fixed: file('COPY --chmod=0755 --from=build /out/app /app\n\nFROM base', ' AS base'),
    },
  ],
});

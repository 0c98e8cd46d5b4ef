import { noUpx } from '../../server/analysis/rules/no-upx.ts';
import { testRule } from '../support/test-rule.ts';

const file = (lines: string, name = 'build'): string =>
  `FROM golang:1.26 AS ${name}\nWORKDIR /src\nCOPY . .\n${lines}\n\nFROM scratch\nCOPY --from=build /app /app\n`;
const text =
  'upx makes the program slower to start and hides its modules from scanners, and the compressed image hardly smaller.';

testRule(noUpx, {
  valid: [
    { name: 'no upx', code: file('RUN go build -o /app .') },
    { name: 'installed alone', code: file('RUN apt-get install -y upx-ucl\nRUN go build -o /app .') },
    { name: 'unpacks', code: file('RUN go build -o /app . && upx -d /app') },
    { name: 'says its version', code: file('RUN go build -o /app . && upx --version') },
    { name: 'of something else', code: `FROM alpine AS tools\nRUN upx /bin/tool\n\n${file('RUN go build -o /app .')}` },
    { name: 'only named', code: file('RUN go build -o /app . && echo upx /app') },
    {
      name: 'a development stage',
      code: `${file('RUN go build -o /app .')}\nFROM golang:1.26 AS dev\nRUN go build -o /x . && upx /x\n`,
    },
  ],
  invalid: [
    {
      name: 'behind the build',
      code: file('RUN go build -o /app . && «upx --best --lzma /app»'),
      messages: [text],
      fixed: file('RUN go build -o /app .'),
      severity: 'information',
    },
    {
      name: 'in a RUN of its own',
      code: file('RUN go build -o /app .\nRUN «/usr/bin/upx -9 /app»'),
      messages: [text],
      fixed: file('RUN go build -o /app .'),
    },
    {
      name: 'in a loop there is no fix',
      code: file('RUN go build -o /app . && for f in /app; do «upx $f»; done'),
      messages: [text],
    },
  ],
});

import { preferNumericUser } from '../../server/analysis/rules/prefer-numeric-user.ts';
import { testRule } from '../support/test-rule.ts';

const build = 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n';
const on = (base: string, rest: string): string =>
  `${build}FROM ${base}\nCOPY --from=build /app /app\n${rest}\nENTRYPOINT ["/app"]\n`;
const cluster = (user: string, uid: number): string =>
  `Kubernetes cannot see that ${user} is not root; its number is ${uid}.`;

testRule(preferNumericUser, {
  valid: [
    { name: 'a number', code: on('scratch', 'USER 65532:65532') },
    { name: 'no USER', code: on('scratch', '') },
    { name: 'a table was copied', code: on('scratch', 'COPY --from=build /etc/passwd /etc/passwd\nUSER nobody') },
    { name: 'a folder with one was copied', code: on('scratch', 'COPY rootfs/ /\nUSER app') },
    { name: 'an image was copied', code: on('scratch', 'COPY --from=alpine / /\nUSER nobody') },
    { name: 'a variable without a default', code: on('scratch', 'ARG U\nUSER $U') },
    { name: 'replaced by a later USER', code: on('scratch', 'USER nobody\nUSER 65534') },
    { name: 'nothing is started', code: `${build}FROM scratch\nCOPY --from=build /app /\nUSER nobody\n` },
    { name: 'a development stage', code: on('scratch AS dev', 'USER nobody') },
    { name: 'root is another rule', code: on('alpine:3.24', 'USER root') },
    { name: 'a user without a written number', code: on('alpine:3.24', 'RUN adduser -D app\nUSER app') },
    { name: 'the number is a variable', code: on('alpine:3.24', 'ARG ID\nRUN adduser -D -u $ID app\nUSER app') },
    {
      name: 'a variable with a default, which a builder may change',
      code: on('alpine:3.24', 'ARG ID=1000\nRUN adduser -D -u ${ID} app\nUSER app'),
    },
    {
      name: 'the same with --uid=',
      code: on('debian:trixie-slim', 'ARG ID=1000\nRUN useradd --uid=$ID app\nUSER app'),
    },
    { name: 'a group of that name', code: on('alpine:3.24', 'RUN adduser -D -u 10001 -G app other\nUSER app') },
    { name: 'added in a branch', code: on('alpine:3.24', 'RUN id app || adduser -D -u 10001 app\nUSER app') },
    {
      name: 'changed afterwards',
      code: on('debian:trixie-slim', 'RUN useradd -u 10001 app && usermod -u 10002 app\nUSER app'),
    },
    { name: 'a table copied over it', code: on('alpine:3.24', 'COPY passwd /etc/passwd\nUSER nobody') },
    { name: 'a script may have changed it', code: on('alpine:3.24', 'RUN ./users.sh\nUSER nobody') },
    { name: 'an image nobody described', code: on('example.com/base:1', 'USER nonroot') },
  ],
  invalid: [
    {
      name: 'nonroot in scratch',
      code: on('scratch', 'USER «nonroot»'),
      messages: ['There is no /etc/passwd to look nonroot up in: the container does not start.'],
      fixed: on('scratch', 'USER 65532:65532'),
      severity: 'error',
      related: ['scratch has no /etc/passwd.'],
    },
    {
      name: 'a user of the build stage, by variable',
      code: on('scratch', 'ARG U=app\nUSER «$U»'),
      messages: ['There is no /etc/passwd to look app up in: the container does not start.'],
      fixed: on('scratch', 'ARG U=app\nUSER 65532:65532'),
    },
    {
      name: 'a group by name',
      code: on('scratch', 'USER «65534:nogroup»'),
      messages: ['There is no /etc/group to look nogroup up in: the container does not start.'],
      fixed: on('scratch', 'USER 65534:65534'),
    },
    {
      name: 'nonroot of distroless',
      code: on('gcr.io/distroless/static-debian13', 'USER «nonroot:nonroot»'),
      messages: [cluster('nonroot', 65532)],
      fixed: on('gcr.io/distroless/static-debian13', 'USER 65532:nonroot'),
      severity: 'information',
    },
    {
      name: 'adduser of Alpine',
      code: on(
        'alpine:3.24',
        'RUN addgroup -g 10001 app && adduser -D -H -s /sbin/nologin -G app -u 10001 app\nUSER «app»',
      ),
      messages: [cluster('app', 10001)],
      fixed: on(
        'alpine:3.24',
        'RUN addgroup -g 10001 app && adduser -D -H -s /sbin/nologin -G app -u 10001 app\nUSER 10001',
      ),
    },
    {
      name: 'useradd of Debian, in the stage it starts from',
      code: `${build}FROM debian:trixie-slim AS base\nRUN useradd --uid=1234 --no-create-home app\n\nFROM base\nCOPY --from=build /app /app\nUSER «app»\nCMD ["/app"]\n`,
      messages: [cluster('app', 1234)],
      fixed: `${build}FROM debian:trixie-slim AS base\nRUN useradd --uid=1234 --no-create-home app\n\nFROM base\nCOPY --from=build /app /app\nUSER 1234\nCMD ["/app"]\n`,
    },
  ],
});

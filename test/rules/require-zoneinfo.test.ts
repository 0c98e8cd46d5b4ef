import { requireZoneinfo } from '../../server/analysis/rules/require-zoneinfo.ts';
import { testRule } from '../support/test-rule.ts';

const program = (body: string, imports = '"time"') => ({
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${body}\n}\n`,
});
const paris = program('\ttime.LoadLocation("Europe/Paris")');
const clock = program('\ttime.Now()');

const onto = (runtime: string, build = 'RUN CGO_ENABLED=0 go build -o /app .'): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${build}

${runtime}
`;
const run = 'COPY --from=build /app /app\nENTRYPOINT ["/app"]';
const tagged = 'RUN CGO_ENABLED=0 go build -tags timetzdata -o /app .';

testRule(requireZoneinfo, {
  valid: [
    { name: 'nothing is known', code: onto(`FROM scratch\n${run}`) },
    ...[
      'gcr.io/distroless/static-debian13',
      'debian:trixie-slim',
      'ubuntu:24.04',
      'golang:1.26-alpine',
      'x.example/y',
    ].map((image) => ({ name: image, files: paris, code: onto(`FROM ${image}\n${run}`) })),
    ...['"UTC"', '"Local"', '""', '`UTC`'].map((zone) => ({
      name: `LoadLocation(${zone})`,
      files: program(`\ttime.LoadLocation(${zone})`),
      code: onto(`FROM scratch\n${run}`),
    })),
    { name: 'a clock', files: clock, code: onto(`FROM scratch\n${run}`) },
    {
      name: 'zones are in the program',
      files: program('\ttime.LoadLocation("Europe/Paris")', '"time"\n_ "time/tzdata"'),
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'zones come with a package of its own',
      files: {
        ...program('\ttime.LoadLocation("Europe/Paris")', '"time"\n_ "example.com/app/zones"'),
        'zones/zones.go': 'package zones\n\nimport _ "time/tzdata"\n',
      },
      code: onto(`FROM scratch\n${run}`),
    },
    {
      name: 'a module of which nothing is known may bring them',
      files: program('\ttime.LoadLocation("Europe/Paris")', '"time"\n_ "example.org/stranger"'),
      code: onto(`FROM scratch\n${run}`),
    },
    { name: 'the tag', files: paris, code: onto(`FROM scratch\n${run}`, tagged) },
    {
      name: 'the tag among others',
      files: paris,
      code: onto(`FROM scratch\n${run}`, 'RUN CGO_ENABLED=0 go build -tags=netgo,timetzdata -o /app .'),
    },
    {
      name: 'the tag in GOFLAGS',
      files: paris,
      code: onto(`FROM scratch\n${run}`, 'ENV GOFLAGS=-tags=timetzdata\nRUN CGO_ENABLED=0 go build -o /app .'),
    },
    ...[
      'COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo',
      'COPY --from=build /usr/share/zoneinfo/Europe /usr/share/zoneinfo/Europe',
      'COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /usr/local/go/lib/time/zoneinfo.zip',
      'COPY --from=build /usr/local/go /usr/local/go',
      'ENV ZONEINFO=/zoneinfo.zip',
    ].map((line) => ({ name: line, files: paris, code: onto(`FROM scratch\n${line}\n${run}`) })),
    ...[
      'RUN apk add --no-cache tzdata',
      'RUN apk add postgresql',
      'RUN test -f /x || apk add tzdata',
      'ARG PACKAGES\nRUN apk add $PACKAGES',
      'RUN ./setup.sh',
    ].map((line) => ({
      name: `alpine, ${line}`,
      files: paris,
      code: onto(`FROM alpine:3.24\n${line}\n${run}`),
    })),
    {
      name: 'a compose file mounts them',
      files: paris,
      code: onto(`FROM scratch\n${run}`),
      mounts: ['/usr/share/zoneinfo'],
    },
    { name: 'TZ is UTC', files: clock, code: onto(`FROM alpine:3.24\nENV TZ=UTC\n${run}`) },
    {
      name: 'TZ of the build stage',
      files: clock,
      code: onto(`FROM alpine:3.24\n${run}`, 'ENV TZ=Europe/Paris\nRUN CGO_ENABLED=0 go build -o /app .'),
    },
    { name: 'TZ nobody knows', files: clock, code: onto(`FROM alpine:3.24\nARG ZONE\nENV TZ=$ZONE\n${run}`) },
    {
      name: 'another LoadLocation',
      files: program('\tzones.LoadLocation("Europe/Paris")', 'zones "example.com/app/zones"'),
      code: onto(`FROM scratch\n${run}`),
    },
  ],
  invalid: [
    {
      name: 'a zone in scratch',
      files: paris,
      code: onto(`FROM «scratch»\n${run}`),
      messages: ['/app loads the time zone Europe/Paris, and scratch has none: unknown time zone Europe/Paris.'],
      fixed: onto(`FROM scratch\n${run}`, tagged),
      fixes: ['Build with -tags timetzdata', 'Copy zoneinfo.zip of Go'],
      severity: 'warning',
    },
    {
      name: 'a zone on Alpine',
      files: paris,
      code: onto(`FROM «alpine:3.24»\nRUN apk add --no-cache ca-certificates curl\n${run}`),
      messages: ['/app loads the time zone Europe/Paris, and alpine:3.24 has none: unknown time zone Europe/Paris.'],
      fixed: onto(`FROM alpine:3.24\nRUN apk add --no-cache ca-certificates curl\n${run}`, tagged),
      fixes: ['Build with -tags timetzdata', 'Copy zoneinfo.zip of Go', 'Install tzdata'],
    },
    {
      name: 'a name from elsewhere',
      files: program('\ttime.LoadLocation(name())'),
      code: onto(`FROM «busybox:1.38»\n${run}`),
      messages: ['/app loads time zones by name, and busybox:1.38 has none: all but UTC fail.'],
      fixed: onto(`FROM busybox:1.38\n${run}`, tagged),
      severity: 'information',
    },
    {
      name: 'tags there are',
      files: paris,
      code: onto(`FROM «scratch»\n${run}`, 'RUN go build -tags "netgo osusergo" -o /app .'),
      messages: ['/app loads the time zone Europe/Paris, and scratch has none: unknown time zone Europe/Paris.'],
      fixed: onto(`FROM scratch\n${run}`, 'RUN go build -tags "netgo osusergo timetzdata" -o /app .'),
    },
    {
      name: 'tags with commas',
      files: paris,
      code: onto(`FROM «scratch»\n${run}`, "RUN go build -tags='netgo,osusergo' -o /app ."),
      messages: ['/app loads the time zone Europe/Paris, and scratch has none: unknown time zone Europe/Paris.'],
      fixed: onto(`FROM scratch\n${run}`, "RUN go build -tags='netgo,osusergo,timetzdata' -o /app ."),
    },
    {
      name: 'an exec form has no place for a tag',
      files: paris,
      code: onto(`FROM «scratch»\n${run}`, 'ENV CGO_ENABLED=0\nRUN ["go", "build", "-o", "/app", "."]'),
      messages: ['/app loads the time zone Europe/Paris, and scratch has none: unknown time zone Europe/Paris.'],
      fixed: onto(
        `FROM scratch\nCOPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip\nENV ZONEINFO=/zoneinfo.zip\n${run}`,
        'ENV CGO_ENABLED=0\nRUN ["go", "build", "-o", "/app", "."]',
      ),
    },
    {
      name: 'TZ on Alpine',
      files: clock,
      code: onto(`FROM alpine:3.24\nENV «TZ=Europe/Paris»\n${run}`),
      messages: ['TZ=Europe/Paris has no effect on /app: alpine:3.24 has no time zones, so that it runs in UTC.'],
      fixed: onto(`FROM alpine:3.24\nENV TZ=Europe/Paris\n${run}`, tagged),
      fixes: ['Build with -tags timetzdata', 'Install tzdata'],
    },
  ],
});

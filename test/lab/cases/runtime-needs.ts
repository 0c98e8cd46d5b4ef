import { type RuleCases, runFails, works, worksLocked } from '../case.ts';

const onto = (
  base: string,
  lines: readonly string[] = [],
  build = 'go build -o /app .',
): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 ${build}

FROM ${base}
${lines.map((line) => `${line}\n`).join('')}COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

export const requireCaCertificates: RuleCases = {
  rule: 'require-ca-certificates',
  cases: [
    {
      name: 'scratch',
      project: 'certificates',
      dockerfile: onto('scratch'),
      reported: true,
      really: runFails(1, /no certificates/),
      fixed: { really: worksLocked(/certificates found/) },
    },
    {
      name: 'debian, copied',
      project: 'certificates',
      dockerfile: onto('debian:trixie-slim'),
      reported: true,
      really: runFails(1, /no certificates/),
      fixed: { title: /^Copy/, really: works(/certificates found/) },
    },
    {
      name: 'debian, installed',
      project: 'certificates',
      dockerfile: onto('debian:trixie-20261101-slim'),
      reported: true,
      really: runFails(1, /no certificates/),
      fixed: { title: /^Install ca-certificates/, really: works(/certificates found/) },
    },
    {
      name: 'distroless has them',
      project: 'certificates',
      dockerfile: onto('gcr.io/distroless/static-debian13:nonroot'),
      reported: false,
      really: works(/certificates found/),
    },
    {
      name: 'copied to another place where Go looks',
      project: 'certificates',
      dockerfile: onto('scratch', ['COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem']),
      reported: false,
      really: works(/certificates found/),
    },
    {
      name: 'SSL_CERT_FILE',
      project: 'certificates',
      dockerfile: onto('scratch', [
        'COPY --from=build /etc/ssl/certs/ca-certificates.crt /ca.crt',
        'ENV SSL_CERT_FILE=/ca.crt',
      ]),
      reported: false,
      really: works(/certificates found/),
    },
  ],
};

const clock = {
  'main.go': `package main

import (
	"fmt"
	"time"
)

func main() { fmt.Println("here", time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).Local().Format("15:04")) }
`,
};

export const requireZoneinfo: RuleCases = {
  rule: 'require-zoneinfo',
  cases: [
    {
      name: 'scratch, three ways out',
      project: 'zone',
      dockerfile: onto('scratch'),
      reported: true,
      really: runFails(1, /unknown time zone Asia\/Shanghai/),
      fixed: [{ really: worksLocked(/zone 08:00/) }, { title: /zoneinfo\.zip/, really: works(/zone 08:00/) }],
    },
    {
      name: 'alpine, with tags there already',
      project: 'zone',
      dockerfile: onto('alpine:3.24', [], 'go build -tags "netgo osusergo" -o /app .'),
      reported: true,
      really: runFails(1, /unknown time zone Asia\/Shanghai/),
      fixed: [
        { title: /timetzdata/, really: works(/zone 08:00/) },
        { title: /zoneinfo\.zip/, really: works(/zone 08:00/) },
        { title: /^Install tzdata/, really: works(/zone 08:00/) },
      ],
    },
    {
      name: 'distroless has them',
      project: 'zone',
      dockerfile: onto('gcr.io/distroless/static-debian13:nonroot'),
      reported: false,
      really: works(/zone 08:00/),
    },
    {
      name: 'the program has them',
      project: 'zone',
      files: { 'zones.go': 'package main\n\nimport _ "time/tzdata"\n' },
      dockerfile: onto('scratch'),
      reported: false,
      really: works(/zone 08:00/),
    },
    {
      name: 'TZ',
      project: 'hello',
      files: clock,
      dockerfile: onto('alpine:3.24', ['ENV TZ=Asia/Shanghai']),
      reported: true,
      really: works(/here 12:00/),
      fixed: { title: /timetzdata/, really: works(/here 20:00/) },
    },
    {
      name: 'TZ is UTC',
      project: 'hello',
      files: clock,
      dockerfile: onto('alpine:3.24', ['ENV TZ=UTC']),
      reported: false,
      really: works(/here 12:00/),
    },
  ],
};

const users = (call: string) => ({
  'main.go': `package main

import (
	"fmt"
	"log"
	"os/user"
)

func main() {
	found, err := user.${call}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("user", found.Uid)
}
`,
});

export const requireTmp: RuleCases = {
  rule: 'require-tmp',
  cases: [
    {
      name: 'temporary files in scratch',
      project: 'temporary',
      dockerfile: onto('scratch'),
      reported: true,
      really: runFails(1, /open \/tmp\/lab\d+: no such file or directory/),
      fixed: { title: /^Copy \/tmp/, really: works(/temporary uid 65532/) },
    },
    {
      name: 'temporary files on distroless',
      project: 'temporary',
      dockerfile: onto('gcr.io/distroless/static-debian13:nonroot'),
      reported: false,
      really: works(/temporary uid 65532/),
    },
    {
      name: 'a volume at /tmp',
      project: 'temporary',
      dockerfile: onto('scratch', ['VOLUME /tmp']).replace('USER 65532:65532\n', ''),
      reported: false,
      really: works(/temporary uid 0/),
    },
    {
      name: 'the current user',
      project: 'hello',
      files: users('Current()'),
      dockerfile: onto('scratch'),
      reported: true,
      really: runFails(1, /user: Current requires cgo or \$USER set in environment/),
      fixed: { title: /Set USER/, really: works(/user 65532/) },
    },
    {
      name: 'another user',
      project: 'hello',
      files: users('Lookup("root")'),
      dockerfile: onto('scratch'),
      reported: true,
      really: runFails(1, /open \/etc\/passwd: no such file or directory/),
      fixed: { title: /\/etc\/passwd/, really: works(/user 0/) },
    },
  ],
};

/** Asks itself on the port that is given, as whoever trusts EXPOSE would. */
const asking = (port: string) => ({
  'main.go': `package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"time"
)

func main() {
	go http.ListenAndServe(":8080", nil)
	for try := 0; try < 100; try++ {
		if found, err := net.Dial("tcp", "127.0.0.1:8080"); err == nil {
			found.Close()
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := net.Dial("tcp", "127.0.0.1:${port}"); err != nil {
		log.Fatal(err)
	}
	fmt.Println("answered")
}
`,
});

export const matchExposedPort: RuleCases = {
  rule: 'match-exposed-port',
  cases: [
    {
      name: 'another port',
      project: 'hello',
      files: asking('9090'),
      dockerfile: onto('scratch', ['EXPOSE 9090']),
      reported: true,
      really: runFails(1, /connection refused/),
      fixed: { title: /Expose 8080/, really: runFails(1, /127\.0\.0\.1:9090: connect: connection refused/) },
    },
    {
      name: 'the port',
      project: 'hello',
      files: asking('8080'),
      dockerfile: onto('scratch', ['EXPOSE 8080']),
      reported: false,
      really: works(/answered/),
    },
  ],
};

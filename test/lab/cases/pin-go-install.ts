import { type RuleCases, works } from '../case.ts';

/** The proxy has v1.0.0 and v1.1.0 of the tool; go.mod names v1.0.0. */
const installed = (...lines: readonly string[]): string => `FROM golang:1.26 AS proxy
COPY proxy /proxy
RUN cd /proxy && go run . /modules

FROM golang:1.26 AS build
COPY --from=proxy /modules /modules
ENV CGO_ENABLED=0 GOPROXY=file:///modules GONOSUMDB=example.com
${lines.join('\n')}

FROM scratch
COPY --from=build /go/bin/tool /tool
USER 65532:65532
ENTRYPOINT ["/tool"]
`;

export const pinGoInstall: RuleCases = {
  rule: 'pin-go-install',
  cases: [
    {
      name: 'latest is not what go.mod has',
      project: 'tooled',
      dockerfile: installed('RUN go install example.com/tool@latest'),
      reported: true,
      really: works(/tool v1\.1\.0/),
      fixed: { title: /as go\.mod does/, really: works(/tool v1\.0\.0/) },
    },
    {
      name: 'v1 moves too',
      project: 'tooled',
      dockerfile: installed('RUN go install example.com/tool@v1'),
      reported: true,
      really: works(/tool v1\.1\.0/),
      fixed: { title: /as go\.mod does/, really: works(/tool v1\.0\.0/) },
    },
    {
      name: 'a whole version stays',
      project: 'tooled',
      dockerfile: installed('RUN go install example.com/tool@v1.0.0'),
      reported: false,
      really: works(/tool v1\.0\.0/),
    },
  ],
};

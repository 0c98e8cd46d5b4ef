import { buildFails, type RuleCases, works } from '../case.ts';

const installed = (...lines: readonly string[]): string => `FROM golang:1.26 AS proxy
COPY proxy /proxy
RUN cd /proxy && go run . /modules

FROM golang:1.26 AS build
COPY --from=proxy /modules /modules
ENV CGO_ENABLED=0 GOPROXY=file:///modules GONOSUMDB=example.com
${lines.join('\n')}
RUN tool && mkdir /out && cp "$(command -v tool)" /out/tool

FROM scratch
COPY --from=build /out/tool /tool
USER 65532:65532
ENTRYPOINT ["/tool"]
`;

const install = 'RUN go install example.com/tool@v1.0.0';

export const installOnPath: RuleCases = {
  rule: 'install-on-path',
  cases: [
    {
      name: 'another GOPATH',
      project: 'tooled',
      dockerfile: installed('ENV GOPATH=/elsewhere', install, 'RUN tool'),
      reported: true,
      really: buildFails(/tool: not found/),
      fixed: { title: /on the PATH/, really: works(/tool v1\.0\.0/) },
    },
    {
      name: '/go/bin',
      project: 'tooled',
      dockerfile: installed(install, 'RUN tool'),
      reported: false,
      really: works(/tool v1\.0\.0/),
    },
    {
      name: 'GOBIN on the PATH',
      project: 'tooled',
      dockerfile: installed('ENV GOPATH=/elsewhere GOBIN=/usr/local/bin', install, 'RUN tool'),
      reported: false,
      really: works(/tool v1\.0\.0/),
    },
  ],
};

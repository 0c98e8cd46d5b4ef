import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (from: string, command: string, path: string): string => `FROM ${from} AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 ${command}

FROM scratch
COPY --from=build ${path} /app
ENTRYPOINT ["/app"]
`;

const crossing = '--platform=$BUILDPLATFORM golang:1.26';

export const noCrossGoInstall: RuleCases = {
  rule: 'no-cross-go-install',
  cases: [
    {
      name: 'for another system, to a folder of its own',
      project: 'hello',
      dockerfile: onto('golang:1.26', 'GOOS=windows go install .', '/go/bin/hello.exe'),
      reported: true,
      really: buildFails(/"\/go\/bin\/hello\.exe"[^\n]*not found/),
    },
    {
      name: 'with GOBIN',
      project: 'hello',
      dockerfile: onto('golang:1.26', 'GOOS=windows GOBIN=/out go install .', '/out/hello.exe'),
      reported: true,
      really: buildFails(/cannot install cross-compiled binaries when GOBIN is set/),
    },
    {
      // The lab builds for its own platform, on which it works; that is why the rule only warns.
      name: 'for the target platform',
      project: 'hello',
      dockerfile: onto(crossing, 'GOOS=$TARGETOS GOARCH=$TARGETARCH go install .', '/go/bin/hello'),
      reported: true,
      really: works(/hello uid=/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'natively',
      project: 'hello',
      dockerfile: onto('golang:1.26', 'go install .', '/go/bin/hello'),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

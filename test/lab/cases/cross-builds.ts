import { type Outcome, type RuleCases, works } from '../case.ts';

const crosses = (app: (Outcome & { kind: 'crosses' })['app']): Outcome => ({ kind: 'crosses', app });

/** The processor of the machine that builds. */
const own = process.arch === 'arm64' ? 'arm64' : 'amd64';

const dockerfile = (from: string, lines: string): string => `FROM ${from} AS build
WORKDIR /src
COPY . .
${lines}

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

const builder = '--platform=$BUILDPLATFORM golang:1.26';
const follows = 'ARG TARGETOS TARGETARCH\nRUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .';

export const noHardcodedGoarch: RuleCases = {
  rule: 'no-hardcoded-goarch',
  cases: [
    {
      name: 'a prefix',
      project: 'hello',
      dockerfile: dockerfile(builder, `RUN CGO_ENABLED=0 GOOS=linux GOARCH=${own} go build -o /app .`),
      reported: true,
      really: crosses('builder'),
      fixed: { title: /target platform/, really: crosses('target') },
    },
    {
      name: 'ENV',
      project: 'hello',
      dockerfile: dockerfile(builder, `ENV CGO_ENABLED=0 GOARCH=${own}\nRUN go build -o /app .`),
      reported: true,
      really: crosses('builder'),
      fixed: { title: /target platform/, really: crosses('target') },
    },
    {
      name: "an export, and the machine's own platform after the fix",
      project: 'hello',
      dockerfile: dockerfile('golang:1.26', `RUN export CGO_ENABLED=0 GOARCH=${own} && go build -o /app .`),
      reported: true,
      really: works(/hello/),
      fixed: { title: /target platform/, really: works(/hello/) },
    },
    {
      name: 'the processor of the target',
      project: 'hello',
      dockerfile: dockerfile(builder, follows),
      reported: false,
      really: crosses('target'),
    },
  ],
};

export const preferNativeBuilder: RuleCases = {
  rule: 'prefer-native-builder',
  cases: [
    {
      name: 'cross-compiled after the fix',
      project: 'web',
      dockerfile: dockerfile('golang:1.26', follows),
      reported: true,
      really: works(/web/),
      fixed: [
        { title: /build platform/, really: crosses('target') },
        { title: /build platform/, really: works(/web/) },
      ],
    },
    {
      name: 'cgo',
      project: 'cgo',
      dockerfile: dockerfile(
        'golang:1.26',
        'ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -ldflags "-extldflags -static" -o /app .',
      ),
      reported: false,
      really: works(/cgo 42/),
    },
    {
      name: 'on the build platform',
      project: 'web',
      dockerfile: dockerfile(builder, follows),
      reported: false,
      really: crosses('target'),
    },
  ],
};

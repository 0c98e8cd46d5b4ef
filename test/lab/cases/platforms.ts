import type { LabCase, Outcome, RuleCases } from '../case.ts';

type Crossing = Outcome & { readonly kind: 'crosses' };

const crosses = (app: Crossing['app']): Crossing => ({ kind: 'crosses', app });

const dockerfile = (
  lines: string,
  last = 'FROM scratch',
): string => `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
${lines}

${last}
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

export const requireTargetArch: RuleCases = {
  rule: 'require-target-arch',
  cases: [
    {
      name: 'no GOARCH',
      project: 'hello',
      dockerfile: dockerfile('RUN CGO_ENABLED=0 go build -o /app .'),
      reported: true,
      really: crosses('builder'),
      fixed: { really: crosses('target') },
    },
    {
      name: 'GOARCH in ENV',
      project: 'hello',
      dockerfile: dockerfile('ARG TARGETARCH\nENV CGO_ENABLED=0 GOARCH=$TARGETARCH\nRUN go build -o /app .'),
      reported: false,
      really: crosses('target'),
    },
  ],
};

/** The machine's own architecture. */
const own = process.arch === 'arm64' ? 'arm64' : 'amd64';

export const noTargetArgDefault: RuleCases = {
  rule: 'no-target-arg-default',
  cases: [
    {
      name: 'a default beats what Docker sets',
      project: 'hello',
      dockerfile: dockerfile(`ARG TARGETARCH=${own}\nRUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /app .`),
      reported: true,
      really: crosses('builder'),
      fixed: { title: /Docker set/, really: crosses('target') },
    },
    {
      name: 'and where BUILDPLATFORM has a default as well',
      project: 'hello',
      dockerfile: `ARG BUILDPLATFORM=linux/${own}\n${dockerfile(
        `ARG TARGETARCH=${own}\nRUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /app .`,
      )}`,
      reported: true,
      really: crosses('builder'),
      fixed: { title: /Docker set/, really: crosses('target') },
    },
    {
      name: 'not declared',
      project: 'hello',
      dockerfile: dockerfile('RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .'),
      reported: true,
      really: crosses('builder'),
      fixed: { really: crosses('target') },
    },
    {
      name: 'a default where it is used',
      project: 'hello',
      dockerfile: dockerfile('ARG TARGETARCH\nRUN CGO_ENABLED=0 GOARCH=${TARGETARCH:-amd64} go build -o /app .'),
      reported: false,
      really: crosses('target'),
    },
    {
      name: 'ARG TARGETOS=linux',
      project: 'hello',
      dockerfile: dockerfile(
        'ARG TARGETOS=linux TARGETARCH\nRUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .',
      ),
      reported: false,
      really: crosses('target'),
    },
  ],
};

const built = 'ARG TARGETARCH\nRUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /app .';

export const noBuildPlatformInFinalStage: RuleCases = {
  rule: 'no-build-platform-in-final-stage',
  cases: [
    {
      name: "its base is the builder's",
      project: 'hello',
      dockerfile: dockerfile(built, 'FROM --platform=$BUILDPLATFORM alpine:3.24'),
      reported: true,
      really: { ...crosses('target'), base: 'builder' },
    },
    {
      name: 'scratch has no platform of its own',
      project: 'hello',
      dockerfile: dockerfile(built, 'FROM --platform=$BUILDPLATFORM scratch'),
      reported: false,
      really: crosses('target'),
    },
  ],
};

/** A build for the first Raspberry Pi among others. */
const forArm = (
  goarm: string,
  builder = 'golang:1.26',
  platform = 'linux/arm/v6',
): Omit<LabCase, 'name' | 'reported' | 'really'> => ({
  project: 'hello',
  files: {
    'compose.yaml': `services:\n  app:\n    build:\n      context: .\n      platforms: [linux/amd64, ${platform}]\n`,
  },
  dockerfile: dockerfile(
    `ARG TARGETARCH TARGETVARIANT\nRUN CGO_ENABLED=0 GOARCH=$TARGETARCH${goarm} go build -o /app .`,
  ).replace('golang:1.26', builder),
});
const records = (setting: string, platform = 'linux/arm/v6'): Outcome => ({ kind: 'records', platform, setting });

export const requireGoarm: RuleCases = {
  rule: 'require-goarm',
  cases: [
    { name: 'ARMv6', ...forArm(''), reported: true, really: records('GOARM=7'), fixed: { really: records('GOARM=6') } },
    {
      name: 'the letter',
      ...forArm(' GOARM=$TARGETVARIANT'),
      reported: true,
      really: records('GOARM=v6'),
      fixed: { really: records('GOARM=6') },
    },
    {
      name: 'the letter, for Go 1.22',
      ...forArm(' GOARM=$TARGETVARIANT', 'golang:1.22'),
      reported: true,
      really: { kind: 'fails for', platform: 'linux/arm/v6', says: /invalid GOARM: must start with 5, 6, or 7/ },
      fixed: { really: records('GOARM=6') },
    },
    {
      name: 'ARMv7 is what Go builds for',
      ...forArm('', 'golang:1.26', 'linux/arm/v7'),
      reported: false,
      really: records('GOARM=7', 'linux/arm/v7'),
    },
    {
      name: 'Go 1.20 builds for ARMv5',
      ...forArm('', 'golang:1.20'),
      reported: false,
      really: records('GOARM=5'),
    },
  ],
};

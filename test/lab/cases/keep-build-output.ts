import { buildFails, type RuleCases, works } from '../case.ts';

const from = (path: string, lines: string): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines}

FROM scratch
COPY --from=build ${path} /app
ENTRYPOINT ["/app"]
`;

export const keepBuildOutput: RuleCases = {
  rule: 'keep-build-output',
  cases: [
    {
      name: 'into a cache mount',
      project: 'hello',
      dockerfile: from(
        '/build/app',
        'COPY . .\nRUN --mount=type=cache,target=/build CGO_ENABLED=0 go build -o /build/app .',
      ),
      reported: true,
      really: buildFails(/"\/build\/app"[^\n]*not found/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'into a bind mount, which is read-only',
      project: 'hello',
      dockerfile: from('/src/app', 'RUN --mount=type=bind,target=. CGO_ENABLED=0 go build -o app .'),
      reported: true,
      really: buildFails(/read-only file system/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'into a writable bind mount',
      project: 'hello',
      dockerfile: from('/src/app', 'RUN --mount=type=bind,target=.,rw CGO_ENABLED=0 go build -o app .'),
      reported: true,
      really: buildFails(/"\/src\/app"[^\n]*not found/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'go install with a cache for all of GOPATH',
      project: 'hello',
      dockerfile: from('/go/bin/hello', 'COPY . .\nRUN --mount=type=cache,target=/go CGO_ENABLED=0 go install .'),
      reported: true,
      really: buildFails(/"\/go\/bin\/hello"[^\n]*not found/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'copied on within the RUN',
      project: 'hello',
      dockerfile: from(
        '/app',
        'COPY . .\nRUN --mount=type=cache,target=/build CGO_ENABLED=0 go build -o /build/app . && cp /build/app /app',
      ),
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};

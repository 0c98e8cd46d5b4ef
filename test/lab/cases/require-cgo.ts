import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (
  command: string,
  builder = 'golang:1.26',
  base = 'debian:trixie-slim',
): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${command}

FROM ${base}
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;
const pure = {
  'c.go':
    '//go:build cgo\n\npackage main\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc init() { _ = C.one() }\n',
};

export const requireCgo: RuleCases = {
  rule: 'require-cgo',
  cases: [
    {
      name: 'C of its own, CGO_ENABLED=0 by ENV',
      project: 'cgo',
      dockerfile: onto('ENV CGO_ENABLED=0\nRUN go build -o /app .'),
      reported: true,
      really: buildFails(/build constraints exclude all Go files/),
      fixed: { title: /CGO_ENABLED=1/, really: works(/cgo 42/) },
    },
    {
      name: 'C of its own, without a compiler on Alpine',
      project: 'cgo',
      dockerfile: onto('RUN CGO_ENABLED=0 go build -o /app .', 'golang:1.26-alpine', 'alpine:3.24'),
      reported: true,
      really: buildFails(/build constraints exclude all Go files/),
      fixed: { title: /CGO_ENABLED=1 and a C compiler/, really: works(/cgo 42/) },
    },
    {
      name: 'an external link',
      project: 'web',
      dockerfile: onto(
        `RUN CGO_ENABLED=0 go build -ldflags '-linkmode external -extldflags "-static"' -o /app .`,
        'golang:1.26',
        'scratch',
      ),
      reported: true,
      really: buildFails(/-linkmode requires external \(cgo\) linking, but cgo is not enabled/),
      fixed: [{ really: works(/web uid=65532/) }, { title: /CGO_ENABLED=1/, really: works(/web uid=65532/) }],
    },
    {
      name: 'an external link with cgo',
      project: 'web',
      dockerfile: onto(
        `RUN CGO_ENABLED=1 go build -ldflags '-linkmode external -extldflags "-static"' -o /app .`,
        'golang:1.26',
        'scratch',
      ),
      reported: false,
      really: works(/web uid=65532/),
    },
    {
      name: 'C only where cgo is on',
      project: 'hello',
      files: pure,
      dockerfile: onto('RUN CGO_ENABLED=0 go build -o /app .', 'golang:1.26', 'scratch'),
      reported: false,
      really: works(/hello uid=65532/),
    },
  ],
};

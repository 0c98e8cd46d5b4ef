import { buildFails, type RuleCases, works } from '../case.ts';

const old = (lines: string): string => `FROM golang:1.21 AS build
${lines}
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

export const setWorkdir: RuleCases = {
  rule: 'set-workdir',
  cases: [
    {
      name: 'Go 1.21 refuses go.mod in GOPATH',
      project: 'hello',
      dockerfile: old('COPY . .'),
      reported: true,
      really: buildFails(/\$GOPATH\/go\.mod exists but should not/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'a folder below GOPATH is none',
      project: 'hello',
      dockerfile: old('WORKDIR /go/src/app\nCOPY . .'),
      reported: false,
      really: works(/hello uid=/),
    },
    {
      // Since Go 1.22 it is a warning of go's, so the rule says no more than that.
      name: 'Go 1.26 ignores go.mod in GOPATH and works',
      project: 'hello',
      dockerfile: old('COPY . .').replace('1.21', '1.26'),
      reported: true,
      really: works(/hello uid=/),
      fixed: { title: /Work in/, really: works(/hello uid=/) },
    },
  ],
};

import { buildFails, type RuleCases, runFails, works } from '../case.ts';

const onto = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

export const buildMainPackage: RuleCases = {
  rule: 'build-main-package',
  cases: [
    {
      name: 'the root has no Go files',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app'),
      reported: true,
      really: buildFails(/no Go files in \/src/),
      fixed: { title: /server/, really: works(/server uid=/) },
    },
    {
      name: 'a library',
      project: 'hello',
      files: { 'shop/shop.go': 'package shop\n' },
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app ./shop'),
      reported: true,
      really: runFails(126, /exec: "\/app": permission denied/),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'a library into a folder',
      project: 'hello',
      files: { 'shop/shop.go': 'package shop\n' },
      dockerfile: onto('COPY . .', 'RUN CGO_ENABLED=0 go build -o /out/ ./shop && cp /out/shop /app'),
      reported: true,
      really: buildFails(/no main packages to build/),
    },
    {
      name: 'a library that is only compiled',
      project: 'hello',
      files: { 'shop/shop.go': 'package shop\n' },
      dockerfile: onto('COPY . .', 'RUN go build ./shop', 'RUN CGO_ENABLED=0 go build -o /app .'),
      reported: false,
      really: works(/hello uid=/),
    },
    {
      name: 'a program that is written in the build',
      project: 'two-mains',
      dockerfile: onto('COPY . .', 'RUN cp cmd/server/main.go . && CGO_ENABLED=0 go build -o /app'),
      reported: false,
      really: works(/server uid=/),
    },
  ],
};

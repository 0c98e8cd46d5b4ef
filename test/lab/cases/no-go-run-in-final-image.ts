import { type RuleCases, works } from '../case.ts';

const image = (start: string): string => `FROM golang:1.26
WORKDIR /src
COPY . .
${start}
`;

export const noGoRunInFinalImage: RuleCases = {
  rule: 'no-go-run-in-final-image',
  cases: [
    {
      name: 'go run as CMD',
      project: 'hello',
      dockerfile: image('CMD ["go", "run", "."]'),
      reported: true,
      really: works(/hello uid=0/),
      fixed: { title: /Build the program/, really: works(/hello uid=0/) },
    },
    {
      name: 'go run while the image is built',
      project: 'hello',
      dockerfile: image('RUN go run . && go build -o /app .\nCMD ["/app"]'),
      reported: false,
      really: works(/hello uid=0/),
    },
  ],
};

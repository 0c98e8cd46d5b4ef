import { type RuleCases, runFails, works } from '../case.ts';

const onto = (runtime: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

${runtime}
ENTRYPOINT ["/app"]
`;
const scratch = (user: string): string => onto(`FROM scratch\nCOPY --from=build /app /app\nUSER ${user}`);

export const preferNumericUser: RuleCases = {
  rule: 'prefer-numeric-user',
  cases: [
    {
      name: 'nonroot in scratch',
      project: 'hello',
      dockerfile: scratch('nonroot'),
      reported: true,
      really: runFails(125, /unable to find user nonroot: no matching entries in passwd file/),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'root in scratch',
      project: 'hello',
      dockerfile: scratch('root'),
      reported: true,
      really: runFails(125, /unable to find user root: no matching entries in passwd file/),
      fixed: { really: works(/hello uid=0/) },
    },
    {
      name: 'a group by name in scratch',
      project: 'hello',
      dockerfile: scratch('65532:nonroot'),
      reported: true,
      really: runFails(125, /unable to find group nonroot/),
      fixed: { title: /65532/, really: works(/hello uid=65532/) },
    },
    {
      name: 'nonroot of distroless stays the same user',
      project: 'hello',
      dockerfile: onto('FROM gcr.io/distroless/static-debian13\nCOPY --from=build /app /app\nUSER nonroot'),
      reported: true,
      really: works(/hello uid=65532/),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'a user of Alpine stays the same',
      project: 'hello',
      dockerfile: onto(
        'FROM alpine:3.24\nRUN addgroup -g 10002 app && adduser -D -H -G app -u 10001 app\nCOPY --from=build /app /app\nUSER app',
      ),
      reported: true,
      really: works(/hello uid=10001/),
      fixed: { really: works(/hello uid=10001/) },
    },
    {
      name: 'a table was copied',
      project: 'hello',
      dockerfile: onto(
        'FROM scratch\nCOPY --from=build /etc/passwd /etc/passwd\nCOPY --from=build /app /app\nUSER nobody',
      ),
      reported: false,
      really: works(/hello uid=65534/),
    },
  ],
};

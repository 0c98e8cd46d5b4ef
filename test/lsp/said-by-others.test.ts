import assert from 'node:assert/strict';
import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { analyze } from '../../server/analysis/analyze.ts';
import { notifications, type OtherFinding } from '../../server/protocol.ts';
import { onDataDay } from '../support/day.ts';
import { projectOf } from '../support/project.ts';
import { startClient, type TestClient } from './client.ts';
import { testRooms } from './rooms.ts';

const uri = 'file:///project/Dockerfile';

/** Line by line what others have ids for. */
const text = `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod \\
  go.sum ./
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM alpine
COPY --from=build /app /app
ENV API_TOKEN=ghp_0123456789abcdefghijklmnopqrstuvwxyz
ENTRYPOINT /app
`;

const project = projectOf({
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'go.sum': 'x',
  '.dockerignore': 'go.sum\n',
  'main.go': 'package main\n\nfunc main() {}\n',
});

/** What hadolint, Docker DX (build checks) and trivy say of it. */
const others: readonly OtherFinding[] = [
  { code: 'CopyIgnoredFile', start: 2, end: 2 },
  { code: 'DL3006', start: 7, end: 7 },
  { code: 'DS-0002', start: 7, end: 7 },
  { code: 'SecretsUsedInArgOrEnv', start: 9, end: 9 },
  { code: 'JSONArgsRecommended', start: 10, end: 10 },
];

const twice = ['copy-existing-go-sum', 'no-root-user', 'no-secret-in-build', 'pin-base-image', 'prefer-exec-form'];

async function start(): Promise<TestClient> {
  const rooms = testRooms();
  rooms.setFacts(project);
  const client = await startClient(rooms);
  await client.open(uri, text);
  return client;
}

const rulesOf = async (client: TestClient): Promise<readonly string[]> =>
  [...new Set((await client.diagnostics(uri)).map(({ code }) => String(code)))]
    .filter((id) => twice.includes(id))
    .sort();

const tell = async (client: TestClient, findings: unknown): Promise<void> => {
  const refreshed = client.next('workspace/diagnostic/refresh');
  await client.connection.sendNotification(notifications.otherFindings, { uri, findings });
  await refreshed;
};

describe('what other extensions say', () => {
  it('is not said again on the same instruction, and comes back without them', async () => {
    const client = await start();
    assert.deepEqual(await rulesOf(client), twice);
    await tell(client, others);
    assert.deepEqual(await rulesOf(client), []);
    await tell(client, []);
    assert.deepEqual(await rulesOf(client), twice);
    await client.stop();
  });

  it('is only theirs where it is on the same instruction and means the same', async () => {
    const client = await start();
    await tell(client, [
      { code: 'DL3006', start: 0, end: 0 },
      { code: 'DL3007x', start: 7, end: 7 },
      { code: 'CopyIgnoredFile', start: 4, end: 4 },
      { code: 'DL3002', start: 10, end: 10 },
    ]);
    assert.deepEqual(await rulesOf(client), twice);
    await client.stop();
  });

  it('keeps our fixes on the lightbulb', async () => {
    const client = await start();
    const [finding] = (await client.diagnostics(uri)).filter(({ code }) => code === 'pin-base-image');
    assert.ok(finding);
    await tell(client, others);
    const titles = (await client.actions(uri, finding.range)).map(({ title }) => title);
    assert.ok(
      titles.some((title) => /alpine:3/.test(title)),
      titles.join(),
    );
    await client.stop();
  });

  it('may be anything', async () => {
    const client = await start();
    await tell(client, 'nonsense');
    await tell(client, [null, 1, { code: 1 }, { code: 'DL3006', start: '7' }]);
    assert.deepEqual(await rulesOf(client), twice);
    await client.stop();
  });
});

describe('what the generic validator says', () => {
  const rest = 'COPY --from=build /app /app\nUSER 65532\n';
  const image = (lines: string, start = '["/app"]'): string =>
    `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\nFROM alpine:3.24\n${lines}ENTRYPOINT ${start}\n`;
  const texts = [
    image(rest, "['/app']"),
    image(`WORKDIR app\n${rest}`),
    image(`${rest}ENTRYPOINT ["/app"]\n`),
    image(`MAINTAINER nobody\n${rest}`),
    image(rest.replace('=build', '=')),
    image(rest.replace(' /app /app', ' /app')),
    image(rest.replace('USER 65532', 'USER')),
    image(rest).replace('golang:1.26 AS', 'golang:v1.26: AS'),
    image(rest).replace('AS build', 'AS build\nFROM golang:1.26 AS build'),
  ];

  it('none of our rules says on the same instruction', () => {
    for (const code of texts) {
      const { dockerfile, findings } = analyze(code, project, onDataDay);
      const said = DockerfileLanguageServiceFactory.createLanguageService().validate(code);
      assert.ok(said.length > 0, code);
      const instructions = dockerfile.stages.flatMap(({ from, instructions }) => [from, ...instructions]);
      for (const { range } of instructions) {
        const isIn = (at: { readonly line: number }): boolean =>
          range.start.line <= at.line && at.line <= range.end.line;
        if (!said.some((each) => isIn(each.range.start))) continue;
        const ours = findings.filter((each) => isIn(each.range.start)).map(({ rule }) => rule);
        assert.deepEqual(ours, [], code);
      }
    }
  });
});

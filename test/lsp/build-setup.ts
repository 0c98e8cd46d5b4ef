import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOutcome, type InitializationOptions, serverCommands } from '../../server/protocol.ts';
import { type ClientOptions, startClient, type TestClient } from './client.ts';
import { type PendingBuild, type TestRooms, testRooms } from './rooms.ts';
import { clean, project } from './samples.ts';

/** A successful end of a build. */
export const built = {
  kind: 'built' as const,
  size: 6_700_000,
  previousSize: undefined,
  milliseconds: 12_000,
  image: 'app',
  engine: 'docker 28',
};

/** A server with one open Dockerfile that lies on disk, clean at first. */
export interface OpenDockerfile {
  readonly file: string;
  readonly uri: string;
  readonly rooms: TestRooms;
  readonly client: TestClient;
  readonly titles: () => Promise<readonly (string | undefined)[]>;
  readonly build: (context?: string) => Promise<BuildOutcome>;
  /** Begins a build; `outcome` resolves when the test has ended it. */
  readonly begin: (context?: string) => Promise<PendingBuild & { readonly outcome: Promise<BuildOutcome> }>;
  readonly stop: () => Promise<void>;
}

/** Starts it; `contexts` are the folders the COPY sources fit. */
export async function openDockerfile(
  { optionsFor, ...options }: ClientOptions & { readonly optionsFor?: (uri: string) => InitializationOptions } = {},
  contexts?: readonly string[],
): Promise<OpenDockerfile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'go-dockerfile-build-'));
  const file = path.join(folder, 'Dockerfile');
  const uri = pathToFileURL(file).href;
  await writeFile(file, clean);
  const rooms = testRooms(contexts);
  rooms.setFacts(project);
  const client = await startClient(rooms, { ...options, ...(optionsFor && { options: optionsFor(uri) }) });
  await client.open(uri, clean);
  const build: OpenDockerfile['build'] = (context) =>
    client.execute(serverCommands.build, { uri, ...(context !== undefined && { context }) });
  return {
    file,
    uri,
    rooms,
    client,
    titles: async () => (await client.lenses(uri)).map(({ command }) => command?.title),
    build,
    begin: async (context) => {
      const begun = rooms.nextBuild();
      const outcome = build(context);
      return { ...(await begun), outcome };
    },
    stop: async () => {
      await client.stop();
      await rm(folder, { recursive: true });
    },
  };
}

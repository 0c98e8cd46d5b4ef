import assert from 'node:assert/strict';
import { type SbomOutcome, serverCommands } from '../../server/protocol.ts';
import { built, type OpenDockerfile, openDockerfile } from './build-setup.ts';

describe('the bill of materials', () => {
  let opened: OpenDockerfile;

  afterEach(() => opened.stop());

  const ask = (format: unknown = 'spdx'): Promise<SbomOutcome> =>
    opened.client.execute(serverCommands.sbom, { uri: opened.uri, format });

  it('is of the image that was built, by its public name if it has one', async () => {
    opened = await openDockerfile();
    assert.deepEqual(await ask(), { reason: 'Nothing is known of an image of this Dockerfile: build it first.' });
    const { finish, outcome } = await opened.begin();
    finish({ ...built, tags: ['ghcr.io/acme/app:v1'] });
    await outcome;
    assert.deepEqual(await ask('cyclonedx'), {
      text: 'cyclonedx of ghcr.io/acme/app:v1',
      summary: 'cyclonedx, 0 packages',
    });
  });

  it('is one sentence when the engine cannot read the image', async () => {
    opened = await openDockerfile();
    const { finish, outcome } = await opened.begin();
    finish({ ...built, image: 'gone' });
    await outcome;
    assert.deepEqual(await ask(), { reason: 'No such image: gone' });
  });

  it('has one of two formats', async () => {
    opened = await openDockerfile();
    await assert.rejects(ask('xml'), /cyclonedx or spdx/);
  });

  it('is not read in an untrusted workspace', async () => {
    opened = await openDockerfile({ options: { clientCommands: true, trusted: false } });
    const outcome = await ask();
    assert.match('reason' in outcome ? outcome.reason : '', /trust this workspace/);
  });
});
